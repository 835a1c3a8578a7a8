import SentinelInsight
import SentinelModel
import Testing

@Suite struct CandidateTests {
  private var topology = Sample.calm
  private var now = Sample.start

  private func ranking(
    _ sentinel: NodeAddress = Sample.s1, on basis: CandidateRanking.Basis = .rows,
    without off: Set<NodeAddress> = []
  ) throws -> CandidateRanking {
    try #require(
      CandidateRanking(of: "cache", by: sentinel, in: topology, at: now, on: basis, without: off))
  }

  private mutating func list(_ replicas: ReplicaState...) {
    topology.seeAll(.replicas("cache", replicas), at: now)
  }

  private mutating func master(
    _ flags: InstanceFlags, sDownFor: Duration? = nil, downAfter: Duration = .seconds(30)
  ) {
    var master = Sample.master(flags: flags)
    master.report.sDownFor = sDownFor
    master.report.downAfter = downAfter
    topology.seeAll(.master(master), at: now)
  }

  private func rejection() throws -> Rejection? {
    try ranking().rejection(of: Sample.b)
  }

  @Test
  mutating func `the lowest priority wins, then the largest offset, then the smallest run id`()
    throws
  {
    list(
      Sample.replica(Sample.b, priority: 10, offset: 1, runID: "a"),
      Sample.replica(Sample.c, priority: 100, offset: 99, runID: "b"))
    #expect(try ranking().eligible.map(\.address) == [Sample.b, Sample.c])
    list(
      Sample.replica(Sample.b, offset: 98, runID: "a"),
      Sample.replica(Sample.c, offset: 99, runID: "b"))
    #expect(try ranking().eligible.map(\.address) == [Sample.c, Sample.b])
    #expect(try ranking().rank(of: Sample.b) == 2)
    for (left, right) in [("A", "b"), ("a", "B"), ("0f", "F0"), ("ab", "ABC")] {
      list(Sample.replica(Sample.b, runID: right), Sample.replica(Sample.c, runID: left))
      #expect(try ranking().winner?.address == Sample.c, "\(left) before \(right)")
    }
    list(Sample.replica(Sample.b, runID: nil), Sample.replica(Sample.c, runID: "ffff"))
    #expect(try ranking().winner?.address == Sample.c)
  }

  @Test mutating func `only one of the same priority may win instead, for offsets move on`() throws
  {
    list(
      Sample.replica(Sample.b, priority: 10, offset: 9),
      Sample.replica(Sample.c, priority: 10, offset: 8))
    #expect(try ranking().rivals.map(\.address) == [Sample.c])
    list(
      Sample.replica(Sample.b, priority: 10, offset: 9),
      Sample.replica(Sample.c, priority: 11, offset: 9))
    #expect(try ranking().rivals.isEmpty)
    // Links that are down bring nothing new.
    let down = MasterLink.down(for: .seconds(1))
    list(
      Sample.replica(Sample.b, link: down, offset: 9), Sample.replica(Sample.c, link: down))
    #expect(try ranking().rivals.isEmpty)
  }

  @Test mutating func `a replica that is down, cut off, silent or barred is passed over`() throws {
    list(Sample.replica(Sample.b, flags: [.replica, .sDown], priority: 0))
    #expect(try rejection() == .down(for: nil))
    list(Sample.replica(Sample.b, flags: [.replica, .disconnected], priority: 0))
    #expect(try rejection() == .disconnected)
    list(Sample.replica(Sample.b, priority: 0, sincePing: .milliseconds(5_001)))
    #expect(try rejection() == .silent(for: .milliseconds(5_001), limit: .seconds(5)))
    list(Sample.replica(Sample.b, priority: 0, sinceInfo: nil, sincePing: .seconds(5)))
    #expect(try rejection() == .priorityZero)
    #expect(try ranking().eligible.isEmpty)
    list(Sample.replica(Sample.b, sincePing: .seconds(5)))
    #expect(try rejection() == nil)
    #expect(try ranking(without: [Sample.b]).rejection(of: Sample.b) == .switchedOff)
  }

  @Test mutating func `INFO may be 30 s old, and 5 s while the master is sdown`() throws {
    list(Sample.replica(Sample.b, sinceInfo: .seconds(30)))
    #expect(try rejection() == nil)
    list(Sample.replica(Sample.b, sinceInfo: .milliseconds(30_001)))
    #expect(
      try rejection() == .staleInfo(age: .milliseconds(30_001), limit: .seconds(30)))
    master([.master, .sDown])
    list(Sample.replica(Sample.b, sinceInfo: .seconds(5)))
    #expect(try rejection() == nil)
    list(Sample.replica(Sample.b, sinceInfo: .milliseconds(5_001)))
    #expect(try rejection() == .staleInfo(age: .milliseconds(5_001), limit: .seconds(5)))
    list(Sample.replica(Sample.b, sinceInfo: nil))
    #expect(try rejection() == .staleInfo(age: nil, limit: .seconds(5)))
    // An INFO of this very millisecond reads like none, but a run id is told by INFO alone.
    list(Sample.replica(Sample.b, sinceInfo: nil, runID: "a"))
    #expect(try rejection() == nil)
  }

  @Test
  mutating func `a link may be down ten times down-after, and as long as the master is sdown`()
    throws
  {
    master([.master], sDownFor: nil, downAfter: .seconds(2))
    list(Sample.replica(Sample.b, link: .down(for: .seconds(20))))
    #expect(try rejection() == nil)
    list(Sample.replica(Sample.b, link: .down(for: .seconds(21))))
    #expect(try rejection() == .linkDown(for: .seconds(21), limit: .seconds(20)))
    master([.master, .sDown], sDownFor: .seconds(3), downAfter: .seconds(2))
    list(Sample.replica(Sample.b, link: .down(for: .seconds(23))))
    #expect(try rejection() == nil)
    list(Sample.replica(Sample.b, link: .down(for: .seconds(24))))
    #expect(try rejection() == .linkDown(for: .seconds(24), limit: .seconds(23)))
    // One that has never been up is taken.
    list(Sample.replica(Sample.b, link: .down(for: nil)))
    #expect(try rejection() == nil)
    var old = Sample.replica(Sample.b, link: .down(for: nil))
    old.report.additionalFields["master-link-down-time"] = "1795354392000"
    list(old)
    #expect(try rejection() == .linkDown(for: nil, limit: .seconds(23)))
  }

  @Test mutating func `what is stuck goes on ageing after our question, what is answered does not`()
    throws
  {
    var stuck = Sample.replica(Sample.b, sincePing: .seconds(2))
    stuck.report.pendingPingAge = .milliseconds(1_900)
    list(stuck, Sample.replica(Sample.c))
    #expect(try ranking().rejected.isEmpty)
    now = now.advanced(by: .seconds(4))
    #expect(try rejection() == .silent(for: .seconds(6), limit: .seconds(5)))
    #expect(try ranking().eligible.map(\.address) == [Sample.c])
    now = now.advanced(by: .seconds(60))
    #expect(try ranking().eligible.map(\.address) == [Sample.c])
    #expect(try ranking().age == .seconds(64))
    #expect(try ranking().winner?.age == .seconds(10))

    // Its pings are answered, but no INFO comes any more.
    list(Sample.replica(Sample.b, sinceInfo: .seconds(21)))
    now = now.advanced(by: .seconds(10))
    #expect(try rejection() == .staleInfo(age: .seconds(31), limit: .seconds(30)))
  }

  @Test mutating func `a link that is down stays so, and the master's sdown keeps up with it`()
    throws
  {
    master([.master, .sDown, .oDown], sDownFor: .seconds(1), downAfter: .seconds(1))
    list(Sample.replica(Sample.b, link: .down(for: .seconds(10)), sinceInfo: .milliseconds(500)))
    now = now.advanced(by: .seconds(30))
    #expect(try rejection() == nil)
    #expect(try ranking().winner?.age == .seconds(1))
  }

  @Test mutating func `hidden replicas are counted, the new master is none`() throws {
    topology.seeAll(.master(Sample.master(replicas: 4)))
    #expect(try ranking().hidden == 2)
    topology.seeAll(.master(Sample.master(at: Sample.b)))
    #expect(try ranking().eligible.map(\.address) == [Sample.c])
  }

  @Test mutating func `before it chooses a Sentinel asks anew, so the youngest words count`() throws
  {
    list(
      Sample.replica(Sample.b, priority: 10, sinceInfo: .seconds(9), offset: 5),
      Sample.replica(Sample.c, priority: 20, sinceInfo: .seconds(9), offset: 5))
    #expect(try ranking(on: .youngest).winner?.address == Sample.b)
    // Another Sentinel has heard it later.
    topology.see(
      Sample.s2,
      .replicas(
        "cache", [Sample.replica(Sample.b, priority: 30, sinceInfo: .seconds(2), offset: 7)]))
    #expect(try ranking().winner?.address == Sample.b)
    #expect(try ranking(on: .youngest).winner?.address == Sample.c)
    // The node itself says something else meanwhile.
    topology.see(
      Sample.c,
      .sampled(
        ServerInfo(
          text: """
            role:slave
            slave_priority:0
            slave_repl_offset:9
            master_link_status:up
            """), roundTrip: .zero))
    let ranking = try ranking(on: .youngest)
    #expect(ranking.winner?.address == Sample.b)
    #expect(ranking.winner?.source == Sample.s2)
    #expect(ranking.rejection(of: Sample.c) == .priorityZero)
    #expect(ranking.rejected.first?.source == Sample.c)

    let outlook = CandidateOutlook(of: "cache", in: topology, at: now)
    #expect(outlook.winner(via: Sample.s1)?.address == Sample.b)
    #expect(outlook[Sample.s1]?.winner?.address == Sample.b)
  }

  @Test mutating func `a replica that doesn't answer its Sentinel can't be asked anew`() throws {
    list(Sample.replica(Sample.b, priority: 10, sinceInfo: .seconds(9), sincePing: .seconds(3)))
    topology.see(
      Sample.b,
      .sampled(
        ServerInfo(text: "role:slave\nslave_priority:0\nslave_repl_offset:9"), roundTrip: .zero)
    )
    #expect(try ranking(on: .youngest).winner?.priority == 10)
  }

  @Test mutating func `a replica that was asked this very second isn't asked anew`() throws {
    for (age, isAsked) in [(940, false), (950, true)] {
      list(Sample.replica(Sample.b, priority: 10, sinceInfo: .milliseconds(age)))
      topology.see(
        Sample.b,
        .sampled(
          ServerInfo(text: "role:slave\nslave_priority:20\nslave_repl_offset:9"), roundTrip: .zero))
      #expect(try ranking(on: .youngest).winner?.priority == (isAsked ? 20 : 10))
    }
  }

  @Test mutating func `Sentinels that see different things choose differently`() throws {
    list(Sample.replica(Sample.b, priority: 1), Sample.replica(Sample.c, priority: 2))
    #expect(CandidateOutlook(of: "cache", in: topology, at: now).isUnanimous == true)
    topology.see(
      Sample.s3,
      .replicas(
        "cache",
        [Sample.replica(Sample.b, flags: [.replica, .sDown]), Sample.replica(Sample.c)]))
    var outlook = CandidateOutlook(of: "cache", in: topology, at: now)
    #expect(outlook.isUnanimous == false)
    #expect(
      outlook.choices == [Sample.b: [Sample.s1, Sample.s2], Sample.c: [Sample.s3]])
    topology.lose(Sample.s1, Sample.s2)
    outlook = CandidateOutlook(of: "cache", in: topology, at: now)
    #expect(outlook.isUnanimous == nil)
    #expect(outlook.isHopeless == false)
    topology.see(Sample.s3, .replicas("cache", []))
    topology.say(Sample.s3, Sample.master(replicas: 0))
    #expect(CandidateOutlook(of: "cache", in: topology, at: now).isHopeless == true)
    // It wouldn't even start, whatever it would find out then.
    #expect(CandidateOutlook(of: "cache", in: topology, at: now).winner(via: Sample.s3) == nil)
  }

  @Test func `a rejection names rule, value and limit`() {
    let rejection = Rejection.silent(for: .milliseconds(7_200), limit: .seconds(5))
    #expect(rejection.rule == "ping")
    #expect(rejection.value == "7.2 s")
    #expect(rejection.limit == "5 s")
    #expect(rejection.sentence == "the last good answer to a PING is 7.2 s old, more than 5 s")
  }
}
