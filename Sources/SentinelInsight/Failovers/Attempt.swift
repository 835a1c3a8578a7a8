package import SentinelModel

/// One Sentinel's attempt to lead a failover.
package struct Attempt: Hashable, Sendable {
  /// Who tries; nil where only its id is known.
  package var leader: NodeAddress?
  package var leaderID: String?
  /// The epoch in which it asks for votes.
  package var epoch: UInt64?
  /// The steps that it has reached, with who told.
  package internal(set) var reached: [Step: Voices] = [:]
  /// The replica that it has chosen.
  package internal(set) var candidate: NodeAddress?
  /// How far each of the other replicas is.
  package internal(set) var replicas: [NodeAddress: Following] = [:]
  /// How many replicas have to follow; nil where nobody told.
  package internal(set) var replicaCount: Int?
  /// Who voted for it, and when.
  package internal(set) var votes = Voices()
  /// Why it came to nothing, and when that was known.
  package internal(set) var failure: Failure?
  package internal(set) var failedAt: Sighting?
  /// Not all replicas followed within the time limit.
  package internal(set) var endedByTimeout = false
  /// Whether it is the one that changed the master.
  package internal(set) var hasSucceeded = false

  /// A milestone of an attempt, in the order in which they come.
  package enum Step: Int, Hashable, Sendable, CaseIterable, Comparable {
    /// It asks for votes.
    case voting
    /// It was elected.
    case elected
    /// It has chosen a replica.
    case selected
    /// The chosen one was told to become a master.
    case ordered
    /// The chosen one says that it is a master; the other replicas are pointed at it.
    case promoted
    /// All replicas follow, or the time is up.
    case ended

    package static func < (left: Step, right: Step) -> Bool { left.rawValue < right.rawValue }
  }

  /// Why an attempt came to nothing.
  package enum Failure: Hashable, Sendable {
    case notElected, noGoodReplica, replicaTimeout, masterTimeout
    /// Another one was elected in the same epoch.
    case lostVote
    /// Who led it is gone.
    case leaderLost
    /// Others went on without it.
    case overtaken
    /// The Sentinel was told to forget it.
    case reset
    /// It no longer runs, and nobody told why.
    case silent

    package var words: String {
      switch self {
      case .notElected: "not elected, no majority"
      case .noGoodReplica: "no replica fit for promotion"
      case .replicaTimeout: "the chosen replica didn't become master in time"
      case .masterTimeout: "the master took too long"
      case .lostVote: "another Sentinel was elected"
      case .leaderLost: "its leader was lost"
      case .overtaken: "overtaken by another attempt"
      case .reset: "reset"
      case .silent: "given up, nobody told why"
      }
    }
  }

  /// How far a replica is on its way behind the new master.
  package struct Following: Hashable, Sendable {
    package var stage: Stage
    package var since: Sighting
    /// It was once too slow.
    package var timedOut = false

    package enum Stage: Int, Hashable, Sendable, Comparable {
      case sent, inProgress, done
      package static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }
  }

  package init(leader: NodeAddress?, leaderID: String? = nil, epoch: UInt64?) {
    self.leader = leader
    self.leaderID = leaderID
    self.epoch = epoch
  }

  /// The furthest step that it has reached.
  package var step: Step? { reached.keys.max() }
  /// When it was first heard of.
  package var startedAt: Timestamp? {
    (reached.values.compactMap { $0.first?.sighting.at }
      + [votes.first?.sighting.at].compactMap(\.self))
      .min()
  }
  package var isRunning: Bool { failure == nil && !hasSucceeded }

  mutating func reach(_ step: Step, _ source: NodeAddress, _ sighting: Sighting) {
    reached[step, default: Voices()].add(source, sighting)
  }

  mutating func follow(
    _ replica: NodeAddress, _ stage: Following.Stage, _ sighting: Sighting
  ) {
    if var known = replicas[replica] {
      guard known.stage < stage else { return }
      known.stage = stage
      known.since = sighting
      replicas[replica] = known
    } else {
      replicas[replica] = Following(stage: stage, since: sighting)
    }
  }
}
