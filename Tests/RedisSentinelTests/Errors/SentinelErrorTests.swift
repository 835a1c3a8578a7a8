import RESP
import SentinelModel
import TestSupport
import Testing

@testable import RedisSentinel

@Suite struct SentinelErrorTests {
  private static let endpoint = NodeAddress(host: "::1", port: 26379)

  @Test(
    arguments: [
      ("NOAUTH Authentication required.", .authentication, "a password is required"),
      (
        "WRONGPASS invalid username-password pair or user is disabled.", .authentication,
        "wrong user"
      ),
      (
        "ERR AUTH <password> called without any password configured for the default user.",
        .authentication, "has none set"
      ),
      ("ERR Client sent AUTH, but no password is set", .authentication, "has none set"),
      ("DENIED Redis is running in protected mode because", .authentication, "protected mode"),
      (
        "NOPERM this user has no permissions to run the 'sentinel|failover' command", .forbidden,
        "+sentinel|failover"
      ),
      (
        "NOPERM this user has no permissions to access one of the channels used as arguments",
        .forbidden, "&*"
      ),
      ("NOPERM whatever", .forbidden, "NOPERM whatever"),
      ("INPROG Failover already in progress", .failoverInProgress, "already in progress"),
      ("NOGOODSLAVE No suitable replica to promote", .noGoodReplica, "No suitable replica"),
      ("ERR max number of clients reached", .connection(.tooManyClients), "max number of clients"),
      ("ERR No such master with that name", .masterNotFound(.unknownService), "No such master"),
      ("ERR Quorum must be 1 or greater.", .server, "Quorum must be"),
      ("LOADING Redis is loading the dataset in memory", .loading, "LOADING"),
      ("", .server, ""),
    ] as [(String, SentinelError.Code, String)])
  func `an error reply is told by what it means`(
    text: String, code: SentinelError.Code, words: String
  ) {
    let error = SentinelError(ServerError(text: text), endpoint: Self.endpoint)
    #expect(error.code == code)
    #expect(words.isEmpty || error.message.contains(words))
    #expect(error.isServerReply)
    #expect(error.serverError?.text == text)
    #expect(error.endpoint == Self.endpoint)
    // The server answered no: nothing was carried out.
    #expect(!error.mayHaveExecuted)
  }

  @Test func `the endpoint stands before the words, and beneath what each server had said`() {
    let failed = SentinelError(.connection(.refused), "nobody listens", endpoint: Self.endpoint)
    let nowhere = SentinelError(.cancelled, "cancelled")
    let error = SentinelError(
      .sentinelsUnreachable, "no Sentinel could be asked", underlying: [failed, nowhere])
    #expect("\(failed)" == "[::1]:26379: nobody listens")
    #expect(
      "\(error)" == """
        no Sentinel could be asked
          [::1]:26379 – nobody listens
          cancelled
        """)
  }

  @Test(
    arguments: [
      (.connection(.refused), true), (.connection(.tooManyClients), true),
      (.timeout(.command), true),
      (.masterNotFound(.masterDown), true), (.sentinelsUnreachable, true),
      (.authentication, false), (.forbidden, false), (.invalidConfiguration, false),
      (.protocolViolation, false), (.notASentinel, false), (.failoverInProgress, false),
      (.noGoodReplica, false), (.server, false), (.partialFailure, false), (.cancelled, false),
      (.clientShutDown, false),
    ] as [(SentinelError.Code, Bool)])
  func `trying again helps where somebody couldn't be reached`(
    code: SentinelError.Code, helps: Bool
  ) {
    #expect(SentinelError(code, "").isConnectionFailure == helps)
  }

  @Test func `the service is added where it isn't named`() {
    let error = SentinelError(.server, "no")
    #expect(error.about("cache").service == "cache")
    #expect(error.about("cache").about("other").service == "cache")
    #expect(error.about(nil).service == nil)
  }

  @Test func `no recorded error ends as a success`() throws {
    let lines = try Fixture.text("errors.tsv").split(separator: "\n").filter { !$0.hasPrefix("#") }
    for line in lines {
      let text = line.split(separator: "\t")[2].dropFirst()
      let query = SentinelQuery<String>.order(.failover("mymaster"))
      let error = #expect(throws: SentinelError.self) {
        try query.reply(.error(.init(text)), from: Self.endpoint)
      }
      #expect(error?.serverError?.text == String(text))
      #expect(error?.service == "mymaster")
    }
  }
}
