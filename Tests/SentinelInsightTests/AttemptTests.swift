import SentinelInsight
import SentinelModel
import Testing

/// Attempts, by words in the order of a test's choice.
@Suite struct AttemptTests {
  private var topology = Sample.calm
  private var timeline = FailoverTimeline()

  private mutating func see(
    _ sentinel: NodeAddress, _ fact: Observation.Fact, at milliseconds: Int64
  ) {
    let observation = Observation(
      source: sentinel, at: Sample.start.advanced(by: .milliseconds(milliseconds)), fact: fact)
    topology.apply(observation)
    timeline.apply(observation, in: topology)
  }

  private mutating func say(
    _ sentinel: NodeAddress, _ channel: String, _ payload: String = "master cache 10.0.0.1 6379",
    at milliseconds: Int64
  ) {
    let event = SentinelEvent(channel: channel, payload: payload)
    see(sentinel, .event(event), at: milliseconds)
  }

  /// The Sentinel asks for votes in an epoch and is elected.
  private mutating func lead(_ sentinel: NodeAddress, _ epoch: Int, at milliseconds: Int64) {
    say(sentinel, "+new-epoch", "\(epoch)", at: milliseconds)
    say(sentinel, "+try-failover", at: milliseconds)
    say(sentinel, "+vote-for-leader", "\(Sample.id(sentinel)) \(epoch)", at: milliseconds)
    say(sentinel, "+elected-leader", at: milliseconds + 50)
  }

  @Test mutating func `a leader that was lost has failed, even when it comes back`() throws {
    say(Sample.s1, "+sdown", at: 0)
    say(Sample.s1, "+odown", at: 10)
    lead(Sample.s1, 2, at: 20)
    see(Sample.s1, .lost(reason: "closed"), at: 200)
    lead(Sample.s2, 3, at: 12_000)
    let failures = try #require(timeline.open("cache")).attempts.map(\.failure)
    #expect(failures == [.leaderLost, nil])
    see(
      Sample.s1, .connected(SentinelIdentity(id: nil, version: nil, respVersion: 3)), at: 13_000)
    #expect(timeline.open("cache")?.attempts.map(\.failure) == failures)
    #expect(timeline.open("cache")?.leader == Sample.s2)
    #expect(timeline.open("cache")?.epoch == 3)
  }

  @Test mutating func `limits come from the settings, and time left from the clock`() throws {
    let now = Sample.start.advanced(by: .seconds(21))
    say(Sample.s1, "+sdown", at: 0)
    say(Sample.s1, "+odown", at: 10)
    lead(Sample.s1, 2, at: 20)
    say(
      Sample.s1, "+failover-state-wait-promotion",
      "slave 10.0.0.2:6379 10.0.0.2 6379 @ cache 10.0.0.1 6379", at: 1_000)
    let phase = try #require(timeline.open("cache")?.phases.last)
    #expect(phase.kind == .ordered)
    #expect(phase.state == .running)
    #expect(phase.limit == .seconds(60))
    #expect(phase.duration(at: now) == .seconds(20))
    #expect(phase.timeLeft(at: now) == .seconds(40))
    #expect(timeline.open("cache")?.isWithoutMaster == true)
    #expect(timeline.open("cache")?.withoutMaster(at: now) == .seconds(21))
  }

  @Test mutating func `a new failover ends the wait for those of the one before`() {
    say(Sample.s1, "+switch-master", "cache 10.0.0.1 6379 10.0.0.2 6379", at: 0)
    say(Sample.s2, "+switch-master", "cache 10.0.0.1 6379 10.0.0.2 6379", at: 10)
    #expect(timeline.incidents.map(\.stage) == [.switched])
    say(Sample.s1, "+sdown", "master cache 10.0.0.2 6379", at: 60_000)
    #expect(timeline.incidents.map(\.stage) == [.leftBehind, .running])
    #expect(timeline.open("cache")?.oldMaster == Sample.b)
    // The third Sentinel was slow: its word belongs to the first one.
    say(Sample.s3, "+switch-master", "cache 10.0.0.1 6379 10.0.0.2 6379", at: 60_100)
    #expect(timeline.incidents.map(\.switches.count) == [3, 0])
    #expect(timeline.takeDue().map(\.id) == [1])
  }

  @Test mutating func `a service that is monitored anew begins anew`() {
    let remembered = FailoverTimeline.Remembered(
      service: "cache", master: Sample.a, configEpoch: 1, at: Sample.start,
      sentinelIDs: [Sample.id(Sample.s1)])
    timeline = FailoverTimeline(remembered: [remembered])
    see(Sample.s1, .masters([Sample.master()], roundTrip: .zero), at: 0)
    say(Sample.s1, "-monitor", at: 1_000)
    see(Sample.s1, .masters([], roundTrip: .zero), at: 2_000)
    see(
      Sample.s1, .masters([Sample.master(at: Sample.c, epoch: 9)], roundTrip: .zero), at: 3_000)
    #expect(timeline.incidents.isEmpty)
  }
}
