package import SentinelInsight
package import SentinelModel

/// What was asked for with a key and needs a yes, so that its pre-flight can be made anew.
package enum Request: Hashable, Sendable {
  case failover(ServiceName)
  /// At that Sentinel only; at all, one after another, where none is given.
  case reset(ServiceName, at: NodeAddress?)
  case monitor(ServiceName, NodeAddress, quorum: Int)
  case remove(ServiceName)
  case set(ServiceName, [MonitorOption])
  /// Back to what each Sentinel had.
  case restore(ServiceName, [NodeAddress: [MonitorOption]])
  case flushConfiguration

  /// The service it is about; nil where it is about all.
  package var service: ServiceName? {
    switch self {
    case .failover(let service), .reset(let service, _), .monitor(let service, _, _),
      .remove(let service), .set(let service, _), .restore(let service, _):
      service
    case .flushConfiguration: nil
    }
  }

  package func preflight(in topology: Topology, at now: Timestamp) -> Preflight {
    switch self {
    case .failover(let service): Preflight.failover(of: service, in: topology, at: now)
    case .reset(let service, let sentinel):
      Preflight.reset(of: service, via: sentinel, in: topology, at: now)
    case .monitor(let service, let address, let quorum):
      Preflight.monitor(service, at: address, quorum: quorum, in: topology)
    case .remove(let service): Preflight.remove(service, in: topology)
    case .set(let service, let options): Preflight.set(service, options, in: topology)
    case .restore(let service, let options):
      Preflight.restore(service, options, in: topology)
    case .flushConfiguration: Preflight.flushConfiguration(in: topology)
    }
  }

  /// What the button says that does it.
  package var verb: String {
    switch self {
    case .failover: "Fail over"
    case .reset: "Reset"
    case .monitor: "Monitor"
    case .remove: "Stop monitoring"
    case .set: "Change"
    case .restore: "Go back"
    case .flushConfiguration: "Write"
    }
  }

  /// The question itself.
  package var question: String {
    switch self {
    case .failover, .reset, .monitor, .remove: "\(verb) \((service ?? "").shown)?"
    case .set: "Change the settings of \((service ?? "").shown)?"
    case .restore: "Go back to the old settings of \((service ?? "").shown)?"
    case .flushConfiguration: "Write the configuration files?"
    }
  }
}
