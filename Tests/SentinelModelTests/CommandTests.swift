import SentinelModel
import Testing

@Suite struct CommandTests {
  @Test(
    arguments: [
      (.failover("cache"), "SENTINEL FAILOVER cache"),
      (.reset(pattern: "ca*"), "SENTINEL RESET ca*"),
      (.checkQuorum("cache"), "SENTINEL CKQUORUM cache"),
      (
        .monitor("cache", NodeAddress(host: "::1", port: 7000), quorum: 2),
        "SENTINEL MONITOR cache ::1 7000 2"
      ),
      (.remove("cache"), "SENTINEL REMOVE cache"),
      (.flushConfiguration, "SENTINEL FLUSHCONFIG"),
      (.set("cache", []), "SENTINEL SET cache"),
      (.set("cache", [.downAfter(.seconds(2))]), "SENTINEL SET cache down-after-milliseconds 2000"),
      (
        .set("cache", [.failoverTimeout(.milliseconds(1))]), "SENTINEL SET cache failover-timeout 1"
      ),
      (
        .set("cache", [.parallelSyncs(1), .quorum(3)]),
        "SENTINEL SET cache parallel-syncs 1 quorum 3"
      ),
      (.set("cache", [.authUser("")]), "SENTINEL SET cache auth-user "),
      (.set("cache", [.notificationScript("/x")]), "SENTINEL SET cache notification-script /x"),
      (
        .set("cache", [.clientReconfigScript("/y")]), "SENTINEL SET cache client-reconfig-script /y"
      ),
      (
        .set("cache", [.renameCommand("CONFIG", to: "C")]),
        "SENTINEL SET cache rename-command CONFIG C"
      ),
      (
        .set("cache", [.masterRebootDownAfter(.zero)]),
        "SENTINEL SET cache master-reboot-down-after-period 0"
      ),
      (.set("cache", [.custom("new-option", "1")]), "SENTINEL SET cache new-option 1"),
      (.set("cache", [.custom("new-option", 1_500)]), "SENTINEL SET cache new-option 1500"),
    ] as [(Command, String)])
  func `the words are those of the protocol`(command: Command, words: String) {
    #expect(command.words.joined(separator: " ") == words)
    #expect(command.publicWords == command.words)
  }

  @Test func `a name with spaces is one word`() {
    #expect(Command.failover("a b").words == ["SENTINEL", "FAILOVER", "a b"])
  }

  @Test(arguments: [
    MonitorOption.authPassword("hunter2"), .custom("auth-pass", "hunter2"),
    .custom("AUTH-PASS", "hunter2"), .custom("sentinel-pass", "hunter2"),
  ])
  func `a password is sent, and never shown`(option: MonitorOption) {
    let command = Command.set("cache", [.quorum(2), option, .authUser("bob")])
    #expect(command.words.contains("hunter2"))
    #expect(!command.publicWords.joined().contains("hunter2"))
    #expect(command.publicWords.count == command.words.count)
    #expect(command.publicWords.suffix(2) == ["auth-user", "bob"])
  }

  @Test(
    arguments: [
      (.failover("a"), .first, "a", true), (.reset(pattern: "a"), .first, nil, true),
      (.checkQuorum("a"), .all, "a", false), (.remove("a"), .all, "a", true),
      (.set("a", []), .all, "a", true), (.flushConfiguration, .all, nil, true),
      (.monitor("a", NodeAddress(host: "h", port: 1), quorum: 1), .all, "a", true),
    ] as [(Command, Target, ServiceName?, Bool)])
  func `a command knows whom it is for and what it does`(
    command: Command, target: Target, service: ServiceName?, isChange: Bool
  ) {
    #expect(command.target == target)
    #expect(command.service == service)
    #expect(command.isChange == isChange)
  }
}
