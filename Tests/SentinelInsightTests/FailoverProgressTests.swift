import SentinelInsight
import SentinelModel
import Testing

@Suite struct FailoverProgressTests {
  private var topology = Sample.calm
  private var progress = FailoverProgress(
    of: "cache", via: Sample.s1, from: Sample.a, at: Sample.start)

  private mutating func see(
    _ sentinel: NodeAddress, _ fact: Observation.Fact, after: Duration = .seconds(1)
  ) {
    let observation = Observation(
      source: sentinel, at: Sample.start.advanced(by: after), fact: fact)
    topology.apply(observation)
    progress.apply(observation, in: topology)
  }

  private mutating func say(_ sentinel: NodeAddress, _ channel: String, _ payload: String) {
    see(sentinel, .event(SentinelEvent(channel: channel, payload: payload)))
  }

  private mutating func switchAll() {
    for sentinel in Sample.sentinels {
      say(sentinel, "+switch-master", "cache 10.0.0.1 6379 10.0.0.2 6379")
    }
  }

  /// The replicas as all Sentinels see them.
  private mutating func showAll(_ replicas: ReplicaState..., after: Duration = .seconds(2)) {
    for sentinel in Sample.sentinels {
      see(sentinel, .replicas("cache", replicas), after: after)
    }
  }

  @Test mutating func `an old master that isn't a replica yet holds it up`() {
    switchAll()
    let c = Sample.replica(Sample.c, of: Sample.b)
    showAll(Sample.replica(Sample.a, of: nil, role: .master, link: .down(for: nil)), c)
    #expect(
      progress.stage == .switched(Sample.b, missing: "10.0.0.1:6379 to follow, says s1"))
    showAll(Sample.replica(Sample.a, of: Sample.b, link: .down(for: .seconds(1))), c)
    #expect(!progress.stage.isFinal)
    showAll(Sample.replica(Sample.a, of: Sample.c), c)
    #expect(!progress.stage.isFinal)
    showAll(Sample.replica(Sample.a, of: Sample.b), c)
    #expect(progress.stage == .done(Sample.b))
  }

  @Test mutating func `what was seen before the switch proves nothing`() {
    let following = [
      Sample.replica(Sample.a, of: Sample.b), Sample.replica(Sample.c, of: Sample.b),
    ]
    for sentinel in Sample.sentinels {
      see(sentinel, .replicas("cache", following), after: .milliseconds(500))
    }
    switchAll()
    #expect(progress.stage == .switched(Sample.b, missing: "s1's view of the replicas"))
    showAll(following[0], following[1])
    #expect(progress.stage == .done(Sample.b))
  }

  @Test mutating func `a Sentinel that doesn't answer holds nothing up, and one that differs does`()
  {
    for sentinel in [Sample.s1, Sample.s2] {
      say(sentinel, "+switch-master", "cache 10.0.0.1 6379 10.0.0.2 6379")
    }
    showAll(Sample.replica(Sample.a, of: Sample.b), Sample.replica(Sample.c, of: Sample.b))
    #expect(progress.stage == .switched(Sample.b, missing: "s3 still at another address"))
    see(Sample.s3, .lost(reason: "closed"))
    #expect(progress.stage == .done(Sample.b))
  }

  @Test mutating func `steps and aborts of other Sentinels and services are not ours`() {
    say(Sample.s1, "+try-failover", "master cache 10.0.0.1 6379")
    let stage = progress.stage
    #expect(stage == .running("failover begun, asking for votes"))
    say(Sample.s2, "-failover-abort-not-elected", "master cache 10.0.0.1 6379")
    say(Sample.s1, "-failover-abort-not-elected", "master other 10.0.0.1 6379")
    say(Sample.s2, "+elected-leader", "master cache 10.0.0.1 6379")
    #expect(progress.stage == stage)
    say(Sample.s1, "-failover-abort-not-elected", "master cache 10.0.0.1 6379")
    #expect(progress.stage == .aborted("failover aborted: not elected, no majority"))
    switchAll()
    #expect(progress.switchedAt == nil)
  }

  @Test mutating func `a switch that no event told is seen all the same`() {
    for sentinel in Sample.sentinels {
      see(sentinel, .masters([Sample.master(at: Sample.b, epoch: 2)], roundTrip: .zero))
    }
    showAll(Sample.replica(Sample.a, of: Sample.b), Sample.replica(Sample.c, of: Sample.b))
    #expect(progress.stage == .done(Sample.b))
    #expect(progress.switchedAt == nil)
  }

  @Test mutating func `a Sentinel that died, or says nothing for long, leaves it unknown`() {
    say(Sample.s1, "+try-failover", "master cache 10.0.0.1 6379")
    see(Sample.s2, .info(ServerInfo(text: "")), after: .seconds(180))
    #expect(!progress.stage.isFinal)
    var silent = self
    silent.see(Sample.s2, .info(ServerInfo(text: "")), after: .seconds(181))
    #expect(silent.progress.stage == .unknown("s1 says nothing more of it"))
    var dead = Self()
    dead.see(Sample.s1, .lost(reason: "closed"), after: .seconds(59))
    #expect(!dead.progress.stage.isFinal)
    dead.see(Sample.s2, .info(ServerInfo(text: "")), after: .seconds(61))
    #expect(dead.progress.stage == .unknown("s1, which led it, no longer answers"))
  }

  @Test mutating func `once switched it is never given up`() {
    switchAll()
    see(Sample.s2, .info(ServerInfo(text: "")), after: .seconds(10_000))
    #expect(!progress.stage.isFinal)
  }

  @Test mutating func `the end has words, and what goes on has none`() {
    let end = Sample.start.advanced(by: .milliseconds(21_321))
    #expect(progress.closingWords(at: end) == nil)
    var aborted = self
    aborted.say(Sample.s1, "-failover-abort-no-good-slave", "master cache 10.0.0.1 6379")
    #expect(
      aborted.progress.closingWords(at: end)?.words(in: topology)
        == "failover aborted: no replica fit for promotion, after 21.3 s")
    #expect(aborted.progress.closingWords(at: end)?.severity == .critical)
    switchAll()
    #expect(progress.closingWords(at: end) == nil)
    showAll(Sample.replica(Sample.a, of: Sample.b))
    let words = progress.closingWords(at: end)
    #expect(
      words?.words(in: topology)
        == "failover done: 10.0.0.2:6379 is master, all follow after 21.3 s, switched after 1.00 s")
    #expect(words?.severity == .notice)
    #expect(words?.service == "cache")
  }
}
