import SentinelInsight
import SentinelModel
import Testing

@Suite struct BlockersTests {
  private var topology = Sample.calm
  private var clock = FailoverClock()
  private var now = Sample.start

  private mutating func see(_ sentinel: NodeAddress, _ fact: Observation.Fact) {
    let observation = Observation(source: sentinel, at: now, fact: fact)
    topology.apply(observation)
    clock.apply(observation, in: topology)
  }

  private mutating func hear(_ sentinel: NodeAddress, _ channel: String, _ payload: String) {
    see(sentinel, .event(SentinelEvent(channel: channel, payload: payload)))
  }

  private func blockers(_ sentinel: NodeAddress = Sample.s1) throws -> Blockers {
    try #require(Blockers(of: "cache", by: sentinel, in: topology, clock, at: now))
  }

  private func state(_ kind: Blockers.Condition.Kind) throws -> Blockers.State? {
    try blockers().conditions.first { $0.kind == kind }?.state
  }

  /// s1 has the master in odown, with a vote of s2, and has listened for long.
  private mutating func down() {
    see(Sample.s1, .listening(gap: nil))
    see(Sample.s1, .info(ServerInfo(text: "sentinel_tilt:0")))
    now = now.advanced(by: .seconds(600))
    var master = Sample.master(flags: [.master, .sDown, .oDown])
    master.report.sDownFor = .seconds(4)
    master.report.downAfter = .seconds(30)
    see(Sample.s1, .master(master))
    see(Sample.s1, .replicas("cache", [Sample.replica(Sample.b), Sample.replica(Sample.c)]))
  }

  @Test mutating func `where all holds nothing keeps it`() throws {
    down()
    let blockers = try blockers()
    #expect(blockers.conditions.allSatisfy { $0.state == .holds })
    #expect(blockers.blocking == nil)
    #expect(blockers.sentence(in: topology) == "nothing keeps s1 from a failover")
  }

  @Test mutating func `a master that answers is the first reason`() throws {
    #expect(try blockers().sentence(in: topology) == "s1 starts no failover: the master answers")
    var master = Sample.master()
    master.report.downAfter = .seconds(30)
    master.report.pendingPingAge = .seconds(5)
    see(Sample.s1, .master(master))
    now = now.advanced(by: .milliseconds(200))
    let blocking = try #require(try blockers().blocking)
    #expect(blocking.text == "silent for 5.2 s of 30 s")
    #expect(blocking.due == Sample.start.advanced(by: .seconds(25)))
    see(Sample.a, .sampled(ServerInfo(text: "loading:1"), roundTrip: .zero))
    #expect(try blockers().blocking?.kind == .notLoading)
  }

  @Test mutating func `too few agree`() throws {
    down()
    see(Sample.s1, .master(Sample.master(flags: [.master, .sDown])))
    #expect(try blockers().blocking?.text == "agreed by 1 of quorum 2")
    see(
      Sample.s1,
      .sentinels(
        "cache",
        [
          Sample.sentinel(Sample.s2, flags: [.sentinel, .masterDown]),
          Sample.sentinel(Sample.s3, flags: [.sentinel, .sDown]),
        ]))
    #expect(try blockers().blocking?.text == "agreed by 2 of quorum 2")
  }

  @Test mutating func `after an attempt twice the failover-timeout has to pass`() throws {
    down()
    hear(Sample.s1, "+try-failover", "master cache 10.0.0.1 6379")
    hear(Sample.s1, "-failover-abort-not-elected", "master cache 10.0.0.1 6379")
    now = now.advanced(by: .seconds(50))
    let blocking = try #require(try blockers().blocking)
    #expect(blocking.kind == .patience)
    #expect(blocking.text == "it tried 50 s ago, the next attempt is in 1 min 10 s")
    #expect(
      Countdown.all(of: "cache", in: topology, clock, at: now).map(\.kind) == [.nextAttempt])
    now = now.advanced(by: .seconds(70))
    #expect(try state(.patience) == .holds)
    // A switch makes it forget.
    hear(Sample.s1, "+try-failover", "master cache 10.0.0.1 6379")
    #expect(try state(.patience) == .blocks)
    hear(Sample.s1, "+reset-master", "master cache 10.0.0.1 6379")
    #expect(try state(.patience) == .holds)
  }

  @Test mutating func `a vote for another one counts as an attempt, one's own does not`() throws {
    down()
    hear(Sample.s1, "+vote-for-leader", "\(Sample.id(Sample.s1)) 7")
    #expect(try state(.patience) == .holds)
    hear(Sample.s1, "+vote-for-leader", "\(Sample.id(Sample.s2)) 8")
    #expect(try state(.patience) == .blocks)
    #expect(try blockers().blocking?.text.hasPrefix("it voted for another one's attempt") == true)
  }

  @Test mutating func `what wasn't heard is not known`() throws {
    down()
    see(Sample.s1, .listening(gap: .seconds(3)))
    #expect(try state(.patience) == .unknown)
    #expect(try blockers().blocking == nil)
    topology = Topology()
    see(Sample.s1, .masters([Sample.master()], roundTrip: .zero))
    for kind in [Blockers.Condition.Kind.noTilt, .oDown, .majority, .candidate] {
      #expect(try state(kind) == .unknown)
    }
  }

  @Test mutating func `tilt, a lost majority and unfit replicas block`() throws {
    down()
    hear(Sample.s1, "+tilt", "#tilt mode entered")
    #expect(try blockers().blocking?.kind == .noTilt)
    #expect(try blockers().blocking?.due == now.advanced(by: .seconds(30)))
    hear(Sample.s1, "-tilt", "#tilt mode exited")
    see(
      Sample.s1,
      .sentinels(
        "cache",
        [
          Sample.sentinel(Sample.s2, flags: [.sentinel, .sDown]),
          Sample.sentinel(Sample.s3, flags: [.sentinel, .sDown]),
        ]))
    #expect(try blockers().blocking?.text == "1 can vote, 2 votes needed")
    see(Sample.s1, .sentinels("cache", []))
    see(Sample.s1, .replicas("cache", [Sample.replica(Sample.b, priority: 0)]))
    #expect(try state(.candidate) == .unknown)
    var master = Sample.master(flags: [.master, .sDown, .oDown], replicas: 1)
    master.quorum = 1
    see(Sample.s1, .master(master))
    #expect(try blockers().blocking?.evidence == "10.0.0.2:6379: its priority is 0")
  }

  @Test mutating func `the Sentinel that is nearest to a failover comes first`() throws {
    down()
    #expect(Blockers.all(of: "cache", in: topology, clock, at: now).first?.sentinel == Sample.s1)
    see(
      Sample.s3,
      .master(Sample.master(flags: [.master, .failoverInProgress], step: .waitPromotion)))
    let first = try #require(Blockers.all(of: "cache", in: topology, clock, at: now).first)
    #expect(first.sentinel == Sample.s3)
    #expect(first.sentence(in: topology) == "s3 runs a failover")
  }

  @Test mutating func `what is due stands with what is left`() throws {
    var silent = Sample.replica(Sample.b)
    silent.report.pendingPingAge = .seconds(10)
    silent.report.downAfter = .seconds(30)
    var old = Sample.replica(Sample.c, role: .master)
    old.reportedRoleFor = .seconds(6)
    see(Sample.s1, .replicas("cache", [silent, old]))
    hear(Sample.s2, "+try-failover", "master cache 10.0.0.1 6379")
    see(
      Sample.s2, .master(Sample.master(flags: [.master, .failoverInProgress], step: .waitStart)))
    let due = Countdown.all(of: "cache", in: topology, clock, at: now)
    #expect(due.map(\.kind) == [.demotion, .election, .sDown])
    #expect(due.map { $0.left(at: now) } == [.seconds(2), .seconds(10), .seconds(20)])
    #expect(due[2].words(at: now, in: topology) == "s1: sdown in 20 s of 30 s")
    now = now.advanced(by: .seconds(1))
    hear(
      Sample.s2, "+failover-state-wait-promotion",
      "slave 10.0.0.2:6379 10.0.0.2 6379 @ cache 10.0.0.1 6379")
    let step = Countdown.all(of: "cache", in: topology, clock, at: now).first { $0.kind == .step }
    #expect(step?.left(at: now) == .seconds(60))
    hear(Sample.s2, "+switch-master", "cache 10.0.0.1 6379 10.0.0.2 6379")
    #expect(
      !Countdown.all(of: "cache", in: topology, clock, at: now).contains {
        $0.sentinel == Sample.s2
      })
  }
}
