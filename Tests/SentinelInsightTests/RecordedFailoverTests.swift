import SentinelInsight
import SentinelModel
import TestSupport
import Testing

/// Failovers as they were recorded, followed to their end.
@Suite struct RecordedFailoverTests {
  /// A recording of a failover: who leads it first, the old master, and when it is followed from.
  struct Recorded: Sendable {
    var name: String
    var via: Int
    var oldMaster: Int
    var start: Int64
  }

  private struct Followed {
    var progress: FailoverProgress
    /// The stages, with the milliseconds after the start at which they were reached.
    var steps: [(after: Int64, stage: FailoverProgress.Stage)] = []
    /// When all nodes were first where they belong, found out in another way.
    var arrivedAfter: Int64?
  }

  private func follow(_ recorded: Recorded) throws -> Followed {
    let recording = try Recording(recorded.name)
    var topology = Topology()
    var followed = Followed(
      progress: FailoverProgress(
        of: "mymaster", via: .local(recorded.via), from: .local(recorded.oldMaster),
        at: Timestamp(milliseconds: recorded.start)))
    for observation in recording.observations {
      topology.apply(observation)
      let after = observation.at.milliseconds - recorded.start
      guard after >= 0 else { continue }
      followed.progress.apply(observation, in: topology)
      if followed.progress.stage != followed.steps.last?.stage {
        followed.steps.append((after, followed.progress.stage))
      }
      if followed.arrivedAfter == nil, hasArrived(topology, from: .local(recorded.oldMaster)) {
        followed.arrivedAfter = after
      }
    }
    return followed
  }

  /// All Sentinels that answer name the same new master and list the old one as a replica, and every
  /// replica that is up follows the new master.
  private func hasArrived(_ topology: Topology, from oldMaster: NodeAddress) -> Bool {
    let views = topology.vantages.filter(\.isReachable).compactMap { $0.services["mymaster"] }
    let masters = Set(views.map(\.master.address))
    guard let new = masters.first, masters.count == 1, new != oldMaster else { return false }
    return views.allSatisfy { view in
      guard let replicas = view.replicas?.value,
        replicas.contains(where: { $0.address == oldMaster }),
        !view.master.flags.contains(.failoverInProgress)
      else { return false }
      return replicas.allSatisfy {
        $0.flags.contains(.sDown)
          || ($0.reportedRole == .replica && $0.masterLink == .up && $0.masterAddress == new)
      }
    }
  }

  private static let successes: [(Recorded, Int, Int64, Int64)] = [
    (
      Recorded(name: "failover-manual", via: 27011, oldMaster: 27001, start: 1_795_353_692_636),
      27002, 1_120, 21_321
    ),
    (
      Recorded(name: "failover-auto", via: 27113, oldMaster: 27101, start: 1_795_353_833_949),
      27102, 2_726, 5_508
    ),
    (
      Recorded(
        name: "leader-crash-after-election", via: 27612, oldMaster: 27601, start: 1_795_354_611_000),
      27602, 14_125, 16_743
    ),
    (
      Recorded(
        name: "leader-crash-after-promotion", via: 27613, oldMaster: 27601, start: 1_795_354_653_000
      ),
      27603, 14_945, 16_932
    ),
    (
      Recorded(
        name: "failover-abort-slave-timeout", via: 27512, oldMaster: 27501, start: 1_795_354_299_000
      ),
      27503, 1_678, 4_301
    ),
    (
      Recorded(
        name: "failover-end-for-timeout", via: 27213, oldMaster: 27201, start: 1_795_354_012_000),
      27202, 1_374, 11_956
    ),
    (
      Recorded(
        name: "slave-reconf-sent-timeout", via: 27211, oldMaster: 27201, start: 1_795_354_048_000),
      27202, 1_679, 27_748
    ),
  ]

  @Test(arguments: successes.indices)
  func `it is done at the moment when the last node is where it belongs`(index: Int) throws {
    let (recorded, new, switched, done) = Self.successes[index]
    let followed = try follow(recorded)
    #expect(followed.progress.stage == .done(.local(new)), "\(recorded.name)")
    #expect(followed.progress.switchedAt?.milliseconds == recorded.start + switched)
    #expect(followed.steps.last?.after == done)
    #expect(followed.arrivedAfter == done)
    // Until the first Sentinel switched it runs, and from then on it is switched.
    for step in followed.steps.dropLast() {
      switch step.stage {
      case .running: #expect(step.after < switched)
      case .switched(let to, _):
        #expect(step.after >= switched)
        #expect(to == .local(new))
      case .done, .aborted, .unknown: Issue.record("\(recorded.name): \(step)")
      }
    }
  }

  @Test(
    arguments: [
      (
        Recorded(
          name: "failover-abort-no-good-slave", via: 27313, oldMaster: 27301,
          start: 1_795_353_832_000), 544, "failover aborted: no replica fit for promotion"
      ),
      (
        Recorded(
          name: "failover-abort-slave-timeout", via: 27512, oldMaster: 27501,
          start: 1_795_354_289_000), 5_537, "failover aborted: the chosen replica didn't answer"
      ),
      (
        Recorded(
          name: "failover-abort-not-elected", via: 27611, oldMaster: 27601,
          start: 1_795_354_374_000), 7_071, "failover aborted: not elected, no majority"
      ),
    ] as [(Recorded, Int64, String)])
  func `it is aborted when the Sentinel that was asked says so, and stays so`(
    recorded: Recorded, after: Int64, words: String
  ) throws {
    let followed = try follow(recorded)
    #expect(followed.steps.last?.stage == .aborted(words))
    #expect(followed.steps.last?.after == after)
    #expect(followed.progress.switchedAt == nil)
  }

  @Test func `the steps of a manual failover read like this`() throws {
    let followed = try follow(Self.successes[0].0)
    let lines = followed.steps.map { after, stage in
      switch stage {
      case .running(let words): "\(after) ms | running | \(words)"
      case .switched(let to, let missing): "\(after) ms | switched to \(to) | missing: \(missing)"
      case .done(let master): "\(after) ms | done | \(master)"
      case .aborted(let words): "\(after) ms | aborted | \(words)"
      case .unknown(let words): "\(after) ms | unknown | \(words)"
      }
    }
    try expectGolden(lines.joined(separator: "\n"), "progress-failover-manual")
  }
}
