import SentinelInsight
import SentinelModel
import Testing

@Suite struct LagTests {
  private var topology = Sample.calm
  private var now = Sample.start.advanced(by: .seconds(2))

  private func lag(_ replica: NodeAddress = Sample.b) -> Lag? {
    Lag(of: replica, in: "cache", topology, at: now)
  }

  private mutating func sample(_ node: NodeAddress, _ lines: String...) {
    topology.see(
      node, .sampled(ServerInfo(text: lines.joined(separator: "\n")), roundTrip: .zero), at: now)
  }

  @Test mutating func `the master's own line about a replica is the best source`() {
    sample(
      Sample.a, "role:master", "master_repl_offset:5000",
      "slave0:ip=10.0.0.2,port=6379,state=online,offset=4200,lag=3")
    now = now.advanced(by: .milliseconds(500))
    #expect(lag()?.bytes == 800)
    #expect(lag()?.time == .seconds(3))
    #expect(lag()?.source == .nodes)
    #expect(lag()?.age == .milliseconds(500))
    // The other one isn't attached, and was not asked itself.
    #expect(lag(Sample.c)?.source == .rows(Sample.s1))
  }

  @Test mutating func `a replica that the master has lost is measured by its own words`() {
    sample(Sample.a, "role:master", "master_repl_offset:5000", "master_replid:x")
    sample(Sample.b, "role:slave", "slave_repl_offset:4000", "master_replid:x")
    #expect(lag()?.bytes == 1_000)
    #expect(lag()?.time == nil)
    // Read later than the master's.
    sample(Sample.b, "role:slave", "slave_repl_offset:6000", "master_replid:x")
    #expect(lag()?.bytes == 0)
    sample(Sample.b, "role:slave", "slave_repl_offset:4000", "master_replid:y")
    #expect(lag()?.bytes == nil)
    #expect(lag()?.isForeign == true)
  }

  @Test mutating func `while a replica copies everything no number of bytes is made up`() {
    sample(
      Sample.a, "role:master", "master_repl_offset:5000",
      "slave0:ip=10.0.0.2,port=6379,state=send_bulk,offset=0,lag=0")
    sample(Sample.b, "role:slave", "master_sync_in_progress:1", "master_sync_perc:41.50")
    #expect(lag()?.bytes == nil)
    #expect(lag()?.isSyncing == true)
    #expect(lag()?.syncPercent == 41.5)
    sample(Sample.b, "role:slave", "master_sync_in_progress:1", "master_sync_perc:-0.00")
    #expect(lag()?.syncPercent == 0)
  }

  @Test mutating func `without the nodes the texts that a Sentinel keeps tell it`() throws {
    let master = ServerInfo(
      text: """
        role:master
        master_repl_offset:900
        slave0:ip=10.0.0.2,port=6379,state=online,offset=890,lag=1
        """)
    let cache = ServiceInfoCache(
      service: "cache", master: CachedInfo(age: .seconds(4), info: master), replicas: [])
    topology.see(Sample.s2, .infoCache([cache]), at: Sample.start)
    #expect(lag()?.source == .infoCache(Sample.s2))
    #expect(lag()?.bytes == 10)
    #expect(lag()?.age == .seconds(6))
    // The better source is given up where it is old.
    now = now.advanced(by: .seconds(30))
    topology.seeAll(
      .replicas("cache", [Sample.replica(Sample.b), Sample.replica(Sample.c)]), at: now)
    #expect(lag()?.source == .rows(Sample.s1))
  }

  @Test mutating func `rows alone tell how far a replica is behind the furthest`() {
    topology.seeAll(
      .replicas(
        "cache",
        [Sample.replica(Sample.b, offset: 70), Sample.replica(Sample.c, offset: 100)]))
    #expect(
      Lag.all(of: "cache", in: topology, at: now).mapValues(\.bytes) == [Sample.b: 30, Sample.c: 0])
    #expect(lag()?.age == .seconds(3))
    topology.seeAll(.replicas("cache", [Sample.replica(Sample.b, offset: 70)]))
    #expect(lag()?.bytes == nil)
    topology.seeAll(.replicas("cache", []))
    #expect(lag() == nil)
  }

  @Test mutating func `the write rate is the growth between two samples of one history`() {
    #expect(topology.writeRate(of: Sample.a) == nil)
    sample(Sample.a, "master_repl_offset:1000", "master_replid:x")
    now = now.advanced(by: .seconds(2))
    sample(Sample.a, "master_repl_offset:4000", "master_replid:x")
    #expect(topology.writeRate(of: Sample.a) == 1_500)
    now = now.advanced(by: .seconds(2))
    sample(Sample.a, "master_repl_offset:9000", "master_replid:y")
    #expect(topology.writeRate(of: Sample.a) == nil)
  }
}
