package import SentinelModel

/// What a replica last said of itself, to whomever.
package struct YoungestWords: Hashable, Sendable {
  package var priority: Int
  package var offset: UInt64
  package var runID: String?
  package var link: MasterLink
  /// The node itself, or the Sentinel to which it was told.
  package var source: NodeAddress
  package var age: Duration
}

extension Topology {
  /// What a replica of a service last said of itself, to us or to a Sentinel that answers; nil where
  /// nobody has heard it.
  package func youngest(
    _ address: NodeAddress, of service: ServiceName, at now: Timestamp
  ) -> YoungestWords? {
    var youngest: YoungestWords?
    func weigh(_ words: YoungestWords) {
      if youngest.map({ words.age < $0.age }) ?? true { youngest = words }
    }
    for vantage in vantages where vantage.isReachable {
      guard let rows = vantage.services[service]?.replicas,
        let row = rows.value.first(where: { $0.address == address }), let age = row.sinceInfo
      else { continue }
      weigh(
        YoungestWords(
          priority: row.priority, offset: row.replicationOffset, runID: row.report.runID,
          link: row.masterLink, source: vantage.address,
          age: age + max(.zero, now.duration(since: rows.at))))
    }
    if let node = nodes[address], node.isReachable, let info = node.info,
      let words = YoungestWords(info, of: address, at: now)
    {
      weigh(words)
    }
    return youngest
  }
}

extension YoungestWords {
  /// Nil where the node doesn't call itself a replica.
  fileprivate init?(_ info: Dated<ServerInfo>, of address: NodeAddress, at now: Timestamp) {
    guard info.value["role"].flatMap({ NodeRole(wire: $0) }) == .replica,
      let offset = info.value["slave_repl_offset"].flatMap({ UInt64($0) })
    else { return nil }
    self.offset = offset
    priority = info.value.integer("slave_priority") ?? 100
    runID = info.value["run_id"]
    let down = info.value.integer("master_link_down_since_seconds")
    link =
      info.value["master_link_status"] == "up"
      ? .up : .down(for: down.flatMap { $0 < 0 ? nil : .seconds($0) })
    source = address
    age = max(.zero, now.duration(since: info.at))
  }
}
