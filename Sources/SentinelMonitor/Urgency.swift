import SentinelModel

/// How soon a person should see what was learnt.
enum Urgency: Int, Comparable {
  /// With whatever comes next.
  case none
  /// With what the others answer in the same round.
  case soon
  case now

  static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }

  /// What is learnt by asking again and again can wait for the rest of the round; what happens, and
  /// what is learnt for the first time, can't.
  init(_ observation: Observation, in topology: Topology) {
    let vantage = topology[observation.source]
    switch observation.fact {
    case .hello: self = .none
    case .masters: self = vantage?.roundTrip == nil ? .now : .soon
    case .replicas(let service, _):
      self = vantage?.services[service]?.replicas == nil ? .now : .soon
    case .sentinels(let service, _):
      self = vantage?.services[service]?.sentinels == nil ? .now : .soon
    case .sampled: self = topology.nodes[observation.source]?.info == nil ? .now : .soon
    case .master, .info, .infoCache, .configuration, .scripts: self = .soon
    case .event, .connected, .listening, .deaf, .lost, .unreadable, .same, .unsampled, .unwatched:
      self = .now
    }
  }
}
