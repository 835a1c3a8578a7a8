import SentinelInsight
import SentinelModel
import Testing

/// What is to be known before Sentinels forget, or write what they know.
@Suite struct ResetPreflightTests {
  private var topology = Sample.calm

  private var now = Sample.start

  private func reset(at sentinel: NodeAddress? = nil) -> Preflight {
    Preflight.reset(of: "cache", via: sentinel, in: topology, at: now)
  }

  @Test mutating func `a reset goes to those who monitor the service and answer`() {
    topology.see(Sample.s2, .masters([Sample.master("other")], roundTrip: .zero))
    topology.lose(Sample.s3)
    #expect(reset().target == .all)
    #expect(reset().facts.sentinels == [Sample.s1])
    #expect(reset().consequences[0].hasPrefix("s1 forgets"))
    #expect(reset(at: Sample.s2).verdict == .no)
    #expect(reset(at: Sample.s1).target == .one(Sample.s1))
  }

  @Test func `a reset matches the service's name and no other`() {
    var topology = Topology()
    topology.see(Sample.s1, .masters([Sample.master("ca*he[1]")], roundTrip: .zero))
    let preflight = Preflight.reset(of: "ca*he[1]", in: topology, at: now)
    #expect(preflight.command.words == ["SENTINEL", "RESET", #"ca\*he\[1\]"#])
  }

  @Test mutating func `a reset is refused while the master is down or fails over`() {
    topology.say(Sample.s2, Sample.master(flags: [.master, .sDown, .oDown]))
    #expect(reset().obstacles.count == 1)
    #expect(reset().obstacles.first?.contains("odown") == true)
    topology.say(
      Sample.s2, Sample.master(flags: [.master, .failoverInProgress], step: .selectReplica))
    #expect(reset().obstacles.first?.contains("would abort it") == true)
  }

  @Test mutating func `a reset is refused where the master doesn't list a living replica`() {
    #expect(reset().verdict == .warn)
    let first = "slave0:ip=10.0.0.2,port=6379,state=online,offset=1,lag=0"
    let second = "slave1:ip=10.0.0.3,port=6379,state=online,offset=1,lag=0"
    topology.sample(Sample.a, "role:master", first, at: now)
    #expect(
      reset().obstacles == ["the master doesn't list 10.0.0.3:6379: it would be lost for good"])
    topology.sample(Sample.a, "role:master", first, second, at: now)
    #expect(reset().verdict == .go)
    // One that is dead is forgotten on purpose.
    topology.seeAll(
      .replicas(
        "cache",
        [Sample.replica(Sample.b), Sample.replica(Sample.c, flags: [.replica, .sDown])]))
    topology.sample(Sample.a, "role:master", first, at: now)
    #expect(reset().verdict == .go)
    #expect(
      reset().reasons.first { $0.kind == .lostForGood }?.evidence == "10.0.0.3:6379")
  }

  @Test mutating func `configuration files are written by all that answer`() {
    func flush() -> Preflight { Preflight.flushConfiguration(in: topology) }
    #expect(flush().verdict == .go)
    topology.lose(Sample.s2)
    let preflight = flush()
    #expect(preflight.target == .all)
    #expect(preflight.warnings == ["s2 doesn't answer: its file stays as it is."])
    #expect(preflight.facts.sentinels == [Sample.s1, Sample.s3])
    #expect(preflight.contradiction(in: topology) == nil)
    topology.lose(Sample.s1, Sample.s3)
    #expect(preflight.contradiction(in: topology) == "s1 no longer answers")
    #expect(flush().obstacles == ["no Sentinel answers"])
  }
}
