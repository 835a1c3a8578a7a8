import RESP
import SentinelModel
import Testing

@testable import RedisSentinel

@Suite struct AuthenticationTests {
  private static let secret = "s3cr3t-p4ss"
  private static let who = Authentication(username: "ann", password: secret)

  private static func dumped(_ value: some Any) -> String {
    var text = ""
    dump(value, to: &text)
    return text
  }

  @Test func `the user is named and the password never`() {
    #expect("\(Self.who)" == "ann:******")
    #expect("\(Authentication(password: Self.secret))" == "default:******")
  }

  @Test(arguments: [
    "\(who)", String(describing: who), String(reflecting: who), dumped(who), dumped([who]),
    String(reflecting: who as Authentication?),
  ])
  func `no way of printing it shows the password`(text: String) {
    #expect(!text.contains(Self.secret))
  }

  @Test func `nor does what holds it`() throws {
    let connection = ConnectionConfiguration(authentication: Self.who)
    let configuration = try SentinelConfiguration(
      endpoints: [NodeAddress(host: "10.0.0.1", port: 26379)], sentinelConnection: connection)
    let client = SentinelClient(configuration: configuration)
    let machine = HandshakeMachine(
      connection, expectation: .sentinel, endpoint: configuration.endpoints[0])
    for text in [
      "\(connection)", String(reflecting: connection), Self.dumped(connection),
      "\(configuration)", Self.dumped(configuration), "\(client)", Self.dumped(client),
      Self.dumped(machine),
    ] {
      #expect(!text.contains(Self.secret))
    }
  }

  @Test(arguments: [
    "ERR unknown command `AUTH`, with args beginning with: `\(secret)`, ",
    "ERR unknown command 'AUTH', with args beginning with: 'ann' '\(secret)' ",
    "ERR wrong password \(secret)",
  ])
  func `a server that repeats the password in its refusal doesn't make an error show it`(
    reply: String
  ) throws {
    var configuration = ConnectionConfiguration(authentication: Self.who)
    configuration.protocolVersion = .resp2
    var machine = HandshakeMachine(
      configuration, expectation: .sentinel, endpoint: NodeAddress(host: "10.0.0.1", port: 26379))
    _ = machine.start()
    guard case .fail(let error) = machine.received(.error(.init(reply))) else {
      Issue.record("the refusal was taken for an answer")
      return
    }
    #expect(!"\(error)".contains(Self.secret))
    #expect(!Self.dumped(error).contains(Self.secret))
    #expect(error.serverError?.prefix == "ERR")
  }
}
