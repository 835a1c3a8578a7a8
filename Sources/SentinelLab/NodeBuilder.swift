import SentinelModel

/// Makes the nodes of one lab, each with its file written.
struct NodeBuilder {
  let layout: LabLayout
  let server: ServerBinary
  let directory: LabDirectory

  func dataNode(
    _ name: String, at address: NodeAddress, service: ServiceName?,
    replicaOf master: NodeAddress? = nil
  ) throws -> LabNode {
    let configuration = ServerConfiguration.dataNode(
      at: address, replicaOf: master, folder: directory.folder(of: name), layout: layout,
      binary: server)
    return try node(
      name, at: address, role: master == nil ? .master : .replica, service: service, configuration)
  }

  func sentinel(
    _ name: String, at address: NodeAddress, peerPort: Int?,
    masters: [(service: ServiceName, address: NodeAddress)]
  ) throws -> LabNode {
    let configuration = ServerConfiguration.sentinel(
      at: address, peerPort: peerPort, masters: masters, folder: directory.folder(of: name),
      layout: layout)
    return try node(name, at: address, role: .sentinel, service: nil, configuration)
  }

  private func node(
    _ name: String, at address: NodeAddress, role: NodeRole, service: ServiceName?,
    _ configuration: ServerConfiguration
  ) throws -> LabNode {
    LabNode(
      name: name, address: address, role: role, service: service,
      configurationFile: try directory.store(configuration, for: name), binary: server,
      timeLimit: layout.timeLimit)
  }
}
