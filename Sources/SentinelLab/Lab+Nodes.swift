package import SentinelModel

extension Lab {
  /// Every server, those that were added last.
  package var nodes: [LabNode] {
    masters + replicas + sentinels + guests.nodes
  }

  /// The server that was laid out for this address, whether it runs or not.
  package func node(at address: NodeAddress) -> LabNode? {
    nodes.first { $0.address == address }
  }

  package func master(of service: ServiceName) -> LabNode? {
    masters.first { $0.service == service }
  }

  package func replicas(of service: ServiceName) -> [LabNode] {
    replicas.filter { $0.service == service }
  }

  /// Returns when the Sentinels of a fresh lab know each other and every replica: in two seconds,
  /// when they have said hello for the first time.
  package func settle() async throws {
    let services = layout.services.count
    let others = services * (layout.sentinels - 1)
    let replicas = services * layout.replicas
    try await together(sentinels) { sentinel in
      try await sentinel.waitForLog("+sentinel sentinel", count: others)
      try await sentinel.waitForLog("+slave slave", count: replicas)
    }
  }

  /// Starts one more replica of `master`; the Sentinels find it within ten seconds.
  package func addReplica(of master: LabNode) async throws -> LabNode {
    try await add("replica", until: .synced) { builder, name, address in
      try builder.dataNode(
        name, at: address, service: master.service, replicaOf: master.address)
    }
  }

  /// Starts one more Sentinel: it monitors every service where its master was laid out.
  package func addSentinel() async throws -> LabNode {
    let services = masters.compactMap { node in
      node.service.map { (service: $0, address: node.address) }
    }
    let peerPort = layout.tls?.needsTwoPorts == true ? try FreePorts.find(1)[0] : nil
    return try await add("sentinel", until: .ready) { builder, name, address in
      try builder.sentinel(name, at: address, peerPort: peerPort, masters: services)
    }
  }

  /// Starts a data node that belongs to no service: it runs, and is no Sentinel.
  package func addStranger() async throws -> LabNode {
    try await add("stranger", until: .ready) { builder, name, address in
      try builder.dataNode(name, at: address, service: nil)
    }
  }

  private func add(
    _ kind: String, until milestone: NodeMachine.Milestone,
    _ build: (NodeBuilder, String, NodeAddress) throws -> LabNode
  ) async throws -> LabNode {
    let builder = NodeBuilder(layout: layout, server: server, directory: directory)
    var triesLeft = 5
    while true {
      let address = NodeAddress(host: "127.0.0.1", port: try FreePorts.find(1)[0])
      let node = try build(builder, "added-\(kind)-\(guests.nextNumber())", address)
      // Before it starts, so that it is closed with the others whatever comes.
      try guests.take(node)
      do {
        try await node.start(until: milestone)
        return node
      } catch LabError.portTaken where triesLeft > 1 {
        guests.dismiss(node)
        triesLeft -= 1
      }
    }
  }
}
