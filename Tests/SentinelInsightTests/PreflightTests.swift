import SentinelInsight
import SentinelModel
import Testing

@Suite struct PreflightTests {
  private var topology = Sample.calm

  private var now = Sample.start

  private func failover(via sentinel: NodeAddress? = nil) -> Preflight {
    Preflight.failover(of: "cache", via: sentinel, in: topology, at: now)
  }

  @Test func `a failover goes to one Sentinel, and says whom it promotes and what it costs`() {
    let preflight = failover()
    #expect(preflight.verdict == .go)
    #expect(preflight.command == .failover("cache"))
    #expect(preflight.target == .one(Sample.s1))
    #expect(preflight.facts.master == Sample.a)
    #expect(preflight.facts.sentinels == [Sample.s1])
    #expect(preflight.facts.contenders.contains(Sample.b))
    #expect(preflight.candidate?.address == Sample.b)
    #expect(
      preflight.consequences == [
        "s1 promotes 10.0.0.2:6379.",
        "10.0.0.1:6379 stays writable until it is demoted, about 10 s: writes to it are lost.",
      ])
    #expect(preflight.warnings.isEmpty)
    #expect(
      preflight.reasons.first?.evidence == "priority 100, offset 0, INFO of s1, 1 s old")
    let runnerUp = preflight.reasons.first { $0.kind == .runnerUp }
    #expect(
      runnerUp?.text
        == "10.0.0.3:6379 may win instead: it has the same priority, and offsets move on.")
    #expect(
      preflight.reasons.first { $0.kind == .repointed }?.text == "1 other replica follows it.")
    #expect(preflight.contradiction(in: topology) == nil)
  }

  @Test func `the Sentinel that is wanted is asked`() {
    #expect(failover(via: Sample.s3).target == .one(Sample.s3))
  }

  @Test mutating func `nobody in tilt is chosen, nor one that holds another address`() {
    topology.see(
      Sample.s1, .event(SentinelEvent(channel: "+tilt", payload: "#tilt mode entered")))
    topology.say(Sample.s2, Sample.master(at: Sample.b))
    let preflight = failover()
    #expect(preflight.target == .one(Sample.s3))
    #expect(preflight.verdict == .warn)
    #expect(preflight.warnings == ["Only 2 of 3 Sentinels agree on the master."])
    #expect(failover(via: Sample.s1).obstacles.first?.contains("s1 is in tilt") == true)
    #expect(
      failover(via: Sample.s2).obstacles == ["s2 takes 10.0.0.2:6379 for the master"])
  }

  @Test mutating func `a Sentinel that would find nobody is passed over for one that would`() {
    topology.see(
      Sample.s1,
      .replicas(
        "cache", [Sample.replica(Sample.b, priority: 0), Sample.replica(Sample.c, priority: 0)]))
    #expect(failover().target == .one(Sample.s2))
    #expect(failover(via: Sample.s1).verdict == .no)
  }

  @Test mutating func `a failover that makes no sense is refused with the reason`() {
    let nosuch = Preflight.failover(of: "nosuch", in: topology, at: now)
    #expect(nosuch.verdict == .no)
    #expect(nosuch.obstacles == ["no Sentinel knows a service \"nosuch\""])

    let calm = topology
    topology.say(
      Sample.s2, Sample.master(flags: [.master, .failoverInProgress], step: .waitPromotion))
    #expect(failover().obstacles == ["a failover runs already, on s2"])
    #expect(failover().facts.contenders.isEmpty)

    topology = calm
    topology.lose(Sample.s2)
    #expect(failover(via: Sample.s2).obstacles == ["s2 doesn't answer"])
    topology.lose(Sample.s1, Sample.s3)
    #expect(failover().obstacles == ["no Sentinel that monitors cache answers"])

    topology = calm
    topology.see(Sample.s2, .masters([], roundTrip: .zero))
    #expect(failover(via: Sample.s2).obstacles == ["s2 doesn't monitor cache"])

    topology = calm
    for sentinel in Sample.sentinels {
      topology.see(sentinel, .info(ServerInfo(text: "sentinel_tilt:1")))
    }
    #expect(failover().obstacles == ["every Sentinel that could lead is in tilt"])
  }

  @Test(
    arguments: [
      ([], nil), ([Sample.replica(Sample.b, priority: 0)], nil),
      ([Sample.replica(Sample.b, flags: [.replica, .sDown])], nil),
      ([Sample.replica(Sample.b), Sample.replica(Sample.c, priority: 0)], Sample.b),
      ([Sample.replica(Sample.b, priority: 101), Sample.replica(Sample.c)], Sample.c),
    ] as [([ReplicaState], NodeAddress?)])
  mutating func `without a replica that is fit there is no failover`(
    replicas: [ReplicaState], winner: NodeAddress?
  ) {
    topology.seeAll(.master(Sample.master(replicas: replicas.count)))
    topology.seeAll(.replicas("cache", replicas))
    let preflight = failover()
    #expect(preflight.candidate?.address == winner)
    #expect(preflight.verdict == (winner == nil ? .no : .go))
    if winner == nil {
      #expect(preflight.obstacles == ["cache has no replica that could be promoted"])
      #expect(preflight.rejected.map(\.address) == replicas.map(\.address))
    }
  }

  @Test mutating func `each replica that is passed over has its rule, value and limit`() throws {
    topology.seeAll(
      .replicas(
        "cache",
        [Sample.replica(Sample.b), Sample.replica(Sample.c, sincePing: .milliseconds(7_200))]))
    let preflight = failover()
    let reason = try #require(preflight.reasons.first { $0.kind == .rejected })
    #expect(
      reason.text
        == "10.0.0.3:6379 can't be promoted: "
        + "the last good answer to a PING is 7.2 s old, more than 5 s.")
    #expect(reason.evidence == "ping 7.2 s, limit 5 s")
    #expect(preflight.rejected.first?.rejection?.rule == "ping")
  }

  @Test mutating func `hidden replicas are warned of, and are no reason to refuse`() {
    topology.seeAll(.master(Sample.master(replicas: 3)))
    #expect(failover().warnings == ["1 replica not listed may be promoted instead."])
    topology.seeAll(.replicas("cache", []))
    #expect(failover().verdict == .warn)
    #expect(failover().facts.contenders.isEmpty)
  }

  @Test mutating func `a Sentinel that begins and then finds nobody is no way`() {
    topology.sample(Sample.b, "role:slave", "slave_priority:0", "slave_repl_offset:0", at: now)
    now = now.advanced(by: .milliseconds(1))
    topology.sample(Sample.c, "role:slave", "slave_priority:0", "slave_repl_offset:0", at: now)
    #expect(failover().obstacles.first?.hasPrefix("s1 would begin and give up") == true)
  }

  @Test mutating func `a candidate that is far behind, or still copying, is told`() {
    topology.sample(
      Sample.a, "role:master", "master_repl_offset:9000000",
      "slave0:ip=10.0.0.2,port=6379,state=online,offset=4000000,lag=2", at: now)
    #expect(failover().warnings == ["10.0.0.2:6379 is behind by 5.0 MB, as of 0 s ago."])
    topology.sample(
      Sample.a, "role:master", "master_repl_offset:9000000",
      "slave0:ip=10.0.0.2,port=6379,state=online,offset=8999000,lag=1", at: now)
    #expect(failover().verdict == .go)
    topology.sample(
      Sample.a, "role:master", "master_repl_offset:9000000",
      "slave0:ip=10.0.0.2,port=6379,state=send_bulk,offset=0,lag=0", at: now)
    #expect(failover().verdict == .no)
    #expect(failover().obstacles.first?.contains("copying the data set") == true)
  }

  @Test mutating func `the writes at risk follow from the rate at which the stream grows`() {
    topology.sample(Sample.a, "role:master", "master_repl_offset:1000", at: now)
    now = now.advanced(by: .seconds(1))
    topology.sample(
      Sample.a, "role:master", "master_repl_offset:3000", "min_slaves_good_slaves:2", at: now)
    #expect(
      failover().consequences[1].hasSuffix("writes to it are lost, about 20.0 kB at this rate."))
    #expect(failover().warnings.first?.contains("min-replicas-to-write") == true)
  }

  @Test mutating func `priority may choose one that lacks what another one has`() {
    topology.seeAll(
      .replicas(
        "cache",
        [Sample.replica(Sample.b, priority: 1, offset: 1_000_000)]
          + [Sample.replica(Sample.c, priority: 2, offset: 3_000_000)]))
    #expect(failover().warnings == ["10.0.0.3:6379 has 2.0 MB more, but a worse priority."])
  }

  @Test mutating func `a Sentinel that couldn't fail over by itself is warned of`() {
    topology.see(Sample.s2, .sentinels("cache", []))
    #expect(
      failover().warnings == ["s2 reaches no quorum: it could not fail over by itself."])
    #expect(
      failover().reasons.first { $0.kind == .quorum }?.evidence
        == "usable 1 of 1, quorum 2, majority 1")
  }

  @Test mutating func `a master that is down is no reason against it, but is said`() {
    topology.say(Sample.s2, Sample.master(flags: [.master, .sDown]))
    #expect(failover().warnings == ["The master is sdown now."])
    #expect(failover().consequences[1] == "10.0.0.1:6379 is demoted when it comes back.")
  }

  @Test mutating func `what only grows older asks the same, another winner or objection does not`()
  {
    let preflight = failover()
    now = now.advanced(by: .seconds(3))
    #expect(failover().asksTheSame(as: preflight))
    topology.say(Sample.s2, Sample.master(flags: [.master, .sDown]))
    #expect(!failover().asksTheSame(as: preflight))
    #expect(failover().newObjection(since: preflight) == "The master is sdown now.")
    topology = Sample.calm
    topology.seeAll(
      .replicas("cache", [Sample.replica(Sample.b, priority: 101), Sample.replica(Sample.c)]))
    #expect(!failover().asksTheSame(as: preflight))
  }

  @Test mutating func `what changes under the question contradicts it`() {
    let preflight = failover()
    var lost = topology
    lost.lose(Sample.s1)
    #expect(preflight.contradiction(in: lost) == "s1 no longer answers")
    // Another one that goes isn't asked.
    lost = topology
    lost.lose(Sample.s2)
    #expect(preflight.contradiction(in: lost) == nil)

    var moved = topology
    for sentinel in Sample.sentinels {
      moved.say(sentinel, Sample.master(at: Sample.b, epoch: 2))
    }
    #expect(preflight.contradiction(in: moved) == "the master is now 10.0.0.2:6379")

    var renewed = topology
    renewed.say(Sample.s2, Sample.master(epoch: 2))
    #expect(preflight.contradiction(in: renewed) == "the configuration's epoch is now 2")

    var gone = topology
    for sentinel in Sample.sentinels { gone.see(sentinel, .masters([], roundTrip: .zero)) }
    #expect(preflight.contradiction(in: gone) == "cache is no longer monitored")
  }
}
