package import SentinelModel

/// Which Sentinel sees which node down, and since when.
package struct SightMatrix: Hashable, Sendable {
  /// The columns: the master, the replicas, the Sentinels, each by address.
  package var nodes: [Node]
  /// A row for each Sentinel that we talk to; `sights` in the order of `nodes`.
  package var rows: [Row]

  package struct Node: Hashable, Sendable {
    package var address: NodeAddress
    package var role: NodeRole
    /// `s1`, `s2` … for a Sentinel that we talk to.
    package var label: String?
  }

  package struct Row: Hashable, Sendable {
    package var sentinel: NodeAddress
    package var label: String
    /// What it sees; of one that doesn't answer, what it saw last.
    package var sights: [Sight]
    package var isReachable: Bool
  }

  /// A node in one Sentinel's eyes.
  package enum Sight: Hashable, Sendable {
    case up
    /// In sdown, since then as far as the Sentinel says.
    case down(since: Timestamp?)
    /// Down by quorum.
    case downByQuorum(since: Timestamp?)
    /// It is the Sentinel itself.
    case itself
    /// The Sentinel doesn't list it, or hasn't been asked yet.
    case unlisted
  }

  /// Nil for a service that no Sentinel knows.
  package init?(of service: ServiceName, in topology: Topology) {
    guard let summary = ServiceSummary(of: service, in: topology) else { return nil }
    let views = topology.vantages.compactMap { vantage in
      vantage.services[service].map { (vantage: vantage, view: $0) }
    }
    let masters = Set(views.map(\.view.master.address)).union([summary.address])
    let replicas = Set(views.flatMap { $0.view.replicas?.value.map(\.address) ?? [] })
    let sentinels = SentinelSummary.all(of: service, in: topology)
    let nodes =
      ([summary.address] + masters.subtracting([summary.address]).sorted())
      .map { Node(address: $0, role: .master) }
      + replicas.subtracting(masters).sorted().map { Node(address: $0, role: .replica) }
      + sentinels.map { Node(address: $0.address, role: .sentinel, label: $0.label) }
    self.nodes = nodes
    let ids = Dictionary(
      sentinels.compactMap { row in row.id.map { (row.address, $0) } },
      uniquingKeysWith: { a, _ in a })
    rows = views.map { vantage, view in
      Row(
        sentinel: vantage.address, label: topology.label(of: vantage.address),
        sights: nodes.map { node in
          node.address == vantage.address && node.role == .sentinel
            ? .itself : view.sight(of: node, id: ids[node.address])
        }, isReachable: vantage.isReachable)
    }
  }

  /// Who sees a node down, of those that answer.
  package func witnesses(of address: NodeAddress) -> [NodeAddress] {
    guard let column = nodes.firstIndex(where: { $0.address == address }) else { return [] }
    return rows.filter { $0.isReachable && $0.sights[column].isDown }.map(\.sentinel)
  }
}

extension SightMatrix.Sight {
  package var isDown: Bool {
    switch self {
    case .down, .downByQuorum: true
    case .up, .itself, .unlisted: false
    }
  }

  fileprivate init(_ report: InstanceReport, at moment: Timestamp) {
    let since = report.sDownFor.map { moment.advanced(by: .zero - $0) }
    self =
      if report.flags.contains(.oDown) {
        .downByQuorum(since: since)
      } else if report.flags.contains(.sDown) {
        .down(since: since)
      } else {
        .up
      }
  }
}

extension ServiceView {
  fileprivate func sight(of node: SightMatrix.Node, id: String?) -> SightMatrix.Sight {
    if node.role == .sentinel {
      guard let sentinels,
        let row = sentinels.value.first(where: {
          id == nil ? $0.address == node.address : $0.id == id
        })
      else { return .unlisted }
      return SightMatrix.Sight(row.report, at: sentinels.at)
    }
    if master.address == node.address { return SightMatrix.Sight(master.report, at: masterAt) }
    guard let replicas, let row = replicas.value.first(where: { $0.address == node.address }) else {
      return .unlisted
    }
    return SightMatrix.Sight(row.report, at: replicas.at)
  }
}
