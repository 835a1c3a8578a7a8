package import SentinelInsight
package import SentinelModel

/// What was asked for with a key and needs a yes, so that its pre-flight can be made anew.
package enum Request: Hashable, Sendable {
  case failover(ServiceName)
  /// At that Sentinel only; at all, one after another, where none is given.
  case reset(ServiceName, at: NodeAddress?)

  package var service: ServiceName {
    switch self {
    case .failover(let service), .reset(let service, _): service
    }
  }

  package func preflight(in topology: Topology, at now: Timestamp) -> Preflight {
    switch self {
    case .failover(let service): Preflight.failover(of: service, in: topology, at: now)
    case .reset(let service, let sentinel):
      Preflight.reset(of: service, via: sentinel, in: topology, at: now)
    }
  }

  /// What the button says that does it.
  package var verb: String {
    switch self {
    case .failover: "Fail over"
    case .reset: "Reset"
    }
  }
}
