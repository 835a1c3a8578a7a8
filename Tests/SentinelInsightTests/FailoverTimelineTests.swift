import SentinelInsight
import SentinelModel
import TestSupport
import Testing

/// What is left of a failover when part of what was said is missing, or late.
@Suite struct FailoverTimelineTests {
  /// What must not depend on who is heard: one thing happened, and this came of it.
  private struct Core: Hashable, CustomStringConvertible {
    var service: ServiceName
    var oldMaster: NodeAddress
    var newMaster: NodeAddress?
    var cause: Incident.Cause?
    var epoch: UInt64?
    var stage: Incident.Stage

    init(_ incident: Incident) {
      service = incident.service
      oldMaster = incident.oldMaster
      newMaster = incident.newMaster
      cause = incident.cause
      epoch = incident.epoch
      stage = incident.stage
    }

    var description: String {
      "\(service) \(oldMaster)->\(newMaster.map { "\($0)" } ?? "–") \(cause?.rawValue ?? "–") "
        + "\(epoch.map { "\($0)" } ?? "–") \(stage)"
    }
  }

  /// An attempt: who, when, what came of it.
  private struct Try: Hashable {
    var epoch: UInt64?
    var leader: String?
    var failure: Attempt.Failure?
    var step: Attempt.Step?
    var candidate: NodeAddress?
    var voters: Set<NodeAddress>
    var replicas: [NodeAddress: Attempt.Following.Stage]

    init(_ attempt: Attempt) {
      epoch = attempt.epoch
      leader = attempt.leaderID
      failure = attempt.failure
      step = attempt.step
      candidate = attempt.candidate
      voters = Set(attempt.votes.by.keys)
      replicas = attempt.replicas.mapValues(\.stage)
    }
  }

  @Test func `late words change no more than the times, and those by no more than their delay`()
    throws
  {
    for name in try FailoverTimelineGoldenTests.names() {
      let recording = try Recording.whole(name)
      let incidents = recording.timeline.incidents
      for seed: UInt64 in 0..<(incidents.isEmpty ? 2 : 12) {
        let late = recording.delayed(seed).timeline.incidents
        let label = "\(name), seed \(seed)"
        guard late.count == incidents.count else {
          Issue.record("\(label): \(late.map(Core.init)) for \(incidents.map(Core.init))")
          continue
        }
        for (one, other) in zip(incidents, late) {
          #expect(Core(one) == Core(other), "\(label)")
          #expect(one.attempts.map(Try.init) == other.attempts.map(Try.init), "\(label)")
          #expect(one.leader == other.leader, "\(label)")
          #expect(one.phases.map(\.kind) == other.phases.map(\.kind), "\(label)")
          for (phase, delayed) in zip(one.phases, other.phases) where phase.kind != .homecoming {
            #expect(
              Set(phase.sources) == Set(delayed.sources), "\(label), \(phase.kind)")
            let shift = delayed.start.duration(since: phase.start)
            #expect(shift >= .zero && shift <= .seconds(2), "\(label), \(phase.kind)")
          }
        }
      }
    }
  }

  @Test(arguments: [false, true])
  func `without one Sentinel's words it is the same failover, and nothing is invented`(
    isMute: Bool
  ) throws {
    for name in try FailoverTimelineGoldenTests.names() {
      let recording = try Recording.whole(name)
      let incidents = recording.timeline.incidents.filter(\.isFailover)
      guard !incidents.isEmpty, recording.speakers.count > 1 else { continue }
      for speaker in recording.speakers {
        let rest = recording.without(speaker, andItsAnswers: isMute)
        let left = rest.timeline.incidents.filter(\.isFailover)
        let label = "\(name) without \(speaker)"
        guard left.count == incidents.count else {
          Issue.record("\(label): \(left.map(Core.init)) for \(incidents.map(Core.init))")
          continue
        }
        for (one, other) in zip(incidents, left) {
          var core = Core(one)
          // Who isn't heard may be the last to see that everybody is home.
          if isMute, core.stage == .switched, other.stage == .home { core.stage = .home }
          #expect(core == Core(other), "\(label)")
          let kinds = Set(one.phases.map(\.kind))
          let remaining = Set(other.phases.map(\.kind))
          #expect(remaining.isSubset(of: kinds), "\(label)")
          // What all Sentinels see, the others tell.
          let common = kinds.intersection([.sDown, .switched, .demoting, .homecoming])
          #expect(remaining.isSuperset(of: common), "\(label)")
          let epochs = Set(one.attempts.compactMap(\.epoch))
          #expect(Set(other.attempts.compactMap(\.epoch)).isSubset(of: epochs), "\(label)")
          if let leader = other.leader { #expect(leader == one.leader, "\(label)") }
        }
      }
    }
  }

  @Test func `announcements alone tell the same failovers, but for their ends`() throws {
    for name in try FailoverTimelineGoldenTests.names() {
      let told = try Recording.whole(name).timeline.incidents.filter(\.isFailover)
      let heard = try Recording(name, polled: false).timeline.incidents.filter(\.isFailover)
      #expect(told.count == heard.count, "\(name)")
      for (one, other) in zip(told, heard) {
        var core = Core(one)
        if core.stage == .home { core.stage = .switched }
        #expect(core == Core(other), "\(name)")
        #expect(one.attempts.map(Try.init) == other.attempts.map(Try.init), "\(name)")
        #expect(one.phases.map(\.kind) == other.phases.map(\.kind), "\(name)")
      }
    }
  }

  @Test func `what is told while it goes on is never taken back`() throws {
    for name in try FailoverTimelineGoldenTests.names() {
      let recording = try Recording.whole(name)
      var timeline = FailoverTimeline()
      var topology = Topology()
      var told: [Int: Incident] = [:]
      for observation in recording.observations {
        topology.apply(observation)
        timeline.apply(observation, in: topology)
        for incident in timeline.incidents {
          if let before = told[incident.id] {
            #expect(before.cause == nil || before.cause == incident.cause, "\(name)")
            #expect(before.newMaster == nil || before.newMaster == incident.newMaster, "\(name)")
            #expect(before.startedAt >= incident.startedAt, "\(name)")
            #expect((before.epoch ?? 0) <= incident.epoch ?? 0, "\(name)")
            let kinds = Set(incident.phases.map(\.kind))
            // Of two attempts the one that goes on is shown.
            if before.attempts.count == incident.attempts.count, before.leader == incident.leader {
              #expect(kinds.isSuperset(of: before.phases.map(\.kind)), "\(name)")
            }
          }
          told[incident.id] = incident
        }
      }
    }
  }

  @Test func `a failover is over when the old master has come back as a replica`() throws {
    let first = try Recording("failover-auto")
    let second = try Recording("old-master-rejoins")
    var timeline = FailoverTimeline()
    var topology = Topology()
    for observation in first.observations + second.observations {
      topology.apply(observation)
      timeline.apply(observation, in: topology)
    }
    let incident = try #require(timeline.incidents.first)
    #expect(timeline.incidents.count == 1)
    #expect(incident.stage == .home)
    #expect(incident.missing.isEmpty)
    // The last Sentinel sees it 20 s after the restart.
    #expect(incident.homeAt?.milliseconds == 1_795_353_872_327)
    #expect(incident.demotedAt?.milliseconds == 1_795_353_862_256)
  }

  @Test func `an old master that comes back as a master is a second one until it is demoted`()
    throws
  {
    let first = try Recording("failover-auto")
    let second = try Recording("old-master-rejoins")
    var timeline = FailoverTimeline()
    var topology = Topology()
    var sightings = 0
    for observation in first.observations + second.observations {
      topology.apply(observation)
      timeline.apply(observation, in: topology)
      if timeline.incidents.first?.hasTwoMasters == true { sightings += 1 }
    }
    let incident = try #require(timeline.incidents.first)
    let homeAt = try #require(incident.homeAt)
    #expect(sightings > 0)
    #expect(!incident.hasTwoMasters)
    // From `-role-change` of the first who saw it to `+convert-to-slave`: 10.035 s.
    #expect(incident.twoMasters(at: homeAt) == .milliseconds(10_032))
  }
}
