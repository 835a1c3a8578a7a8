package import SentinelModel

/// Decides how often to ask: calm in peace, faster as long as something happens.
package struct Cadence: Sendable {
  /// The pace in peace.
  package var calm: Duration
  /// The pace during an incident.
  package var quick: Duration { min(calm, .milliseconds(250)) }
  private var busyUntil: Timestamp?

  /// How long after the last sign of an incident the pace stays quick. Long enough for an old master
  /// to be demoted, and short enough that a master that stays dead for days isn't asked for in haste.
  private static let afterglow = Duration.seconds(15)

  package init(calm: Duration) {
    self.calm = calm
  }

  /// Takes in one thing learnt.
  package mutating func apply(_ observation: Observation) {
    let isIncident =
      switch observation.fact {
      case .event(let event): event.isIncident
      case .masters(let masters, _): masters.contains(where: \.isInTrouble)
      case .master(let master): master.isInTrouble
      default: false
      }
    guard isIncident else { return }
    busyUntil = observation.at.advanced(by: Self.afterglow)
  }

  package func pace(at now: Timestamp) -> Duration {
    busyUntil.map { now < $0 } ?? false ? quick : calm
  }
}

extension MasterState {
  /// Whether something is happening to it just now.
  fileprivate var isInTrouble: Bool {
    flags.contains(.failoverInProgress) || report.sDownFor.map { $0 < .seconds(60) } ?? false
  }
}

extension SentinelEvent {
  /// Whether it belongs to an incident of a master.
  fileprivate var isIncident: Bool {
    switch name {
    case .sDown, .oDown, .oDownEnded, .sDownEnded: subject?.role == .master
    case .tryFailover, .electedLeader, .selectedReplica, .promotedReplica, .reconfigureReplicas,
      .replicaReconfSent, .replicaReconfDone, .failoverEnd, .switchMaster, .convertToReplica,
      .abortNotElected, .abortNoGoodReplica, .abortReplicaTimeout, .abortMasterTimeout:
      true
    default: false
    }
  }
}
