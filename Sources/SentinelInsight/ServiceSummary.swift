package import SentinelModel

/// One service in one row: what all Sentinels together say of it.
package struct ServiceSummary: Hashable, Sendable {
  package var name: ServiceName
  /// The master's address that most Sentinels hold.
  package var address: NodeAddress
  /// The worst that any Sentinel says of the master; unknown where none answers.
  package var health: Health
  /// Sentinels that have the master in sdown.
  package var sDownCount: Int
  /// Sentinels able to vote: the reachable ones, and those that only others reach.
  package var usableSentinels: Int
  package var quorum: Int
  /// Replicas that are up; nil until they were asked for.
  package var replicasUp: Int?
  /// Replicas known, hidden ones included.
  package var replicasKnown: Int
  package var configEpoch: UInt64
  /// Nil where no Sentinel that knows the service answers.
  package var agreement: Agreement?
  /// The Sentinel that runs a failover, and its step.
  package var failover: RunningFailover?

  /// Whether something is wrong that a person should look at.
  package var isProblem: Bool {
    health != .up || agreement?.isComplete != true || usableSentinels < quorum
      || replicasUp.map { $0 < replicasKnown } ?? false
  }

  /// Nil for a service that no Sentinel knows.
  package init?(of service: ServiceName, in topology: Topology) {
    self.init(of: service, in: topology, Roll(topology))
  }

  private init?(of service: ServiceName, in topology: Topology, _ roll: Roll) {
    let knowing = topology.speakers(of: service)
    let answering = knowing.filter(\.isReachable)
    let speakers = answering.isEmpty ? knowing : answering
    guard
      let newest = speakers.max(by: { Self.isOlder($0.view, $1.view) })?.view
    else { return nil }
    name = service
    let without =
      answering.count == roll.answering.count
      ? [] : roll.answering.filter { who in !answering.contains { $0.sentinel == who } }
    agreement = Agreement(answering, without: without)
    address = agreement?.address ?? newest.master.address
    configEpoch = agreement?.configEpoch ?? newest.master.configEpoch
    quorum = newest.master.quorum
    replicasKnown = newest.master.replicaCount
    sDownCount = answering.count { $0.view.master.flags.contains(.sDown) }
    health = answering.isEmpty ? .unknown : .up
    for speaker in answering { health = max(health, Health(speaker.view.master.report)) }
    failover = RunningFailover(answering)
    let replicas = ReplicaSummary.all(knowing)
    replicasUp = replicas?.count { $0.health == .up && $0.link.isUp }
    // A Sentinel that was just reset knows of none, but the others do.
    replicasKnown = max(replicasKnown, replicas?.count ?? 0)
    usableSentinels = SentinelSummary.usableCount(knowing, roll)
  }

  private static func isOlder(_ left: ServiceView, _ right: ServiceView) -> Bool {
    let l = left.master.configEpoch
    let r = right.master.configEpoch
    return l == r ? left.masterAt < right.masterAt : l < r
  }

  /// All services, the ones in trouble first, then by name.
  package static func all(in topology: Topology) -> [ServiceSummary] {
    let roll = Roll(topology)
    return topology.serviceNames.compactMap { ServiceSummary(of: $0, in: topology, roll) }
      .sorted { left, right in
        if left.health != right.health { return left.health > right.health }
        if left.isProblem != right.isProblem { return left.isProblem }
        return left.name < right.name
      }
  }
}
