/// The step that a Sentinel has reached in a failover of its own.
public enum FailoverState: Hashable, Sendable {
  /// No failover runs.
  case none
  /// Waiting to be elected leader.
  case waitStart
  /// Choosing the replica to promote.
  case selectReplica
  /// Telling the chosen replica to become a master.
  case sendReplicaOfNoOne
  /// Waiting until the chosen replica says it is a master.
  case waitPromotion
  /// Pointing the other replicas at the new master.
  case reconfigureReplicas
  /// Announcing the new address.
  case updateConfiguration
  /// A word that this library doesn't know.
  case other(String)

  /// Reads the value of the field `failover-state`.
  public init(wire word: some StringProtocol) {
    switch word {
    case "none": self = .none
    case "wait_start": self = .waitStart
    case "select_slave", "select_replica": self = .selectReplica
    case "send_slaveof_noone", "send_replicaof_noone": self = .sendReplicaOfNoOne
    case "wait_promotion": self = .waitPromotion
    case "reconf_slaves", "reconf_replicas": self = .reconfigureReplicas
    case "update_config": self = .updateConfiguration
    default: self = .other(String(word))
    }
  }
}

extension FailoverState: CustomStringConvertible {
  /// The step in words.
  public var description: String {
    switch self {
    case .none: "none"
    case .waitStart: "waiting for votes"
    case .selectReplica: "selecting a replica"
    case .sendReplicaOfNoOne: "promoting"
    case .waitPromotion: "waiting for promotion"
    case .reconfigureReplicas: "reconfiguring replicas"
    case .updateConfiguration: "announcing"
    case .other(let word): word
    }
  }
}
