package import SentinelModel

/// Which data nodes are asked for their INFO: those of the service that is looked at, and of others as
/// long as they are few. Beyond that the Sentinels' own copies have to do.
package enum NodeChoice {
  /// More connections than this are not held to data nodes.
  package static let mostNodes = 48

  /// The nodes to ask. A service is taken whole or not at all, but for the one in focus, of which
  /// as many as may be are taken.
  package static func nodes(of topology: Topology, focus: ServiceName?) -> Set<NodeAddress> {
    var chosen: Set<NodeAddress> = []
    if let focus { chosen.formUnion(topology.nodes(of: focus).prefix(mostNodes)) }
    for service in topology.serviceNames where service != focus {
      let nodes = topology.nodes(of: service)
      guard chosen.union(nodes).count <= mostNodes else { break }
      chosen.formUnion(nodes)
    }
    return chosen
  }
}

extension Topology {
  /// The nodes that any Sentinel lists for a service, masters first.
  fileprivate func nodes(of service: ServiceName) -> [NodeAddress] {
    var masters: Set<NodeAddress> = []
    var replicas: Set<NodeAddress> = []
    for vantage in vantages {
      guard let view = vantage.services[service] else { continue }
      masters.insert(view.master.address)
      for replica in view.replicas?.value ?? [] { replicas.insert(replica.address) }
    }
    return (masters.sorted() + replicas.subtracting(masters).sorted())
      .filter { !$0.host.isEmpty && (1...65_535).contains($0.port) }
  }
}

extension Observation {
  /// Whether a data node told it, or it is about one.
  var isOfNode: Bool {
    switch fact {
    case .sampled, .unsampled, .hello, .unwatched: true
    default: false
    }
  }

  /// Whether other nodes than before may be of interest after it.
  var mayMoveNodes: Bool {
    switch fact {
    case .masters, .master, .replicas, .same: true
    case .event(let event): event.name == .switchMaster
    default: false
    }
  }
}
