import SentinelInsight
import SentinelModel
import Testing

@Suite struct AgreementMatrixTests {
  private var topology = Sample.calm
  private var now = Sample.start

  private func matrix() throws -> AgreementMatrix {
    try #require(AgreementMatrix(of: "cache", in: topology, at: now))
  }

  @Test func `who says what most say agrees in every cell`() throws {
    let matrix = try matrix()
    #expect(matrix.rows.map(\.label) == ["s1", "s2", "s3"])
    #expect(matrix.differences.isEmpty)
    #expect(matrix.sentence == "all 3 agree")
    #expect(matrix.settling == nil)
    #expect(matrix.majority[.master] == "10.0.0.1:6379")
    #expect(matrix.majority[.failoverTimeout] == "1 min")
    #expect(matrix.rows[0][.roundTrip].text == "1.0 ms")
    // Nobody said whether it is in tilt.
    #expect(matrix.rows[0][.tilt].standing == .missing)
  }

  @Test mutating func `a cell that differs is named with what most say`() throws {
    topology.say(Sample.s2, Sample.master(epoch: 11))
    topology.say(Sample.s1, Sample.master(epoch: 12))
    topology.say(Sample.s3, Sample.master(epoch: 12))
    #expect(try matrix().sentence == "2/3 agree, s2 differs: config-epoch 11 vs 12")
    #expect(try matrix().rows[1][.configEpoch].standing == .differs)
    #expect(try matrix().rows[1].differs == [.configEpoch])
    var odd = Sample.master(epoch: 11)
    odd.quorum = 3
    odd.report.downAfter = .seconds(5)
    topology.say(Sample.s2, odd)
    #expect(
      try matrix().sentence == "2/3 agree, s2 differs: config-epoch 11 vs 12 and 2 more")
    let pair = try matrix().differences(between: Sample.s1, and: Sample.s2)
    #expect(pair.map(\.column) == [.configEpoch, .quorum, .downAfter])
    #expect(pair.map(\.right) == ["11", "3", "5 s"])
  }

  @Test mutating func `round trips and hellos differ without meaning anything`() throws {
    topology.see(Sample.s3, .masters([Sample.master()], roundTrip: .milliseconds(900)))
    #expect(try matrix().differences.isEmpty)
  }

  @Test mutating func `who is silent or doesn't monitor it is told apart from who differs`() throws
  {
    topology.see(Sample.s2, .masters([Sample.master("other")], roundTrip: .zero))
    topology.lose(Sample.s3)
    let matrix = try matrix()
    #expect(matrix.differences.isEmpty)
    #expect(matrix.sentence == "1/2 agree, s2 doesn't monitor it, s3 doesn't answer")
    #expect(matrix.rows[2][.configEpoch].text == "1")
    #expect(matrix.rows[2][.configEpoch].standing == .missing)
    #expect(AgreementMatrix(of: "nosuch", in: topology, at: now) == nil)
    topology.lose(Sample.s1, Sample.s2)
    #expect(try self.matrix().sentence == "no Sentinel answers")
  }

  @Test mutating func `flags differ where the master is down for some, not where a link blips`()
    throws
  {
    topology.say(Sample.s1, Sample.master(flags: [.master, .disconnected]))
    #expect(try matrix().differences.isEmpty)
    topology.say(Sample.s1, Sample.master(flags: [.master, .sDown]))
    #expect(try matrix().sentence == "2/3 agree, s1 differs: flags sdown vs up")
  }

  @Test mutating func `while a failover runs, and just after a switch, it settles`() throws {
    topology.say(
      Sample.s2, Sample.master(flags: [.master, .failoverInProgress], step: .reconfigureReplicas))
    topology.say(Sample.s1, Sample.master(at: Sample.b, epoch: 2))
    #expect(try matrix().settling == .failover(by: Sample.s2, .reconfigureReplicas))
    #expect(try matrix().sentence.hasSuffix(", settling"))
    var fresh = Sample.master(at: Sample.b, epoch: 2)
    fresh.reportedRole = .master
    fresh.reportedRoleFor = .seconds(3)
    topology.seeAll(.master(fresh))
    now = now.advanced(by: .seconds(1))
    #expect(try matrix().settling == .changed(ago: .seconds(4)))
    now = now.advanced(by: .seconds(1))
    #expect(try matrix().settling == nil)
  }

  @Test mutating func `who sees whom down stands with the time since when`() throws {
    var down = Sample.master(flags: [.master, .sDown])
    down.report.sDownFor = .seconds(4)
    topology.say(Sample.s1, down)
    topology.see(
      Sample.s2,
      .sentinels(
        "cache", [Sample.sentinel(Sample.s1, flags: [.sentinel, .sDown], downFor: .seconds(1))]))
    let sight = try #require(SightMatrix(of: "cache", in: topology))
    #expect(
      sight.nodes.map(\.address)
        == [Sample.a, Sample.b, Sample.c, Sample.s1, Sample.s2, Sample.s3])
    #expect(sight.rows[0].sights[0] == .down(since: Sample.start.advanced(by: .seconds(-4))))
    #expect(sight.rows[1].sights[0] == .up)
    #expect(sight.rows[1].sights[3] == .down(since: Sample.start.advanced(by: .seconds(-1))))
    #expect(sight.rows[1].sights[4] == .itself)
    #expect(sight.rows[1].sights[5] == .unlisted)
    #expect(sight.witnesses(of: Sample.a) == [Sample.s1])
    topology.say(Sample.s3, Sample.master(flags: [.master, .sDown, .oDown]))
    #expect(
      SightMatrix(of: "cache", in: topology)?.witnesses(of: Sample.a) == [Sample.s1, Sample.s3])
  }
}
