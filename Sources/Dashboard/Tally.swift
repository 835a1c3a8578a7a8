package import Canvas
package import SentinelInsight
package import SentinelModel

/// How well the whole is, in numbers.
package struct Tally: Hashable, Sendable {
  package var sentinels = 0
  package var reachable = 0
  package var connecting = 0
  package var masters = 0
  package var replicas = 0
  /// Services that nobody can write to, or that could not be failed over.
  package var critical = 0
  /// Services and Sentinels with something wrong that a person should look at.
  package var warnings = 0
  package var failovers = 0
  /// What the doctor would have done otherwise, though all is well at the moment.
  package var remarks = 0

  package init() {}

  package init(
    _ services: [ServiceSummary], _ topology: Topology, _ findings: [Finding] = []
  ) {
    sentinels = topology.vantages.count
    reachable = topology.vantages.count(where: \.isReachable)
    connecting = topology.vantages.count { $0.contact == .connecting }
    masters = services.count
    warnings =
      topology.vantages.count { $0.isTilted == true && $0.isReachable }
      + sentinels - reachable - connecting
    for service in services {
      replicas += service.replicasKnown
      switch service.role {
      case .critical: critical += 1
      case .warning: warnings += 1
      default: break
      }
      if service.failover != nil { failovers += 1 }
    }
    // Two masters that can both be written to are no less than one that is down.
    let found = findings.count {
      $0.severity == .critical && $0.standing == .present && $0.counts
    }
    critical = max(critical, found)
    remarks = findings.count {
      $0.severity == .warning && $0.standing == .present && $0.counts
    }
  }
}

extension ServiceSummary {
  /// Whether too few Sentinels can vote for a master to be declared down.
  var lacksQuorum: Bool { usableSentinels < quorum }

  /// How it fares, as a role with a symbol.
  package var role: Role {
    switch health {
    case .oDown: .critical
    case .failover: .running
    case .unknown: .unknown
    case .silent, .sDown: lacksQuorum ? .critical : .warning
    case .up: lacksQuorum ? .critical : isProblem ? .warning : .healthy
    }
  }
}
