import SentinelInsight
import SentinelModel
import Testing

/// What is to be known before a service is monitored, changed or removed.
@Suite struct ChangePreflightTests {
  private var topology = Sample.calm
  private let fresh = NodeAddress(host: "10.0.0.9", port: 6379)

  private func monitor(
    _ name: ServiceName = "queue", at address: NodeAddress? = nil, quorum: Int = 2
  ) -> Preflight {
    Preflight.monitor(name, at: address ?? fresh, quorum: quorum, in: topology)
  }

  private func set(_ options: MonitorOption...) -> Preflight {
    Preflight.set("cache", options, in: topology)
  }

  private mutating func configure(_ sentinel: NodeAddress, _ settings: [String: String]) {
    topology.see(sentinel, .configuration(settings))
  }

  // Monitoring

  @Test func `a new service goes to all Sentinels, with the defaults`() {
    let preflight = monitor()
    #expect(preflight.verdict == .go)
    #expect(preflight.command == .monitor("queue", fresh, quorum: 2))
    #expect(preflight.facts.sentinels == Sample.sentinels)
    #expect(
      preflight.consequences.first
        == "s1, s2 and s3 begin to monitor 10.0.0.9:6379 as queue, quorum 2.")
  }

  @Test mutating func `who monitors it already is left alone`() {
    topology.see(
      Sample.s2, .masters([Sample.master(), Sample.master("queue", at: fresh)], roundTrip: .zero))
    let preflight = monitor()
    #expect(preflight.facts.sentinels == [Sample.s1, Sample.s3])
    #expect(preflight.settled == [Sample.s2])
    #expect(preflight.verdict == .go)
    #expect(monitor(quorum: 3).warnings == ["s2 monitors it already, and keeps its quorum of 2."])
    topology.seeAll(
      .masters([Sample.master(), Sample.master("queue", at: fresh)], roundTrip: .zero))
    #expect(monitor().isNeedless)
    #expect(monitor().obstacles == ["s1, s2 and s3 monitor it already"])
  }

  @Test func `a name that is taken is refused, and it is said where and for whom`() {
    let preflight = monitor("cache")
    #expect(preflight.verdict == .no)
    #expect(!preflight.isNeedless)
    #expect(
      preflight.obstacles == (1...3).map { "s\($0) monitors cache already, at 10.0.0.1:6379" })
  }

  @Test(arguments: ["", "two words", "a/b", "naïve"])
  func `a name that a configuration file can't hold is refused`(name: String) {
    #expect(monitor(ServiceName(name)).reasons.contains { $0.kind == .badName })
    #expect(monitor(ServiceName(name)).verdict == .no)
  }

  @Test func `the same master under a second name is warned of, a replica or Sentinel refused`() {
    #expect(
      monitor(at: Sample.a).warnings == [
        "10.0.0.1:6379 is monitored as cache already: each name fails it over on its own."
      ])
    #expect(
      monitor(at: Sample.b).obstacles == ["10.0.0.2:6379 is a replica of cache, not a master"])
    #expect(
      monitor(at: Sample.s2).obstacles == ["10.0.1.2:26379 is a Sentinel, not a master"])
  }

  @Test mutating func `what a node says of itself counts`() {
    topology.see(fresh, .unsampled(reason: "connection refused"))
    #expect(monitor().warnings == ["10.0.0.9:6379 doesn't answer us."])
    topology.see(fresh, .sampled(ServerInfo(text: "role:slave"), roundTrip: .zero))
    #expect(monitor().obstacles == ["10.0.0.9:6379 says that it is a slave, not a master"])
    topology.see(fresh, .sampled(ServerInfo(text: "role:master"), roundTrip: .zero))
    #expect(monitor().verdict == .go)
  }

  @Test func `a quorum is held against the Sentinels that there are`() {
    #expect(monitor(quorum: 0).verdict == .no)
    #expect(monitor(quorum: 1).warnings == ["A quorum of 1 lets one Sentinel decide for 3."])
    #expect(
      monitor(quorum: 4).warnings.first?.hasPrefix("The quorum of 4 can't be reached by 3") == true)
    var two = self
    two.topology.lose(Sample.s1)
    #expect(
      two.monitor(quorum: 3).warnings.first
        == "The quorum of 3 can't be reached by the 2 Sentinels that can vote now.")
  }

  @Test mutating func `a host name is a trap where Sentinels don't resolve it`() {
    let named = NodeAddress(host: "db.example", port: 6379)
    #expect(monitor(at: named).warnings.count == 3)
    for sentinel in Sample.sentinels {
      configure(sentinel, ["resolve-hostnames": "yes", "announce-hostnames": "yes"])
    }
    #expect(monitor(at: named).verdict == .go)
    configure(Sample.s1, ["resolve-hostnames": "yes", "announce-hostnames": "no"])
    #expect(monitor(at: named).verdict == .go)
    #expect(monitor(at: named).reasons.contains { $0.kind == .nameResolution })
    configure(Sample.s2, ["resolve-hostnames": "no"])
    #expect(
      monitor(at: named).obstacles == ["s2 takes no host names: resolve-hostnames is no there"])
    #expect(monitor().verdict == .go)
  }

  @Test func `loopback is another host for each Sentinel elsewhere`() {
    for host in ["127.0.0.1", "::1"] {
      let preflight = monitor(at: NodeAddress(host: host, port: 6379))
      #expect(preflight.reasons.contains { $0.kind == .loopback })
    }
  }

  // Removing

  @Test mutating func `what is lost by a removal is said`() {
    let preflight = Preflight.remove("cache", in: topology)
    #expect(preflight.verdict == .go)
    #expect(preflight.facts.sentinels == Sample.sentinels)
    #expect(
      preflight.reasons.contains { $0.text == "Forgotten: 10.0.0.1:6379, 2 replicas, epoch 1." })
    #expect(
      preflight.consequences.contains {
        $0.contains("quorum 2") && $0.contains("failover-timeout 60000") && $0.contains("auth-pass")
      })
    topology.say(Sample.s2, Sample.master(flags: [.master, .sDown, .oDown]))
    #expect(
      Preflight.remove("cache", in: topology).warnings == [
        "The master is odown now: nobody will replace it."
      ])
    topology.say(
      Sample.s2, Sample.master(flags: [.master, .failoverInProgress], step: .waitPromotion))
    #expect(Preflight.remove("cache", in: topology).verdict == .no)
    #expect(Preflight.remove("nobody", in: topology).verdict == .no)
  }

  @Test mutating func `who can't be reached is named, since it goes on`() {
    topology.lose(Sample.s3)
    let preflight = Preflight.remove("cache", in: topology)
    #expect(preflight.facts.sentinels == [Sample.s1, Sample.s2])
    #expect(
      preflight.warnings == ["s3 doesn't answer: if it knows cache, it goes on monitoring it."])
    #expect(set(.quorum(3)).warnings.contains("s3 doesn't answer: it keeps what it has."))
    #expect(monitor().warnings.contains("s3 doesn't answer: it won't monitor queue."))
  }

  // Settings

  @Test mutating func `settings go to those who have others`() {
    var other = Sample.master()
    other.quorum = 3
    topology.say(Sample.s3, other)
    let preflight = set(.quorum(3))
    #expect(preflight.command == .set("cache", [.quorum(3)]))
    #expect(preflight.facts.sentinels == [Sample.s1, Sample.s2])
    #expect(preflight.settled == [Sample.s3])
    #expect(preflight.changes.map(\.old) == ["2", "2", "3"])
    #expect(preflight.changes.map(\.isAlreadySo) == [false, false, true])
    topology.say(Sample.s1, other)
    topology.say(Sample.s2, other)
    #expect(set(.quorum(3)).isNeedless)
    #expect(set(.custom("QUORUM", "03")).isNeedless)
  }

  @Test mutating func `another value that comes meanwhile asks another question`() {
    let before = set(.quorum(3))
    #expect(set(.quorum(3)).asksTheSame(as: before))
    var other = Sample.master()
    other.quorum = 1
    topology.say(Sample.s2, other)
    #expect(!set(.quorum(3)).asksTheSame(as: before))
  }

  @Test func `a password is neither compared nor shown`() {
    let preflight = set(.authPassword("hunter2"))
    #expect(preflight.facts.sentinels == Sample.sentinels)
    #expect(preflight.changes.map(\.old) == [nil, nil, nil])
    #expect(preflight.changes.map(\.new) == ["******", "******", "******"])
    #expect(!preflight.reasons.contains { $0.text.contains("hunter2") })
  }

  @Test mutating func `an old Sentinel announces passwords, and lacks newer settings`() {
    topology.see(
      Sample.s2,
      .connected(SentinelIdentity(id: Sample.id(Sample.s2), version: "6.2.7", respVersion: 3)))
    #expect(
      set(.authPassword("x")).warnings.contains(
        "s2 announces the password in clear to all who listen."))
    #expect(
      set(.masterRebootDownAfter(.zero)).obstacles == [
        "s2 doesn't know master-reboot-down-after-period"
      ])
  }

  @Test(arguments: [
    (MonitorOption.downAfter(.milliseconds(500)), "looks like death"),
    (.downAfter(.seconds(90)), "is shorter than down-after"),
    (.failoverTimeout(.seconds(600)), "is tried after 20 min"),
    (.parallelSyncs(2), "all 2 replicas synchronise at once"),
    (.quorum(1), "lets one Sentinel decide"), (.quorum(4), "can't be reached by 3 Sentinels"),
    (.notificationScript("/x.sh"), "deny-scripts-reconfig"),
  ])
  func `what the doctor would complain of is warned of, once for all`(
    option: MonitorOption, words: String
  ) {
    let preflight = set(option)
    #expect(preflight.verdict == .warn)
    #expect(preflight.warnings.count { $0.contains(words) } == 1, "\(preflight.warnings)")
  }

  @Test(arguments: [
    MonitorOption.downAfter(.zero), .parallelSyncs(0), .quorum(0), .custom("quorum", "two"),
    .failoverTimeout(.milliseconds(-1)), .authUser("a\nb"),
  ])
  func `what a Sentinel would refuse isn't sent`(option: MonitorOption) {
    #expect(set(option).verdict == .no)
  }

  @Test func `settings that are well chosen have nothing against them`() {
    #expect(set(.downAfter(.seconds(5)), .parallelSyncs(1), .quorum(3)).verdict == .go)
  }

  @Test mutating func `the way back tells each Sentinel what it had`() {
    let preflight = Preflight.restore(
      "cache",
      [Sample.s1: [.custom("quorum", "3")], Sample.s2: [.custom("quorum", "1")]], in: topology)
    #expect(preflight.facts.sentinels == [Sample.s1, Sample.s2])
    #expect(preflight.order(for: Sample.s1) == .set("cache", [.custom("quorum", "3")]))
    #expect(preflight.order(for: Sample.s2) == .set("cache", [.custom("quorum", "1")]))
  }
}
