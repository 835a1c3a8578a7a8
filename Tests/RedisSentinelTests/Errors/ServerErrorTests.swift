import TestSupport
import Testing

@testable import RedisSentinel

@Suite struct ServerErrorTests {
  /// One line of `errors.tsv`: who was asked what, and the error.
  private struct Recorded {
    var question: String
    var text: String
    var error: ServerError { ServerError(text: text) }

    static func all() throws -> [Recorded] {
      try Fixture.text("errors.tsv").split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
        let parts = $0.split(separator: "\t", omittingEmptySubsequences: false)
        let version = parts[0].split(separator: "-").last ?? ""
        return Recorded(question: "\(version) \(parts[1])", text: String(parts[2].dropFirst()))
      }
    }
  }

  private func questions(_ isMeant: (ServerError) -> Bool) throws -> [String] {
    try Recorded.all().filter { isMeant($0.error) }.map(\.question)
  }

  @Test func `every recorded error is taken apart without loss`() throws {
    let all = try Recorded.all()
    #expect(all.count == 134)
    for recorded in all {
      let known = ["ERR", "NOAUTH", "WRONGPASS", "NOPERM", "NOPROTO", "INPROG", "NOGOODSLAVE"]
      #expect((known + ["NOQUORUM"]).contains(recorded.error.prefix), "\(recorded.text)")
      #expect(recorded.error.text == recorded.text)
    }
  }

  @Test func `an unknown command is told by all servers, and nothing else is taken for one`() throws
  {
    let unknown: Set = [
      "GET", "CONFIG", "DEBUG", "MONITOR", "SELECT", "MULTI", "RESET", "PUBSUB", "SLOWLOG", "TIME",
      "ECHO", "REPLICAOF", "SSUBSCRIBE", "LATENCY", "MEMORY", "MODULE", "QUIT",
    ]
    let expected = try Recorded.all().map(\.question).filter { question in
      let words = question.split(separator: " ")
      return unknown.contains(String(words[1])) || (words[0] == "5.0.14" && words[1] == "HELLO")
    }
    #expect(expected.count == 24)
    #expect(try questions(\.isUnknownCommand) == expected)
  }

  @Test func `an unknown subcommand is told by all servers, and nothing else is taken for one`()
    throws
  {
    #expect(
      try Set(questions(\.isUnknownSubcommand)) == [
        "7.0.15 CLIENT SETINFO LIB-NAME x", "7.0.15 SENTINEL NOSUCH", "7.0.15 SENTINEL PRIMARIES",
        "7.0.15 SENTINEL GET-PRIMARY-ADDR-BY-NAME mymaster", "5.0.14 SENTINEL NOSUCH",
        "5.0.14 SENTINEL MYID", "5.0.14 SENTINEL CONFIG GET *", "5.0.14 SENTINEL DEBUG",
        "5.0.14 SENTINEL PRIMARIES", "5.0.14 SENTINEL CONFIG GET announce-ip announce-port",
        "5.0.14 CLIENT SETINFO LIB-NAME x", "6.2.16 SENTINEL NOSUCH", "6.2.16 SENTINEL DEBUG",
        "6.2.16 SENTINEL PRIMARIES", "6.2.16 CLIENT SETINFO LIB-NAME x", "7.2.6 SENTINEL NOSUCH",
        "7.2.6 SENTINEL PRIMARIES", "8.0.1 SENTINEL NOSUCH",
      ])
  }

  @Test func `an unknown service is told by all servers`() throws {
    #expect(
      try questions(\.isUnknownService) == [
        "7.0.15 SENTINEL MASTER nosuch", "7.0.15 SENTINEL REPLICAS nosuch",
        "7.0.15 SENTINEL CKQUORUM nosuch", "7.0.15 SENTINEL FAILOVER nosuch",
        "7.0.15 SENTINEL REMOVE nosuch", "5.0.14 SENTINEL MASTER nosuch",
        "6.2.16 SENTINEL MASTER nosuch", "7.2.6 SENTINEL MASTER nosuch",
        "8.0.1 SENTINEL MASTER nosuch",
      ])
  }

  @Test func `a name that is monitored already is told by all servers`() throws {
    let expected = try Recorded.all().map(\.question)
      .filter { $0.contains("SENTINEL MONITOR mymaster") }
    #expect(expected.count == 5)
    #expect(try questions(\.isDuplicateService) == expected)
  }

  @Test func `a server without a password says so in two ways`() throws {
    #expect(
      try questions(\.isNoPasswordSet)
        == ["7.0.15 AUTH x", "5.0.14 AUTH x", "6.2.16 AUTH x", "7.2.6 AUTH x", "8.0.1 AUTH x"])
  }

  @Test func `a wrong number of words is told, and a full server`() throws {
    #expect(try questions(\.isWrongArity).contains("5.0.14 AUTH u x"))
    #expect(try !questions(\.isWrongArity).contains("7.0.15 SENTINEL DEBUG info-period"))
    #expect(try questions(\.isTooManyClients) == ["7.0.15 (connection beyond maxclients)"])
  }

  @Test(
    arguments: [
      (
        "NOPERM this user has no permissions to run the 'sentinel|failover' command",
        "sentinel|failover"
      ),
      (
        "NOPERM this user has no permissions to run the 'sentinel' command or its subcommand",
        "sentinel"
      ),
      ("NOPERM User ann has no permissions to run the 'info' command", "info"),
      (
        "NOPERM this user has no permissions to access one of the channels used as arguments",
        "channels"
      ),
      ("NOPERM No permissions to access a channel", "channels"),
      ("NOPERM User channels has no permissions to run the 'info' command", "info"),
      ("NOPERM", nil),
      ("ERR 'sentinel|failover'", nil),
    ] as [(String, String?)])
  func `the right that is missing is named as it would be granted`(text: String, rule: String?) {
    #expect(ServerError(text: text).missingPermission == rule)
  }

  @Test(arguments: [
    ("", "", ""), ("ERR", "ERR", ""), ("ERR  two  spaces", "ERR", "two  spaces"),
    ("no code here", "", "no code here"), ("Err mixed", "", "Err mixed"),
    ("ERR_2 x", "ERR_2", "x"), (" ERR x", "", " ERR x"), ("ÄRR x", "", "ÄRR x"),
  ])
  func `a first word that is no code belongs to the message`(
    text: String, prefix: String, message: String
  ) {
    let error = ServerError(text: text)
    #expect(error.prefix == prefix)
    #expect(error.message == message)
  }

  @Test(arguments: [
    "READONLY You can't write", "REDIRECT 10.0.0.1:6379", "ERR script: -READONLY no",
  ])
  func `a node that isn't the master any more is told in several ways`(text: String) {
    #expect(ServerError(text: text).isReadOnly)
    #expect(ServerError(text: text).provesNothingHappened)
    #expect(SentinelError(ServerError(text: text), endpoint: nil).code == .readOnly)
  }
}
