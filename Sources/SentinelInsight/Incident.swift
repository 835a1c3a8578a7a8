package import SentinelModel

/// One failover of a service with all that belongs to it, from the first sign of trouble until
/// everybody is home; or trouble that passed without one.
///
/// It keeps what each Sentinel said, and derives everything else when it is asked: the same words
/// in another order give the same incident.
package struct Incident: Hashable, Sendable, Identifiable {
  /// Counts the incidents of this run.
  package let id: Int
  package let service: ServiceName
  /// The master that was, or is to be, replaced.
  package let oldMaster: NodeAddress
  package internal(set) var newMaster: NodeAddress?
  /// When it was taken up here. What was told of it may reach back further: see `startedAt`.
  let openedAt: Timestamp

  /// Who had the master in sdown and in odown, from when to when.
  package internal(set) var sDowns: [NodeAddress: [Span]] = [:]
  package internal(set) var oDowns: [NodeAddress: [Span]] = [:]
  /// Who has moved to the new master.
  package internal(set) var switches = Voices()
  /// Who monitors the service and answers.
  package internal(set) var participants: Set<NodeAddress> = []
  /// Who was lost meanwhile.
  package internal(set) var lost: [NodeAddress: Timestamp] = [:]
  /// Who was lost last when, even if it has come back.
  var losses: [NodeAddress: Timestamp] = [:]
  /// Who was called down by another Sentinel, by id, and when last.
  var lostIDs: [String: Timestamp] = [:]
  /// Which nodes were said to be masters, and by whom.
  var masters: [NodeAddress: Voices] = [:]
  /// Who said that the old master has become a replica.
  package internal(set) var demotions = Voices()
  /// The attempts that were announced or seen; `attempts` has also those that only votes tell of.
  var tries: [Attempt] = []
  package internal(set) var droppedAttempts = 0
  var votes: [Vote] = []
  var ids: [String: NodeAddress] = [:]
  /// When the old master said that it had become a replica, before it was held down for that.
  var strayedAt: Timestamp?
  /// When the old master was first seen to be back beside the new one, and still a master.
  var returnedAt: Timestamp?
  var isForced = false
  var isCoordinated = false
  /// The number of the new configuration, as it was polled.
  var configEpoch: UInt64?
  /// The newest epoch that was announced before the switch: the number, unless others took some.
  var latestEpoch: UInt64?
  /// Limits, as the Sentinels are set.
  package internal(set) var downAfter: Duration?
  package internal(set) var failoverTimeout: Duration?

  /// When everybody was home.
  package internal(set) var homeAt: Timestamp?
  /// Who isn't home yet, and why.
  package internal(set) var missing: [NodeAddress: Absence] = [:]
  /// When it was over, one way or the other; nil while it is open.
  package internal(set) var closedAt: Timestamp?
  /// Nobody monitors the service any more.
  var isForgotten = false
  /// It was handed out for the history once already.
  var wasReported = false
  /// Nobody watched when it happened: it lies between these moments. The first is nil where that
  /// isn't known.
  package internal(set) var unwatched: Unwatched?

  /// When nobody watched.
  package struct Unwatched: Hashable, Sendable {
    package var after: Timestamp?
    package var before: Timestamp
    /// The configuration's number before; each failover takes at least one.
    package var epochBefore: UInt64

    package init(after: Timestamp?, before: Timestamp, epochBefore: UInt64) {
      self.after = after
      self.before = before
      self.epochBefore = epochBefore
    }
  }

  /// A vote: for whom, and in which epoch.
  package struct Vote: Hashable, Sendable {
    package var voter: NodeAddress
    package var leaderID: String
    package var epoch: UInt64
    package var sighting: Sighting
  }

  /// Why somebody isn't home.
  package enum Absence: Hashable, Sendable {
    /// A Sentinel that holds another address, or has yet to finish.
    case behind, finishing
    /// Nobody has told of the node since.
    case unseen
    case down, stillMaster, astray, linkDown

    package var words: String {
      switch self {
      case .behind: "still at another address"
      case .finishing: "has yet to finish"
      case .unseen: "not seen yet"
      case .down: "down"
      case .stillMaster: "still a master"
      case .astray: "follows another master"
      case .linkDown: "link to the master down"
      }
    }
  }

  /// What set a failover off.
  package enum Cause: String, Hashable, Sendable {
    /// The Sentinels agreed that the master was down.
    case automatic
    /// Somebody asked a Sentinel for it.
    case manual
    /// Somebody asked for it in concert with the master (Valkey 9).
    case coordinated
    case unknown
  }

  /// How it stands.
  package enum Stage: String, Hashable, Sendable {
    /// The master is in doubt, or an attempt runs.
    case running
    /// There is a new master, and not everybody is home.
    case switched
    /// There is a new master, and everybody follows it.
    case home
    /// There is a new master; those who are missing were waited for in vain.
    case leftBehind
    /// The old master came back.
    case recovered
    /// The attempt failed, and the master had been fine all the time.
    case aborted
    /// The service is no longer monitored.
    case forgotten
    /// It was found out only afterwards.
    case unwatched
  }

  init(id: Int, service: ServiceName, oldMaster: NodeAddress, openedAt: Timestamp) {
    self.id = id
    self.service = service
    self.oldMaster = oldMaster
    self.openedAt = openedAt
  }
}

extension Incident {
  package var isOpen: Bool { closedAt == nil }
  /// Whether anybody tried to change the master.
  package var isFailover: Bool {
    newMaster != nil || !tries.isEmpty || !votes.isEmpty
  }

  package var stage: Stage {
    if unwatched != nil, switches.by.values.allSatisfy(\.isObserved), tries.isEmpty {
      return .unwatched
    }
    if newMaster != nil {
      if homeAt != nil { return .home }
      return isOpen ? .switched : .leftBehind
    }
    if isOpen { return .running }
    if isForgotten { return .forgotten }
    return sDowns.isEmpty ? .aborted : .recovered
  }

  /// What set it off; nil where nobody tried to change the master.
  package var cause: Cause? {
    guard isFailover else { return nil }
    if isCoordinated { return .coordinated }
    if isForced { return .manual }
    if !oDowns.isEmpty { return .automatic }
    // Others vote in an automatic one only.
    if votes.contains(where: { ids[$0.leaderID] != $0.voter }) { return .automatic }
    if !sDowns.isEmpty { return .automatic }
    let wasHeard =
      tries.contains { !$0.reached.isEmpty } || switches.by.values.contains { !$0.isObserved }
    return wasHeard ? .manual : .unknown
  }

  /// The first sign of it.
  package var startedAt: Timestamp {
    let signs =
      sDowns.values.compactMap(\.first?.start.at) + oDowns.values.compactMap(\.first?.start.at)
      + attempts.compactMap(\.startedAt) + [switches.first?.sighting.at].compactMap(\.self)
    return signs.min() ?? openedAt
  }

  /// The attempt that changed the master, or the one that is to do so, or the last one.
  package var decisive: Attempt? {
    let all = attempts
    return all.last(where: \.hasSucceeded) ?? all.last(where: \.isRunning) ?? all.last
  }

  /// Who leads, or led.
  package var leader: NodeAddress? { decisive?.leader }
  package var leaderID: String? { decisive?.leaderID }

  /// The number of the failover: of the new configuration, else of the last attempt.
  package var epoch: UInt64? {
    if newMaster != nil {
      return configEpoch ?? decisive.flatMap { $0.hasSucceeded ? $0.epoch : nil } ?? latestEpoch
    }
    return attempts.compactMap(\.epoch).max()
  }
}
