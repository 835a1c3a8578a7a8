import SentinelInsight
import SentinelModel
import Testing

@Suite struct ReplicaSummaryTests {
  private var topology = Sample.calm

  private func all() throws -> [ReplicaSummary] {
    try #require(ReplicaSummary.all(of: "cache", in: topology))
  }

  @Test func `each replica has one row, by address`() throws {
    let rows = try all()
    #expect(rows.map(\.address) == [Sample.b, Sample.c])
    #expect(rows.allSatisfy { $0.health == .up && $0.listedBy == 3 && $0.sDownCount == 0 })
  }

  @Test mutating func `the freshest report stands, the worst health counts`() throws {
    topology.see(
      Sample.s2,
      .replicas(
        "cache",
        [
          Sample.replica(
            Sample.b, flags: [.replica, .sDown], link: .down(for: nil), sinceInfo: nil)
        ]))
    topology.see(
      Sample.s3,
      .replicas("cache", [Sample.replica(Sample.b, priority: 7, sinceInfo: .milliseconds(100))]))
    let rows = try all()
    #expect(rows[0].state.priority == 7)
    #expect(rows[0].source == Sample.s3)
    #expect(rows[0].link.isUp)
    #expect(rows[0].health == .sDown)
    #expect(rows[0].sDownCount == 1)
    #expect(rows[0].listedBy == 3)
    #expect(rows[1].listedBy == 1)
  }

  @Test mutating func `what those said who are gone counts only where nobody else is left`() throws
  {
    topology.see(
      Sample.s1, .replicas("cache", [Sample.replica(Sample.b, flags: [.replica, .sDown])]))
    topology.lose(Sample.s1)
    #expect(try all()[0].health == .up)
    topology.lose(Sample.s2, Sample.s3)
    let rows = try all()
    #expect(rows.map(\.health) == [.unknown, .unknown])
    #expect(rows[0].listedBy == 3)
  }

  @Test func `nobody was asked is told apart from none`() {
    var topology = Topology()
    topology.see(Sample.s1, .masters([Sample.master()], roundTrip: .zero))
    #expect(ReplicaSummary.all(of: "cache", in: topology) == nil)
    topology.see(Sample.s1, .replicas("cache", []))
    #expect(ReplicaSummary.all(of: "cache", in: topology) == [])
    #expect(ReplicaSummary.all(of: "nosuch", in: topology) == nil)
  }
}

@Suite struct SentinelSummaryTests {
  private var topology = Sample.calm

  private func all(_ service: ServiceName? = "cache") -> [SentinelSummary] {
    SentinelSummary.all(of: service, in: topology)
  }

  @Test func `those we talk to and those they speak of are the same`() {
    let rows = all()
    #expect(rows.map(\.label) == ["s1", "s2", "s3"])
    #expect(rows.map(\.listedBy) == [2, 2, 2])
    #expect(rows.allSatisfy { $0.health == .up && $0.isUsable && $0.master != nil })
    #expect(rows[0].sinceHello == .milliseconds(500))
  }

  @Test mutating func `one that only others speak of has a row without a label`() throws {
    let gossiped = NodeAddress(host: "10.0.1.9", port: 26379)
    topology.see(
      Sample.s1, .sentinels("cache", [Sample.sentinel(gossiped, id: "x", hello: .seconds(2))]))
    topology.see(
      Sample.s2, .sentinels("cache", [Sample.sentinel(gossiped, id: "x", hello: .seconds(1))]))
    let row = try #require(all().last)
    #expect(all().count == 4)
    #expect(row.label == nil)
    #expect(row.address == gossiped)
    #expect(row.vantage == nil)
    #expect(row.listedBy == 2)
    #expect(row.sinceHello == .seconds(1))
    #expect(row.health == .unknown)
    #expect(row.isUsable)
  }

  @Test mutating func `another address of a known id is no other Sentinel`() {
    let announced = NodeAddress(host: "192.168.0.1", port: 26379)
    topology.see(
      Sample.s1, .sentinels("cache", [Sample.sentinel(announced, id: Sample.id(Sample.s2))]))
    #expect(all().count == 3)
    #expect(all()[1].listedBy == 2)
  }

  @Test func `without an id the address tells who it is`() {
    var topology = Topology()
    for sentinel in [Sample.s1, Sample.s2] {
      topology.see(sentinel, .connected(SentinelIdentity(id: nil, version: nil, respVersion: 2)))
      topology.see(sentinel, .masters([Sample.master()], roundTrip: .zero))
    }
    topology.see(Sample.s1, .sentinels("cache", [Sample.sentinel(Sample.s2)]))
    let rows = SentinelSummary.all(of: "cache", in: topology)
    #expect(rows.map(\.listedBy) == [0, 1])
  }

  @Test mutating func `down in others' eyes, or out of our reach, is told`() {
    topology.see(
      Sample.s1,
      .sentinels(
        "cache",
        [Sample.sentinel(Sample.s2), Sample.sentinel(Sample.s3, flags: [.sentinel, .sDown])]))
    topology.lose(Sample.s2)
    let rows = all()
    #expect(rows.map(\.health) == [.up, .sDown, .sDown])
    // s2 is heard by s1; s3 answers us.
    #expect(rows.map(\.isUsable) == [true, true, true])
    #expect(rows[2].sDownCount == 1)
  }

  @Test mutating func `those who serve other services have no row here`() {
    let other = NodeAddress(host: "10.0.1.7", port: 26379)
    topology.see(other, .masters([Sample.master("other")], roundTrip: .zero))
    #expect(all().count == 3)
    #expect(all(nil).count == 4)
    #expect(all("other").map(\.address) == [other])
  }

  @Test func `short names go by the order in which they became known`() {
    #expect(topology.label(of: Sample.s2) == "s2")
    #expect(topology.label(of: Sample.a) == "10.0.0.1:6379")
    #expect(topology.label(id: Sample.id(Sample.s3)) == "s3")
    #expect(topology.label(id: "7eef363e8c93dff61a76") == "7eef363e")
  }

  @Test mutating func `a survey is over when all have told all, or can't be reached`() {
    #expect(topology.isSurveyed)
    topology.admit(NodeAddress(host: "10.0.1.9", port: 26379))
    #expect(!topology.isSurveyed)
    topology.lose(NodeAddress(host: "10.0.1.9", port: 26379))
    #expect(topology.isSurveyed)
    topology.see(Sample.s1, .masters([Sample.master(), Sample.master("new")], roundTrip: .zero))
    #expect(!topology.isSurveyed)
  }
}
