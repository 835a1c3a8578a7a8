package import SentinelModel

/// Every node of a service that says it is master, and what becomes of the writes to the wrong ones.
package struct SplitBrain: Hashable, Sendable {
  /// The nodes that say so, by address.
  package var claims: [Claim]
  /// The master's address that most Sentinels hold.
  package var master: NodeAddress

  /// One node's word that it is master.
  package struct Claim: Hashable, Sendable {
    package var address: NodeAddress
    /// The node itself, or the Sentinel that told of it.
    package var source: NodeAddress
    package var isCached: Bool
    package var at: Timestamp
    /// Since when, where a Sentinel tells.
    package var since: Timestamp?
    package var replicationID: String?
    package var offset: Int?
    /// How much was written to it between the last two samples; nil where there was one.
    package var growth: Growth?
  }

  /// What was added to a node's offset, and in what time.
  package struct Growth: Hashable, Sendable {
    package var bytes: Int
    package var time: Duration
  }

  /// Whether more than one says so.
  package var isSplit: Bool { claims.count > 1 }

  /// As the nodes and the Sentinels tell it now; nil for a service that no Sentinel that answers knows.
  /// Growth is known of nodes that we ask ourselves.
  package init?(of service: ServiceName, in topology: Topology) {
    guard let sample = ServiceSample(service, in: topology) else { return nil }
    self.init(sample) { topology.nodes[$0].flatMap(Growth.init) }
  }

  init(_ look: ServiceExam) {
    self.init(look.sample) { address in
      look.exam.memory.growth[address].map { Growth(bytes: $0.bytes, time: $0.time) }
    }
  }

  private init(_ look: ServiceSample, growth: (NodeAddress) -> Growth?) {
    master = look.master
    var claims: [Claim] = []
    let nodes =
      [(look.master, look.masterFacts)]
      + look.replicas.map {
        ($0.address, look.replicaFacts[$0.address])
      }
    for case (let address, let facts?) in nodes {
      guard let role = facts["role"], NodeRole(wire: role.text) == .master,
        !claims.contains(where: { $0.address == address })
      else { continue }
      let reports = look.replicas.first { $0.address == address }?.reports ?? []
      // Of a node that is down only old words are left.
      guard reports.isEmpty || !reports.allSatisfy({ $0.state.flags.isDown }) else { continue }
      let since = reports.filter { $0.state.reportedRole == .master }.compactMap { report in
        report.voice.view.replicas?.at.advanced(by: .zero - report.state.reportedRoleFor)
      }.min()
      claims.append(
        Claim(
          address: address, source: role.source, isCached: role.isCached, at: role.toldAt,
          since: since, replicationID: facts["master_replid"]?.text,
          offset: facts.integer("master_repl_offset"),
          growth: growth(address)))
    }
    self.claims = claims.sorted { $0.address < $1.address }
  }
}

extension SplitBrain.Growth {
  /// Between the last two samples of a node; nil where there was one, or it began anew.
  fileprivate init?(_ node: NodeView) {
    guard let now = node.info, let before = node.earlier,
      let end = now.value.integer("master_repl_offset"),
      let start = before.value.integer("master_repl_offset"), end >= start,
      now.value["run_id"] == before.value["run_id"]
    else { return nil }
    self.init(bytes: end - start, time: now.at.duration(since: before.at))
  }
}
