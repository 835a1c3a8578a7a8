import SentinelInsight
import SentinelModel
import Testing

@Suite struct ServiceSummaryTests {
  private var topology = Sample.calm

  private var summary: ServiceSummary? { ServiceSummary(of: "cache", in: topology) }

  @Test func `a service in good health is no problem`() throws {
    let summary = try #require(summary)
    #expect(summary.address == Sample.a)
    #expect(summary.health == .up)
    #expect(summary.sDownCount == 0)
    #expect(summary.usableSentinels == 3)
    #expect(summary.quorum == 2)
    #expect(summary.replicasUp == 2)
    #expect(summary.replicasKnown == 2)
    #expect(summary.configEpoch == 1)
    #expect(summary.failover == nil)
    #expect(!summary.isProblem)
  }

  @Test(
    arguments: [
      ([.master, .sDown], .sDown), ([.master, .sDown, .oDown], .oDown),
      ([.master, .disconnected], .up), ([.master, .failoverInProgress], .failover),
      ([.master, .sDown, .oDown, .failoverInProgress], .oDown),
      ([.master, .sDown, .failoverInProgress], .failover),
    ] as [([InstanceFlag], Health)])
  func `the worst that any Sentinel says counts`(flags: [InstanceFlag], health: Health) throws {
    var topology = topology
    var set: InstanceFlags = []
    for flag in flags { set.insert(flag) }
    topology.say(Sample.s2, Sample.master(flags: set))
    let summary = try #require(ServiceSummary(of: "cache", in: topology))
    #expect(summary.health == health)
    #expect(summary.sDownCount == (flags.contains(.sDown) ? 1 : 0))
    #expect(summary.isProblem == (health != .up))
  }

  @Test(arguments: [(3_000, Health.up), (3_001, .silent)])
  func `a master that doesn't answer isn't called up until it is down`(
    milliseconds: Int, health: Health
  ) throws {
    var topology = topology
    var master = Sample.master(flags: [.master, .disconnected])
    master.report.sinceValidPing = .milliseconds(milliseconds)
    topology.say(Sample.s2, master)
    let summary = try #require(ServiceSummary(of: "cache", in: topology))
    #expect(summary.health == health)
    #expect(summary.isProblem == (health != .up))
  }

  @Test mutating func `what nobody who answers can say is unknown, with its last words`() throws {
    topology.say(Sample.s1, Sample.master(at: Sample.b, epoch: 7))
    topology.lose(Sample.s1, Sample.s2, Sample.s3)
    let summary = try #require(summary)
    #expect(summary.health == .unknown)
    #expect(summary.agreement == nil)
    #expect(summary.address == Sample.b)
    #expect(summary.configEpoch == 7)
    #expect(summary.isProblem)
    #expect(ServiceSummary(of: "nosuch", in: topology) == nil)
  }

  @Test mutating func `the one that got furthest in a failover leads it`() throws {
    topology.say(
      Sample.s1, Sample.master(flags: [.master, .failoverInProgress], step: .waitStart))
    #expect(summary?.failover?.sentinel == Sample.s1)
    #expect(summary?.failover?.step == .waitStart)
    topology.say(
      Sample.s2, Sample.master(flags: [.master, .failoverInProgress], step: .reconfigureReplicas))
    #expect(summary?.failover?.sentinel == Sample.s2)
    topology.say(
      Sample.s3, Sample.master(flags: [.master, .failoverInProgress], step: .waitStart))
    #expect(summary?.failover?.sentinel == Sample.s2)
    topology.lose(Sample.s2)
    #expect(summary?.failover?.step == .waitStart)
  }

  @Test mutating func `a replica is up where nobody says otherwise and its link stands`() {
    topology.see(
      Sample.s2,
      .replicas(
        "cache", [Sample.replica(Sample.b, flags: [.replica, .sDown]), Sample.replica(Sample.c)]))
    #expect(summary?.replicasUp == 1)
    for sentinel in Sample.sentinels {
      topology.see(
        sentinel,
        .replicas(
          "cache", [Sample.replica(Sample.b), Sample.replica(Sample.c, link: .down(for: nil))]))
    }
    #expect(summary?.replicasUp == 1)
    #expect(summary?.isProblem == true)
  }

  @Test func `replicas that weren't asked for yet are no problem`() throws {
    var topology = Topology()
    topology.see(Sample.s1, .masters([Sample.master()], roundTrip: .zero))
    let summary = try #require(ServiceSummary(of: "cache", in: topology))
    #expect(summary.replicasUp == nil)
    #expect(summary.replicasKnown == 2)
  }

  @Test
  mutating func `a Sentinel that only others reach can vote, and one that nobody reaches can't`() {
    topology.lose(Sample.s3)
    #expect(summary?.usableSentinels == 3)
    for sentinel in [Sample.s1, Sample.s2] {
      let other = sentinel == Sample.s1 ? Sample.s2 : Sample.s1
      topology.see(
        sentinel,
        .sentinels(
          "cache",
          [Sample.sentinel(other), Sample.sentinel(Sample.s3, flags: [.sentinel, .sDown])]))
    }
    #expect(summary?.usableSentinels == 2)
    #expect(summary?.isProblem == false)
    topology.lose(Sample.s2)
    topology.see(
      Sample.s1,
      .sentinels(
        "cache",
        [
          Sample.sentinel(Sample.s2, flags: [.sentinel, .sDown]),
          Sample.sentinel(Sample.s3, flags: [.sentinel, .sDown]),
        ]))
    #expect(summary?.usableSentinels == 1)
    #expect(summary?.isProblem == true)
  }

  @Test func `a Sentinel that monitors nothing has no vote`() {
    var topology = Topology()
    topology.see(Sample.s1, .masters([Sample.master()], roundTrip: .zero))
    topology.see(Sample.s1, .sentinels("cache", []))
    topology.see(Sample.s2, .masters([], roundTrip: .zero))
    #expect(ServiceSummary(of: "cache", in: topology)?.usableSentinels == 1)
  }

  @Test func `services in trouble come first, the worst before the others, then by name`() {
    var topology = Topology()
    let names: [(ServiceName, InstanceFlags)] = [
      ("b", [.master]), ("a", [.master]), ("sd", [.master, .sDown]),
      ("od", [.master, .sDown, .oDown]), ("fo", [.master, .failoverInProgress]),
    ]
    let masters =
      names.map { Sample.master($0.0, flags: $0.1) } + [Sample.master("short", replicas: 3)]
    topology.see(Sample.s1, .masters(masters, roundTrip: .zero))
    topology.see(Sample.s2, .masters(masters, roundTrip: .zero))
    for sentinel in [Sample.s1, Sample.s2] {
      for master in masters {
        topology.see(
          sentinel, .replicas(master.name, [Sample.replica(Sample.b), Sample.replica(Sample.c)]))
      }
    }
    #expect(
      ServiceSummary.all(in: topology).map(\.name) == ["od", "sd", "fo", "short", "a", "b"])
  }

  @Test(
    arguments: [
      "failover-auto", "leader-crash-after-promotion", "sentinel-down-up",
      "admin-monitor-set-reset-remove",
    ])
  func `who can vote is counted as the list of Sentinels has it`(recording: String) throws {
    var topology = Topology()
    for observation in try Recording.whole(recording).observations {
      topology.apply(observation)
      for service in topology.serviceNames {
        let listed = SentinelSummary.all(of: service, in: topology).count(where: \.isUsable)
        #expect(ServiceSummary(of: service, in: topology)?.usableSentinels == listed)
      }
    }
    #expect(!topology.vantages.isEmpty)
  }
}
