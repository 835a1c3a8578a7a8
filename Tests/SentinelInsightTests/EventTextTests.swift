import SentinelInsight
import SentinelModel
import TestSupport
import Testing

@Suite struct EventTextTests {
  private static let id = "7eef363e8c93dff61a7600b8f0ddd145c7d1b0c1"
  private static let master = "master cache 10.0.0.1 7000"
  private static let replica = "slave 10.0.0.2:7001 10.0.0.2 7001 @ cache 10.0.0.1 7000"
  private static let sentinel = "sentinel \(id) 10.0.0.3 26379 @ cache 10.0.0.1 7000"

  private static let table: [(String, String, String, Severity)] = [
    ("+monitor", "\(master) quorum 2", "monitoring master 10.0.0.1:7000, quorum 2", .notice),
    ("-monitor", master, "no longer monitored, was master 10.0.0.1:7000", .warning),
    ("+set", "\(master) quorum 3", "quorum set to 3", .notice),
    ("+reset-master", master, "reset: replicas and Sentinels forgotten", .warning),
    ("+slave", replica, "replica 10.0.0.2:7001 found", .info),
    ("+sentinel", sentinel, "Sentinel 7eef363e found at 10.0.0.3:26379", .info),
    (
      "+sentinel-address-switch", "\(master) ip 10.0.0.4 port 26380 for \(id)",
      "Sentinel 7eef363e moved to 10.0.0.4:26380", .notice
    ),
    (
      "+sentinel-address-update", "\(sentinel) 1 additional matching instances",
      "Sentinel 7eef363e: new address also used for 1 more", .info
    ),
    (
      "+sentinel-invalid-addr", sentinel,
      "Sentinel 7eef363e dropped: its address has another Sentinel", .warning
    ),
    ("+sdown", master, "master 10.0.0.1:7000 doesn't answer", .warning),
    ("-sdown", replica, "replica 10.0.0.2:7001 up again", .notice),
    ("+odown", "\(master) #quorum 3/2", "master down by quorum, 3 of 2", .critical),
    ("-odown", master, "master no longer down by quorum", .notice),
    ("+new-epoch", "7", "epoch 7 began", .info),
    ("+try-failover", master, "failover begun, asking for votes", .warning),
    ("+vote-for-leader", "\(id) 7", "voted for 7eef363e in epoch 7", .info),
    ("+elected-leader", master, "elected to lead the failover", .notice),
    ("+failover-state-select-slave", master, "choosing a replica", .info),
    ("+selected-slave", replica, "replica 10.0.0.2:7001 chosen for promotion", .notice),
    (
      "+failover-state-send-slaveof-noone", replica,
      "replica 10.0.0.2:7001 is told to become master", .info
    ),
    (
      "+failover-state-wait-promotion", replica,
      "waiting for replica 10.0.0.2:7001 to become master", .info
    ),
    ("+promoted-slave", replica, "replica 10.0.0.2:7001 promoted", .notice),
    (
      "+failover-state-reconf-slaves", master, "pointing the other replicas at the new master",
      .info
    ),
    ("+slave-reconf-sent", replica, "replica 10.0.0.2:7001 told to follow the new master", .info),
    (
      "+slave-reconf-sent-be", replica, "replica 10.0.0.2:7001 told to follow, not waited for",
      .info
    ),
    (
      "+slave-reconf-inprog", replica,
      "replica 10.0.0.2:7001 follows the new master, synchronising", .info
    ),
    ("+slave-reconf-done", replica, "replica 10.0.0.2:7001 in step with the new master", .info),
    (
      "-slave-reconf-sent-timeout", replica,
      "replica 10.0.0.2:7001 didn't follow the new master in time", .warning
    ),
    ("+failover-end-for-timeout", master, "failover ended by its time limit", .warning),
    ("+failover-end", master, "failover complete", .notice),
    (
      "+switch-master", "cache 10.0.0.1 7000 10.0.0.2 7001",
      "master is now 10.0.0.2:7001, was 10.0.0.1:7000", .critical
    ),
    ("+config-update-from", sentinel, "new configuration learnt from Sentinel 7eef363e", .info),
    (
      "-failover-abort-not-elected", master, "failover aborted: not elected, no majority", .critical
    ),
    (
      "-failover-abort-no-good-slave", master,
      "failover aborted: no replica fit for promotion", .critical
    ),
    (
      "-failover-abort-slave-timeout", master,
      "failover aborted: the chosen replica didn't answer", .critical
    ),
    (
      "-failover-abort-master-timeout", master, "failover aborted: the master took too long",
      .critical
    ),
    ("+reboot", replica, "replica 10.0.0.2:7001 restarted", .warning),
    (
      "+role-change", "\(replica) new reported role is slave",
      "replica 10.0.0.2:7001 reports to be a replica, as it should", .notice
    ),
    (
      "-role-change", "\(replica) new reported role is master",
      "replica 10.0.0.2:7001 reports to be a master", .warning
    ),
    ("+convert-to-slave", replica, "replica 10.0.0.2:7001 is told to become a replica", .warning),
    (
      "+fix-slave-config", replica,
      "replica 10.0.0.2:7001 is told to follow the right master", .warning
    ),
    (
      "+tilt", "#tilt mode entered", "tilt: it distrusts its clock, decides nothing for 30 s",
      .critical
    ),
    ("-tilt", "#tilt mode exited", "tilt ended", .notice),
    ("-script-error", "/a b.sh 0 2", "script failed for good: /a b.sh", .warning),
    ("-script-timeout", "/a.sh 2715", "script took too long: /a.sh", .warning),
  ]

  @Test(arguments: table)
  func `an event is told in words, and how much it matters`(
    channel: String, payload: String, words: String, severity: Severity
  ) {
    let event = SentinelEvent(channel: channel, payload: payload)
    #expect(EventText.words(for: event) == words)
    #expect(EventText.severity(of: event) == severity)
  }

  @Test func `the table has every event`() {
    #expect(Set(Self.table.map(\.0)) == Set(EventName.allCases.map(\.rawValue)))
  }

  @Test(arguments: EventName.allCases)
  func `a payload that can't be read is told in words all the same`(name: EventName) {
    for payload in ["", "strange", "auth-pass hunter2"] {
      let words = EventText.words(for: SentinelEvent(channel: name.rawValue, payload: payload))
      #expect(!words.isEmpty || payload.isEmpty)
      #expect(name != .set || !words.contains("hunter2"))
    }
  }

  @Test func `an event that nobody knows is shown as it came`() {
    let event = SentinelEvent(channel: "+brand-new", payload: "master cache 10.0.0.1 7000 x")
    #expect(EventText.words(for: event) == "master cache 10.0.0.1 7000 x")
    #expect(EventText.severity(of: event) == .notice)
  }

  @Test(arguments: [
    ("auth-pass hunter2", "auth-pass set to ******"), ("auth-pass ", "auth-pass unset"),
    ("auth-pass hunter2 with spaces", "auth-pass set to ******"),
    ("AUTH-PASS hunter2", "AUTH-PASS set to ******"), ("auth-user ann", "auth-user set to ann"),
    ("notification-script ", "notification-script unset"),
    ("rename-command CONFIG hidden", "rename-command set to CONFIG hidden"),
  ])
  func `a password that is set is masked`(setting: String, words: String) {
    let event = SentinelEvent(channel: "+set", payload: "\(Self.master) \(setting)")
    #expect(EventText.words(for: event) == words)
    let line = LogEntry(.event(event), at: Timestamp(milliseconds: 0))
    #expect(line.words(in: Topology()) == words)
  }

  @Test func `Sentinels are called by their short names`() {
    let event = SentinelEvent(channel: "+vote-for-leader", payload: "\(Self.id) 7")
    #expect(EventText.words(for: event) { $0 == Self.id ? "s2" : "?" } == "voted for s2 in epoch 7")
  }

  @Test func `every recorded event has words of its own`() throws {
    for name in try Fixture.eventNames() where !name.contains("hello") {
      for recorded in try Fixture.events(name) {
        let event = SentinelEvent(channel: recorded.channel, payload: recorded.payload)
        let words = EventText.words(for: event)
        #expect(words != event.payload && !words.contains("@"), "\(event)")
      }
    }
  }
}
