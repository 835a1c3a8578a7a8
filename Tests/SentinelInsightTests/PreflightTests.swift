import SentinelInsight
import SentinelModel
import Testing

@Suite struct PreflightTests {
  private var topology = Sample.calm

  private func failover(via sentinel: NodeAddress? = nil) throws -> Preflight {
    try Preflight.failover(of: "cache", via: sentinel, in: topology).get()
  }

  private func refusal(_ result: Result<Preflight, Preflight.Refusal>) -> String? {
    if case .failure(let refusal) = result { refusal.reason } else { nil }
  }

  @Test func `a failover goes to one Sentinel, and says what it costs`() throws {
    let preflight = try failover()
    #expect(preflight.command == .failover("cache"))
    #expect(preflight.target == .one(Sample.s1))
    #expect(preflight.facts.master == Sample.a)
    #expect(preflight.facts.sentinels == [Sample.s1])
    #expect(preflight.consequences.count == 2)
    #expect(preflight.consequences[0] == "s1 promotes one of 2 replicas.")
    #expect(preflight.consequences[1].contains("10.0.0.1:6379 stays writable"))
    #expect(preflight.warnings.isEmpty)
    #expect(preflight.contradiction(in: topology) == nil)
  }

  @Test func `the Sentinel that is wanted is asked`() throws {
    #expect(try failover(via: Sample.s3).target == .one(Sample.s3))
  }

  @Test mutating func `nobody in tilt is chosen, nor one that holds another address`() throws {
    topology.see(
      Sample.s1, .event(SentinelEvent(channel: "+tilt", payload: "#tilt mode entered")))
    topology.say(Sample.s2, Sample.master(at: Sample.b))
    let preflight = try failover()
    #expect(preflight.target == .one(Sample.s3))
    #expect(preflight.warnings == ["Only 2 of 3 Sentinels agree on the master."])
  }

  @Test mutating func `a failover that makes no sense is refused with the reason`() {
    let nosuch = Preflight.failover(of: "nosuch", in: topology)
    #expect(refusal(nosuch)?.contains("no Sentinel knows a service \"nosuch\"") == true)

    var running = topology
    running.say(
      Sample.s2, Sample.master(flags: [.master, .failoverInProgress], step: .waitPromotion))
    #expect(
      refusal(Preflight.failover(of: "cache", in: running)) == "a failover runs already, on s2")

    var silent = topology
    silent.lose(Sample.s2)
    #expect(
      refusal(Preflight.failover(of: "cache", via: Sample.s2, in: silent)) == "s2 doesn't answer")
    silent.lose(Sample.s1, Sample.s3)
    #expect(
      refusal(Preflight.failover(of: "cache", in: silent))?.contains("answers") == true)

    var stranger = topology
    stranger.see(Sample.s2, .masters([], roundTrip: .zero))
    #expect(
      refusal(Preflight.failover(of: "cache", via: Sample.s2, in: stranger))
        == "s2 doesn't monitor cache")

    var tilted = topology
    for sentinel in Sample.sentinels {
      tilted.see(sentinel, .info(ServerInfo(text: "sentinel_tilt:1")))
    }
    #expect(refusal(Preflight.failover(of: "cache", in: tilted))?.contains("tilt") == true)
  }

  @Test(
    arguments: [
      ([], nil), ([Sample.replica(Sample.b, priority: 0)], nil),
      ([Sample.replica(Sample.b, flags: [.replica, .sDown])], nil),
      ([Sample.replica(Sample.b), Sample.replica(Sample.c, priority: 0)], 1),
      ([Sample.replica(Sample.b), Sample.replica(Sample.c)], 2),
    ] as [([ReplicaState], Int?)])
  func `without a replica that is fit there is no failover`(
    replicas: [ReplicaState], fit: Int?
  ) {
    var topology = topology
    for sentinel in Sample.sentinels { topology.see(sentinel, .replicas("cache", replicas)) }
    let result = Preflight.failover(of: "cache", in: topology)
    if let fit {
      let words = "s1 promotes one of \(fit) replica\(fit == 1 ? "" : "s")."
      #expect((try? result.get())?.consequences.first == words)
    } else {
      #expect(refusal(result) == "cache has no replica that could be promoted")
    }
  }

  @Test mutating func `a master that is down is no reason against it, but is said`() throws {
    topology.say(Sample.s2, Sample.master(flags: [.master, .sDown]))
    #expect(try failover().warnings == ["The master is sdown now."])
  }

  @Test mutating func `what changes under the question contradicts it`() throws {
    let preflight = try failover()
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

  @Test mutating func `a reset goes to those who monitor the service and answer`() throws {
    topology.see(Sample.s2, .masters([Sample.master("other")], roundTrip: .zero))
    topology.lose(Sample.s3)
    let all = try Preflight.reset(of: "cache", in: topology).get()
    #expect(all.target == .all)
    #expect(all.facts.sentinels == [Sample.s1])
    #expect(all.consequences[0].hasPrefix("s1 forgets"))
    #expect(refusal(Preflight.reset(of: "cache", at: Sample.s2, in: topology)) != nil)
    let one = try Preflight.reset(of: "cache", at: Sample.s1, in: topology).get()
    #expect(one.target == .one(Sample.s1))
  }

  @Test func `a reset matches the service's name and no other`() throws {
    var topology = Topology()
    topology.see(Sample.s1, .masters([Sample.master("ca*he[1]")], roundTrip: .zero))
    let preflight = try Preflight.reset(of: "ca*he[1]", in: topology).get()
    #expect(preflight.command.words == ["SENTINEL", "RESET", #"ca\*he\[1\]"#])
  }

  @Test mutating func `a reset of a service in trouble is warned of, and in a failover refused`()
    throws
  {
    topology.say(Sample.s2, Sample.master(flags: [.master, .sDown, .oDown]))
    let preflight = try Preflight.reset(of: "cache", in: topology).get()
    #expect(preflight.warnings.count == 1)
    #expect(preflight.warnings.first?.contains("odown") == true)
    topology.say(
      Sample.s2, Sample.master(flags: [.master, .failoverInProgress], step: .selectReplica))
    #expect(refusal(Preflight.reset(of: "cache", in: topology))?.contains("would abort it") == true)
  }

  @Test mutating func `any other command goes to all that answer`() throws {
    topology.lose(Sample.s2)
    let preflight = try Preflight.plain(
      .flushConfiguration, consequence: "Files are rewritten.", in: topology
    ).get()
    #expect(preflight.target == .all)
    #expect(preflight.facts.sentinels == [Sample.s1, Sample.s3])
    #expect(preflight.contradiction(in: topology) == nil)
    topology.lose(Sample.s1, Sample.s3)
    #expect(preflight.contradiction(in: topology) == "s1 no longer answers")
    #expect(
      refusal(Preflight.plain(.flushConfiguration, consequence: "", in: topology))
        == "no Sentinel answers")
  }
}
