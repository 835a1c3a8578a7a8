package import SentinelModel

/// One replica in one row: what the Sentinels that answer say of it.
package struct ReplicaSummary: Hashable, Sendable {
  package var address: NodeAddress
  /// The freshest report, of the Sentinel whose INFO of the replica is the youngest.
  package var state: ReplicaState
  /// When that was said, and by whom.
  package var at: Timestamp
  package var source: NodeAddress
  /// The worst that any Sentinel says.
  package var health: Health
  /// Sentinels that have it in sdown, of those that list it.
  package var sDownCount: Int
  package var listedBy: Int

  package var link: MasterLink { state.masterLink }

  /// The replicas of a service by address; nil until any Sentinel was asked.
  package static func all(
    of service: ServiceName, in topology: Topology
  ) -> [ReplicaSummary]? {
    all(topology.speakers(of: service))
  }

  static func all(_ speakers: [Speaker]) -> [ReplicaSummary]? {
    let knowing = speakers.filter { $0.view.replicas != nil }
    let answering = knowing.filter(\.isReachable)
    guard !knowing.isEmpty else { return nil }
    var rows: [NodeAddress: ReplicaSummary] = [:]
    for speaker in answering.isEmpty ? knowing : answering {
      guard let replicas = speaker.view.replicas else { continue }
      for state in replicas.value {
        let isDown = state.flags.contains(.sDown)
        var row =
          rows[state.address]
          ?? ReplicaSummary(
            address: state.address, state: state, at: replicas.at, source: speaker.sentinel,
            health: .up, sDownCount: 0, listedBy: 0)
        if state.isFresher(than: row.state) {
          row.state = state
          row.at = replicas.at
          row.source = speaker.sentinel
        }
        row.listedBy += 1
        if isDown { row.sDownCount += 1 }
        row.health = answering.isEmpty ? .unknown : max(row.health, Health(state.report))
        rows[state.address] = row
      }
    }
    return rows.values.sorted { $0.address < $1.address }
  }
}

extension ReplicaState {
  fileprivate func isFresher(than other: ReplicaState) -> Bool {
    guard let mine = sinceInfo else { return false }
    guard let theirs = other.sinceInfo else { return true }
    return mine < theirs
  }
}
