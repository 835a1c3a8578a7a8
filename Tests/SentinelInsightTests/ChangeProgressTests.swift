import SentinelInsight
import SentinelModel
import Testing

@Suite struct ChangeProgressTests {
  private var topology = Sample.calm
  private var now = Sample.start
  private var progress: ChangeProgress

  init() {
    progress = ChangeProgress(
      .reset(pattern: "cache"), Self.facts(), at: Sample.start)
  }

  private static func facts(_ orders: [NodeAddress: Command] = [:]) -> Preflight.Facts {
    var facts = Preflight.Facts(service: "cache", master: Sample.a, sentinels: Sample.sentinels)
    facts.orders = orders
    return facts
  }

  private mutating func begin(_ command: Command) {
    progress = ChangeProgress(command, Self.facts(), at: now)
  }

  private mutating func pass(_ time: Duration) { now = now.advanced(by: time) }

  private mutating func next() -> ChangeProgress.Next { progress.next(at: now) }

  /// The next Sentinel is asked, and answers so.
  private mutating func ask(
    _ verdict: Outcome.Verdict = .accepted("OK"), sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard case .ask(let sentinel, _) = next() else {
      Issue.record("nobody is to be asked", sourceLocation: sourceLocation)
      return
    }
    progress.ask(sentinel, in: topology, at: now)
    pass(.milliseconds(1))
    progress.take(
      Outcome.Answer(sentinel: sentinel, verdict: verdict, elapsed: .milliseconds(1)), in: topology,
      at: now)
  }

  /// A Sentinel tells of that many replicas and other Sentinels.
  private mutating func tell(_ sentinel: NodeAddress, replicas: Int, sentinels: Int) {
    let all = [Sample.replica(Sample.b), Sample.replica(Sample.c)]
    let others = Sample.sentinels.filter { $0 != sentinel }.map { Sample.sentinel($0) }
    topology.see(sentinel, .replicas("cache", Array(all.prefix(replicas))), at: now)
    topology.see(sentinel, .sentinels("cache", Array(others.prefix(sentinels))), at: now)
    progress.observe(topology, at: now)
  }

  private mutating func tell(_ sentinel: NodeAddress, _ master: MasterState) {
    topology.see(sentinel, .master(master), at: now)
    progress.observe(topology, at: now)
  }

  private var stages: [ChangeProgress.Stage] { progress.steps.map(\.stage) }

  // Reset

  @Test mutating func `a reset asks the next one only when the last one is whole again`() {
    ask(.accepted("1 service reset"))
    #expect(next() == .wait(until: now.advanced(by: .seconds(30))))
    pass(.seconds(1))
    tell(Sample.s1, replicas: 0, sentinels: 2)
    #expect(
      stages[0] == .settling("0 of 2 replicas, 2 of 2 Sentinels found again"))
    guard case .wait = next() else {
      Issue.record("the next one is asked too early")
      return
    }
    pass(.seconds(8))
    tell(Sample.s1, replicas: 2, sentinels: 2)
    #expect(stages[0] == .done("2 of 2 replicas, 2 of 2 Sentinels found again"))
    #expect(next() == .ask(Sample.s2, .reset(pattern: "cache")))
  }

  @Test mutating func `what was known before the reset doesn't count as found again`() {
    ask()
    progress.observe(topology, at: now.advanced(by: .seconds(1)))
    #expect(
      stages[0] == .settling("0 of 2 replicas, 0 of 2 Sentinels found again"))
  }

  @Test mutating func `dead ones needn't be found again`() {
    for sentinel in Sample.sentinels {
      topology.see(
        sentinel,
        .replicas(
          "cache",
          [Sample.replica(Sample.b), Sample.replica(Sample.c, flags: [.replica, .sDown])]))
    }
    ask()
    pass(.seconds(9))
    tell(Sample.s1, replicas: 1, sentinels: 2)
    #expect(stages[0] == .done("1 of 1 replica, 2 of 2 Sentinels found again"))
  }

  @Test mutating func `it is done when the last one is whole again, too`() {
    for sentinel in Sample.sentinels {
      ask()
      #expect(!progress.isFinal)
      pass(.seconds(9))
      tell(sentinel, replicas: 2, sentinels: 2)
    }
    #expect(next() == .end)
    #expect(progress.isDone)
    #expect(progress.outcome(at: now).isAccepted)
    #expect(
      progress.words(in: topology, at: now) == "done at s1, s2 and s3, after 27 s")
  }

  @Test mutating func `it stops where somebody isn't whole again in time`() {
    ask()
    pass(.seconds(30))
    tell(Sample.s1, replicas: 1, sentinels: 2)
    #expect(next() == .end)
    #expect(
      stages == [
        .unconfirmed("1 of 2 replicas, 2 of 2 Sentinels found again"),
        .skipped("s1 hasn't found everybody again in 30 s"),
        .skipped("s1 hasn't found everybody again in 30 s"),
      ])
    #expect(progress.severity == .warning)
    #expect(
      progress.outcome(at: now).answers.map(\.verdict.isAccepted) == [true, false, false])
  }

  @Test(arguments: [
    Outcome.Verdict.refused("NOPERM"), .failed("connection refused"), .unknown("timed out"),
  ])
  mutating func `it stops where somebody doesn't do it`(verdict: Outcome.Verdict) {
    ask(verdict)
    #expect(next() == .end)
    #expect(
      stages == [
        .failed(verdict.text), .skipped("s1 didn't do it"), .skipped("s1 didn't do it"),
      ])
  }

  @Test(arguments: [
    (Sample.master(flags: [.master, .sDown]), "the master is sdown now"),
    (
      Sample.master(flags: [.master, .failoverInProgress], step: .waitStart),
      "a failover runs on s3"
    ),
  ])
  mutating func `it stops at the first sign of trouble, whoever sees it`(
    master: MasterState, reason: String
  ) {
    ask()
    tell(Sample.s3, master)
    pass(.seconds(5))
    tell(Sample.s1, replicas: 2, sentinels: 2)
    #expect(next() == .end)
    #expect(stages[1...] == [.skipped(reason), .skipped(reason)])
    guard case .done = stages[0] else {
      Issue.record("the one that was asked isn't followed to the end")
      return
    }
  }

  @Test mutating func `it stops when a Sentinel is lost that it needs`() {
    ask()
    topology.lose(Sample.s2)
    progress.observe(topology, at: now)
    #expect(progress.halt == "s2 no longer answers")
  }

  @Test mutating func `stopped by hand, it follows whom it has asked, and asks nobody else`() {
    ask()
    #expect(progress.canBeStopped)
    progress.stop()
    #expect(!progress.canBeStopped)
    guard case .wait = next() else {
      Issue.record("it doesn't follow the first one")
      return
    }
    pass(.seconds(5))
    tell(Sample.s1, replicas: 2, sentinels: 2)
    #expect(next() == .end)
    #expect(
      progress.words(in: topology, at: now)
        == "done at s1; not asked: s2 and s3, since you stopped it, after 5 s")
  }

  // Settings

  @Test mutating func `a setting is asked of all at once, and is done where it shows`() {
    begin(.set("cache", [.quorum(3)]))
    for _ in Sample.sentinels { ask() }
    guard case .wait(let deadline) = next() else {
      Issue.record("it isn't followed")
      return
    }
    #expect(deadline < now.advanced(by: .seconds(5)))
    var other = Sample.master()
    other.quorum = 3
    pass(.seconds(1))
    for sentinel in [Sample.s1, Sample.s2] { tell(sentinel, other) }
    #expect(stages[1] == .done("quorum 3"))
    tell(Sample.s3, Sample.master())
    pass(.seconds(5))
    progress.observe(topology, at: now)
    #expect(next() == .end)
    #expect(stages[2] == .unconfirmed("it shows quorum 2"))
    #expect(
      progress.words(in: topology, at: now)
        == "done at s1 and s2; s3 said yes, but it shows quorum 2, after 6 s")
  }

  @Test mutating func `what one Sentinel refuses isn't asked of the next`() {
    begin(.set("cache", [.custom("nonsense", "1")]))
    ask(.refused("ERR Unknown option"))
    #expect(next() == .end)
    #expect(stages[1] == .skipped("s1 didn't do it"))
  }

  @Test mutating func `what Sentinels don't tell is done when it is accepted`() {
    begin(.set("cache", [.authPassword("hunter2")]))
    for _ in Sample.sentinels { ask() }
    #expect(next() == .end)
    #expect(stages == Array(repeating: .done("auth-pass accepted"), count: 3))
    #expect(!progress.words(in: topology, at: now).contains("hunter2"))
  }

  @Test mutating func `each is told its own order`() {
    let own = Command.set("cache", [.quorum(1)])
    progress = ChangeProgress(
      .set("cache", [.quorum(3)]), Self.facts([Sample.s2: own]), at: now)
    ask()
    #expect(next() == .ask(Sample.s2, own))
  }

  // Others

  @Test mutating func `a removal goes on where one doesn't answer`() {
    begin(.remove("cache"))
    ask()
    ask(.failed("timed out"))
    ask()
    pass(.milliseconds(300))
    for sentinel in [Sample.s1, Sample.s3] {
      topology.see(sentinel, .masters([], roundTrip: .zero), at: now)
    }
    progress.observe(topology, at: now)
    #expect(next() == .end)
    #expect(
      stages == [.done("no longer lists it"), .failed("timed out"), .done("no longer lists it")])
  }

  @Test mutating func `a new service is done when it is listed, at the right address`() {
    begin(.monitor("queue", Sample.c, quorum: 2))
    for _ in Sample.sentinels { ask() }
    pass(.milliseconds(300))
    tell(Sample.s1, Sample.master("queue", at: Sample.c))
    tell(Sample.s2, Sample.master("queue", at: Sample.b))
    #expect(
      stages == [
        .done("monitors 10.0.0.3:6379"), .settling("it monitors 10.0.0.2:6379"),
        .settling("it doesn't list queue yet"),
      ])
    pass(.seconds(1))
    #expect(
      progress.words(in: topology, at: now) == "s3: it doesn't list queue yet, 1 s")
  }
}
