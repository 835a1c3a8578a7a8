import SentinelInsight
import SentinelModel
import Testing

@Suite struct QuorumOutlookTests {
  private var topology = Sample.calm
  private var now = Sample.start

  private func outlook(without off: Set<NodeAddress> = []) throws -> QuorumOutlook {
    try #require(QuorumOutlook(of: "cache", in: topology, at: now, without: off))
  }

  /// `alive` Sentinels that know each other and `dead` ones, with that quorum.
  private mutating func deploy(alive: Int, dead: Int, quorum: Int) {
    topology = Topology()
    let all = (1...(alive + dead)).map { NodeAddress(host: "10.0.2.\($0)", port: 26379) }
    for sentinel in all.prefix(alive) {
      var master = Sample.master()
      master.quorum = quorum
      topology.see(
        sentinel,
        .connected(SentinelIdentity(id: Sample.id(sentinel), version: nil, respVersion: 3)))
      topology.see(sentinel, .masters([master], roundTrip: .zero))
      let others = all.enumerated().filter { $1 != sentinel }.map { index, other in
        Sample.sentinel(other, flags: index < alive ? [.sentinel] : [.sentinel, .sDown])
      }
      topology.see(sentinel, .sentinels("cache", others))
    }
  }

  @Test func `three Sentinels may lose one`() throws {
    let outlook = try outlook()
    #expect(outlook.voices.count == 3)
    #expect(outlook.voices.allSatisfy { $0.known == 3 && $0.usable == 3 && $0.isFine })
    #expect(outlook.spare == 1)
    #expect(outlook.sentence == "known 3, usable 3, quorum 2, majority 2: you can lose 1")
    #expect(outlook.ghosts.isEmpty)
  }

  /// Alive, dead, quorum; then how many may be lost until odown, until the election.
  @Test(
    arguments: [
      (1, 0, 1, 0, 0), (2, 0, 2, 0, 0), (2, 0, 1, 1, 0), (4, 0, 2, 2, 1), (5, 0, 3, 2, 2),
      (3, 2, 2, 1, 0), (2, 3, 2, 0, -1), (3, 0, 3, 0, 0), (3, 0, 4, -1, -1), (5, 0, 1, 4, 2),
    ])
  mutating func `the dead count where a majority is needed, not where votes are given`(
    alive: Int, dead: Int, quorum: Int, toODown: Int, toElection: Int
  ) throws {
    deploy(alive: alive, dead: dead, quorum: quorum)
    let outlook = try outlook()
    #expect(outlook.toODown == toODown)
    #expect(outlook.toElection == toElection)
    #expect(outlook.isFine == (toODown >= 0 && toElection >= 0))
    #expect(outlook.known == alive + dead)
    #expect(outlook.usable == alive)
  }

  @Test mutating func `switching Sentinels off is as if they were lost`() throws {
    deploy(alive: 5, dead: 0, quorum: 2)
    let all = topology.vantages.map(\.address)
    for count in 0..<5 {
      let outlook = try outlook(without: Set(all.prefix(count)))
      #expect(outlook.toElection == 2 - count)
      #expect(outlook.voices.count == 5 - count)
      #expect(outlook.usable == 5 - count)
      #expect(outlook.known == 5)
    }
    #expect(try outlook(without: Set(all)).spare == nil)
  }

  @Test mutating func `one Sentinel that has lost its list can't lead, the others can`() throws {
    topology.see(Sample.s2, .sentinels("cache", []))
    let outlook = try outlook()
    #expect(outlook.voices.map(\.known) == [3, 1, 3])
    #expect(outlook.voices.map(\.hasQuorum) == [true, false, true])
    #expect(outlook.isFine == false)
    // s1 and s3 still elect; with one of them lost, the other one has its own vote and that of s2.
    #expect(outlook.toElection == 1)
  }

  @Test mutating func `who is in tilt votes, but calls nobody down and starts nothing`() throws {
    let tilt = Observation.Fact.event(
      SentinelEvent(channel: "+tilt", payload: "#tilt mode entered"))
    topology.see(Sample.s1, tilt)
    #expect(try outlook().toODown == 0)
    #expect(try outlook().toElection == 1)
    topology.see(Sample.s2, tilt)
    #expect(try outlook().toODown == -1)
    topology.see(Sample.s3, tilt)
    #expect(try outlook().toElection == -1)
    #expect(try outlook().isFine == true)
  }

  @Test mutating func `what nobody has told yet is not known`() throws {
    topology = Topology()
    #expect(QuorumOutlook(of: "cache", in: topology, at: now) == nil)
    topology.see(Sample.s1, .masters([Sample.master()], roundTrip: .zero))
    let outlook = try outlook()
    #expect(outlook.untold == [Sample.s1])
    #expect(outlook.spare == nil)
    #expect(outlook.isFine == nil)
  }

  @Test mutating func `a Sentinel that only others reach may be lost like any other`() throws {
    topology.lose(Sample.s3)
    #expect(try outlook().voices.count == 2)
    #expect(try outlook().spare == 1)
    #expect(try outlook().usable == 3)
  }

  @Test mutating func `who is down for long is a ghost, who just died is not`() throws {
    let dead = NodeAddress(host: "10.0.1.9", port: 26379)
    func list(_ sentinel: NodeAddress, _ downFor: Duration?) -> [SentinelState] {
      Sample.sentinels.filter { $0 != sentinel }.map { Sample.sentinel($0) } + [
        Sample.sentinel(
          dead, flags: downFor == nil ? [.sentinel] : [.sentinel, .sDown],
          hello: (downFor ?? .zero) + .seconds(30), downFor: downFor)
      ]
    }
    topology.see(Sample.s1, .sentinels("cache", list(Sample.s1, .seconds(290))))
    topology.see(Sample.s2, .sentinels("cache", list(Sample.s2, .seconds(280))))
    #expect(try outlook().ghosts.isEmpty)
    now = now.advanced(by: .seconds(10))
    let ghost = try #require(try outlook().ghosts.first)
    #expect(ghost.address == dead)
    #expect(ghost.listedBy == [Sample.s1, Sample.s2])
    #expect(ghost.of == 3)
    #expect(ghost.downFor == .seconds(300))
    #expect(ghost.sinceHello == .seconds(320))
    // Somebody hears it again.
    topology.see(Sample.s2, .sentinels("cache", list(Sample.s2, nil)), at: now)
    #expect(try outlook().ghosts.isEmpty)
  }

  @Test mutating func `an id whose address another Sentinel has taken is a ghost at once`() throws {
    topology.see(
      Sample.s1,
      .sentinels(
        "cache",
        [Sample.sentinel(Sample.s2, id: "before"), Sample.sentinel(Sample.s2)]
          + [Sample.sentinel(Sample.s3)]))
    let ghosts = try outlook().ghosts
    #expect(ghosts.map(\.id) == ["before"])
    #expect(ghosts.first?.sign == .replaced(by: Sample.id(Sample.s2)))
    #expect(try outlook().voices[0].known == 4)
    #expect(try outlook().known == 4)
  }
}
