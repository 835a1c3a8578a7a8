import SentinelInsight
import SentinelModel
import Testing

/// Failovers that nobody heard of, told from what the Sentinels answer.
@Suite struct UnwatchedFailoverTests {
  private var topology = Sample.calm
  private var timeline = FailoverTimeline()

  private mutating func answer(
    _ sentinel: NodeAddress, _ master: MasterState, at seconds: Int64
  ) {
    see(sentinel, .masters([master], roundTrip: .zero), at: seconds)
  }

  private mutating func see(
    _ sentinel: NodeAddress, _ fact: Observation.Fact, at seconds: Int64
  ) {
    let observation = Observation(
      source: sentinel, at: Sample.start.advanced(by: .seconds(seconds)), fact: fact)
    topology.apply(observation)
    timeline.apply(observation, in: topology)
  }

  private func moment(_ seconds: Int64) -> Timestamp {
    Sample.start.advanced(by: .seconds(seconds))
  }

  @Test mutating func `a new master after a long silence was found out later`() throws {
    for sentinel in Sample.sentinels { answer(sentinel, Sample.master(), at: 10) }
    for sentinel in Sample.sentinels { see(sentinel, .lost(reason: "asleep"), at: 11) }
    for sentinel in Sample.sentinels {
      answer(sentinel, Sample.master(at: Sample.b, epoch: 4), at: 3_600)
    }
    let incident = try #require(timeline.incidents.first)
    #expect(timeline.incidents.count == 1)
    #expect(incident.stage == .unwatched)
    #expect(incident.cause == .unknown)
    #expect(incident.oldMaster == Sample.a)
    #expect(incident.newMaster == Sample.b)
    #expect(incident.epoch == 4)
    #expect(
      incident.unwatched
        == Incident.Unwatched(after: moment(10), before: moment(3_600), epochBefore: 1))
    #expect(incident.withoutMaster(at: moment(3_600)) == nil)
    #expect(incident.phases.isEmpty)
  }

  @Test mutating func `a higher number at the same address was a failover there and back`() throws {
    answer(Sample.s1, Sample.master(), at: 0)
    answer(Sample.s1, Sample.master(epoch: 3), at: 60)
    let incident = try #require(timeline.incidents.first)
    #expect(incident.oldMaster == Sample.a)
    #expect(incident.newMaster == Sample.a)
    #expect(incident.stage == .unwatched)
  }

  @Test mutating func `a new master from one answer to the next has just come`() throws {
    answer(Sample.s1, Sample.master(), at: 0)
    answer(Sample.s1, Sample.master(at: Sample.b, epoch: 2), at: 1)
    let incident = try #require(timeline.incidents.first)
    #expect(incident.stage == .switched)
    #expect(incident.unwatched == nil)
    #expect(incident.startedAt == moment(1))
    #expect(incident.phases.first?.isObserved == true)
  }

  @Test mutating func `Sentinels that differ from the start are no failover`() {
    answer(Sample.s1, Sample.master(), at: 0)
    answer(Sample.s2, Sample.master(at: Sample.b, epoch: 2), at: 0)
    answer(Sample.s3, Sample.master(at: Sample.b, epoch: 2), at: 0)
    answer(Sample.s1, Sample.master(), at: 1)
    #expect(timeline.incidents.isEmpty)
    // The one that was behind comes after.
    answer(Sample.s1, Sample.master(at: Sample.b, epoch: 2), at: 2)
    #expect(timeline.incidents.isEmpty)
  }

  private func remembered(_ ids: Set<String>) -> FailoverTimeline.Remembered {
    FailoverTimeline.Remembered(
      service: "cache", master: Sample.a, configEpoch: 1, at: moment(-86_400), sentinelIDs: ids)
  }

  @Test mutating func `what an earlier run knew tells of a failover between the runs`() throws {
    timeline = FailoverTimeline(remembered: [remembered([Sample.id(Sample.s1)])])
    for sentinel in Sample.sentinels {
      answer(sentinel, Sample.master(at: Sample.c, epoch: 5), at: 0)
    }
    let incident = try #require(timeline.incidents.first)
    #expect(timeline.incidents.count == 1)
    #expect(incident.unwatched?.after == moment(-86_400))
    #expect(incident.unwatched?.epochBefore == 1)
    #expect(incident.newMaster == Sample.c)
    #expect(timeline.takeConfigurations(at: moment(1), in: topology).isEmpty)
    let kept = timeline.takeConfigurations(at: moment(2), in: topology)
    #expect(kept.map(\.configEpoch) == [5])
    // All that monitor it, whoever of them answers first the next time.
    #expect(kept.first?.sentinelIDs == Set(Sample.sentinels.map(Sample.id)))
    #expect(timeline.takeConfigurations(at: moment(3), in: topology).isEmpty)
  }

  @Test mutating func `a service of the same name in another deployment tells nothing`() {
    timeline = FailoverTimeline(remembered: [remembered(["another"])])
    answer(Sample.s1, Sample.master(at: Sample.c, epoch: 5), at: 0)
    #expect(timeline.incidents.isEmpty)
  }

  @Test mutating func `nothing has changed since the last run`() {
    timeline = FailoverTimeline(remembered: [remembered([Sample.id(Sample.s1)])])
    for sentinel in Sample.sentinels { answer(sentinel, Sample.master(), at: 0) }
    #expect(timeline.incidents.isEmpty)
  }
}
