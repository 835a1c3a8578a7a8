import SentinelModel

/// Tells to which attempt an announcement belongs, and to which service one that names none.
///
/// Epochs and votes name no service: their neighbours in the same Sentinel's stream do.
struct EventAttribution: Sendable {
  private var epochs: [NodeAddress: UInt64] = [:]
  /// What each Sentinel said last that names no service.
  private var nameless: [NodeAddress: (event: SentinelEvent, at: Timestamp)] = [:]
  /// For which service each Sentinel asked for votes, by its epoch.
  private var asked: [Ask: ServiceName] = [:]
  /// Epochs in which votes were asked for several services.
  private var shared: Set<UInt64> = []

  private struct Ask: Hashable {
    var candidate: NodeAddress
    var epoch: UInt64
  }

  /// How far apart neighbours may be.
  private static let reach = Duration.milliseconds(100)

  /// What tells an attempt from another one: its epoch, else who leads it. Nil for what belongs to
  /// no attempt.
  func attempt(of event: SentinelEvent, _ source: NodeAddress) -> String? {
    guard event.isOfAttempt else { return nil }
    return epochs[source].map { "epoch \($0)" } ?? "\(source)"
  }

  /// Takes in an announcement, and gives those without a name whose service is now known; nil where
  /// it turns out to be more than one.
  mutating func apply(
    _ event: SentinelEvent, _ source: LogEntry.Source, _ masters: [MasterState]?
  ) -> [(SentinelEvent, ServiceName?)] {
    let sentinel = source.sentinel
    if case .epoch(let epoch) = event.detail { epochs[sentinel] = epoch }
    guard let service = event.service else {
      nameless[sentinel] = (event, source.at)
      return attribute(event, sentinel, masters).map { [(event, $0)] } ?? []
    }
    defer { nameless[sentinel] = nil }
    var found: [(SentinelEvent, ServiceName?)] = []
    if event.name == .tryFailover, let epoch = epochs[sentinel] {
      if asked.contains(where: { $0.key.epoch == epoch && $0.value != service }) {
        shared.insert(epoch)
      }
      asked[Ask(candidate: sentinel, epoch: epoch)] = service
      if asked.count > 200 { asked = asked.filter { $0.key.epoch + 50 > epoch } }
    }
    guard event.name == .tryFailover || event.name == .configUpdateFrom,
      let last = nameless[sentinel], source.at.duration(since: last.at) <= Self.reach,
      case .epoch(let epoch) = last.event.detail
    else { return found }
    found.append((last.event, shared.contains(epoch) ? nil : service))
    return found
  }

  private func attribute(
    _ event: SentinelEvent, _ sentinel: NodeAddress, _ masters: [MasterState]?
  ) -> ServiceName? {
    if let masters, masters.count == 1 { return masters[0].name }
    switch event.detail {
    case .vote(_, let epoch):
      // Who asks for votes gives itself its own, right after it has said for which service.
      return shared.contains(epoch) ? nil : asked[Ask(candidate: sentinel, epoch: epoch)]
    case .script(let path, _):
      let using =
        masters?.filter { $0.notificationScript == path || $0.clientReconfigScript == path } ?? []
      return using.count == 1 ? using[0].name : nil
    default: return nil
    }
  }
}

extension SentinelEvent {
  /// Whether it is a step of a failover that one Sentinel leads.
  fileprivate var isOfAttempt: Bool {
    switch name {
    case .tryFailover, .electedLeader, .selectReplica, .selectedReplica, .sendReplicaOfNoOne,
      .waitPromotion, .promotedReplica, .reconfigureReplicas, .failoverEnd, .failoverEndForTimeout,
      .abortNotElected, .abortNoGoodReplica, .abortReplicaTimeout, .abortMasterTimeout:
      true
    default: false
    }
  }
}
