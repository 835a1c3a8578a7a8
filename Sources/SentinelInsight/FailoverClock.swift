package import SentinelModel

/// When each Sentinel last tried to fail a service over, and when its present step began: what no
/// command shows, as a fold over observations.
package struct FailoverClock: Hashable, Sendable {
  /// What is known of one Sentinel and one service.
  package struct Entry: Hashable, Sendable {
    /// When it last began an attempt, or voted for somebody else's: the next one has to wait from then.
    package var attemptAt: Timestamp?
    /// Whether that was a vote.
    package var wasVote = false
    /// The step of its failover, and since when.
    package var step: FailoverState?
    package var stepAt: Timestamp?
  }

  private struct Key: Hashable {
    var sentinel: NodeAddress
    var service: ServiceName
  }

  private var entries: [Key: Entry] = [:]
  private var tilts: [NodeAddress: Timestamp] = [:]

  package init() {}

  /// Nothing where no attempt was seen.
  package subscript(sentinel: NodeAddress, service: ServiceName) -> Entry {
    entries[Key(sentinel: sentinel, service: service)] ?? Entry()
  }

  /// When a Sentinel went into tilt, as it said; nil where it isn't in tilt, or went before we listened.
  package func tiltBegan(on sentinel: NodeAddress) -> Timestamp? { tilts[sentinel] }

  /// Takes in one thing learnt, with the topology that it has led to.
  package mutating func apply(_ observation: Observation, in topology: Topology) {
    let source = observation.source
    switch observation.fact {
    case .event(let event): take(event, by: source, at: observation.at, topology)
    case .masters(let masters, _):
      for master in masters { take(master, by: source, at: observation.at) }
    case .master(let master): take(master, by: source, at: observation.at)
    case .same:
      entries = entries.filter { $0.key.sentinel != source }
      tilts[source] = nil
    default: break
    }
  }

  private mutating func take(_ master: MasterState, by source: NodeAddress, at moment: Timestamp) {
    let key = Key(sentinel: source, service: master.name)
    guard master.flags.contains(.failoverInProgress) else {
      if entries[key]?.step != nil {
        entries[key]?.step = nil
        entries[key]?.stepAt = nil
      }
      return
    }
    var entry = entries[key] ?? Entry()
    // Whose start nobody heard has begun by now at the latest.
    if entry.attemptAt == nil { entry.attemptAt = moment }
    if let step = master.failoverState, entry.step != step {
      entry.step = step
      entry.stepAt = moment
    }
    entries[key] = entry
  }

  private mutating func take(
    _ event: SentinelEvent, by source: NodeAddress, at moment: Timestamp, _ topology: Topology
  ) {
    switch event.name {
    case .tilt: tilts[source] = moment
    case .tiltEnded: tilts[source] = nil
    case .voteForLeader: vote(event, by: source, at: moment, topology)
    default: break
    }
    guard let service = event.service, let name = event.name else { return }
    let key = Key(sentinel: source, service: service)
    switch name {
    case .tryFailover:
      entries[key] = Entry(
        attemptAt: moment, wasVote: false, step: .waitStart, stepAt: moment)
    // Both make the Sentinel forget when it last tried.
    case .switchMaster, .resetMaster, .monitorStopped: entries[key] = nil
    default:
      if let step = Self.steps[name] {
        entries[key, default: Entry()].step = step
        entries[key]?.stepAt = moment
      } else if name.isAbort {
        entries[key]?.step = nil
        entries[key]?.stepAt = nil
      }
    }
  }

  private static let steps: [EventName: FailoverState] = [
    .selectReplica: .selectReplica,
    .sendReplicaOfNoOne: .sendReplicaOfNoOne,
    .waitPromotion: .waitPromotion,
    .reconfigureReplicas: .reconfigureReplicas,
  ]

  /// The announcement of a vote names no service: it is for one whose master is down just then.
  private mutating func vote(
    _ event: SentinelEvent, by source: NodeAddress, at moment: Timestamp, _ topology: Topology
  ) {
    guard case .vote(let leader, _) = event.detail, let vantage = topology[source],
      leader != vantage.identity?.id
    else { return }
    let services = vantage.services
    let concerned =
      services.count == 1
      ? Array(services.keys) : services.filter { $1.master.flags.isDown }.map(\.key)
    for service in concerned {
      let key = Key(sentinel: source, service: service)
      entries[key, default: Entry()].attemptAt = moment
      entries[key]?.wasVote = true
    }
  }
}
