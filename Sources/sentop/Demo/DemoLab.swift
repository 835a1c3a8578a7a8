import Dashboard
import RESP
import RedisSentinel
import SentinelInsight
import SentinelLab
import SentinelModel

/// The servers of the demo, and what can be done to them to see it survived. One thing at a time.
actor DemoLab {
  private let lab: Lab
  private let connection: ConnectionConfiguration
  /// The names of those whose link is cut.
  private var cut: Set<String> = []

  /// No master knows it, so a replica that uses it is turned away for as long as it does. What it
  /// replicates stays as it is: Sentinels would put that right again.
  private static let wrongPassword = "cut-off-by-the-demo"

  init(_ lab: Lab) {
    self.lab = lab
    connection = ConnectionConfiguration(
      authentication: lab.layout.nodePassword.map { Authentication(password: $0) },
      clientName: "sentop")
  }

  /// All servers with how they are, in the order in which they were laid out. Which are replicas is
  /// the Sentinels' to say: failovers change it.
  func nodes(_ topology: Topology) async -> [DemoNode] {
    let masters = Set(topology.vantages.flatMap { $0.services.values.map(\.master.address) })
    var nodes: [DemoNode] = []
    for node in lab.nodes {
      let condition: DemoNode.Condition =
        switch await node.state {
        case .idle, .starting, .ended: .dead
        case .frozen: .frozen
        case .up: cut.contains(node.name) ? .cut : .up
        }
      let role: NodeRole =
        node.role == .sentinel ? .sentinel : masters.contains(node.address) ? .master : .replica
      nodes.append(
        DemoNode(name: node.name, address: node.address, role: role, condition: condition))
    }
    return nodes
  }

  /// Does it, and gives what there is to say then.
  ///
  /// - Throws: what has kept it from being done, in words.
  func perform(_ deed: LabDeed) async throws -> String {
    let name = deed.node
    guard let node = lab.nodes.first(where: { $0.name == name }) else {
      throw Trouble("there is no server \(name)")
    }
    switch deed.kind {
    case .kill:
      try await node.kill()
      return "\(name) was killed."
    case .freeze:
      try await node.freeze()
      return "\(name) is frozen: it keeps its connections, and says nothing."
    case .thaw:
      try await node.thaw()
      return "\(name) goes on."
    case .restart:
      try await node.restart()
      if cut.contains(name) { try await restore(node) }
      return "\(name) runs again."
    case .cut:
      try await cut(node)
      return "\(name) can't reach its master any more."
    case .restore:
      try await restore(node)
      return "\(name) can reach its master again."
    }
  }

  /// The same as what the screen is told of it.
  func answer(to deed: LabDeed) async -> Message {
    do {
      return .noted(try await perform(deed), .info)
    } catch {
      return .noted("\(deed.kind.rawValue) \(deed.node): \(error)", .warning)
    }
  }

  private func cut(_ node: LabNode) async throws {
    guard node.role != .sentinel else {
      throw Trouble("\(node.name) is a Sentinel: it has no link")
    }
    try await NodeConnection.open(to: node.address, connection, expecting: .anyServer) { server in
      let role = RoleReply(reply: try await server.send(["ROLE"]))
      guard case .replica = role else {
        throw Trouble("\(node.name) is a master now: it has no link")
      }
      try await set(Self.wrongPassword, at: server)
      _ = try await server.send(["CLIENT", "KILL", "TYPE", "master"])
    }
    cut.insert(node.name)
  }

  private func restore(_ node: LabNode) async throws {
    try await NodeConnection.open(to: node.address, connection, expecting: .anyServer) { server in
      try await set(lab.layout.nodePassword ?? "", at: server)
    }
    cut.remove(node.name)
  }

  /// Sets the password that the server gives to its master.
  private func set(_ password: String, at server: NodeConnection) async throws {
    let reply = try await server.send(["CONFIG", "SET", "masterauth", password])
    if let error = reply.errorText { throw Trouble(error) }
  }
}
