package import SentinelModel

/// An entry of a Sentinel that is no more, but still counts where a majority is needed. Only a reset
/// makes Sentinels forget it.
package struct Ghost: Hashable, Sendable {
  package var id: String
  package var address: NodeAddress
  package var sign: Sign
  /// Who lists it, of the Sentinels that were asked.
  package var listedBy: [NodeAddress]
  /// How many were asked.
  package var of: Int
  /// How long it has been in sdown, by whoever saw that first.
  package var downFor: Duration?
  /// Time since its last hello, by whoever heard it last.
  package var sinceHello: Duration?

  /// Why it is taken for a ghost.
  package enum Sign: Hashable, Sendable {
    /// Nobody has heard of it for long.
    case silent
    /// Another Sentinel lives at its address.
    case replaced(by: String)
    /// It has no address at which anybody could reach it.
    case unreachableAddress
  }

  /// A Sentinel that is down for less than this may be on its way back.
  package static let patience = Duration.seconds(300)

  /// The ghosts among the Sentinels of a service, by address.
  static func all(
    of service: ServiceName, in topology: Topology, at now: Timestamp
  ) -> [Ghost] {
    let asked = topology.vantages.filter(\.isReachable)
    let livingIDs = Set(asked.compactMap { $0.identity?.id })
    let living = asked.reduce(into: [NodeAddress: String?]()) {
      $0.updateValue($1.identity?.id, forKey: $1.address)
    }
    let lists = asked.compactMap { vantage in
      vantage.services[service]?.sentinels.map { (lister: vantage.address, list: $0) }
    }
    var ghosts: [String: Ghost] = [:]
    var heard: Set<String> = []
    for (lister, list) in lists {
      let elapsed = max(.zero, now.duration(since: list.at))
      for entry in list.value where !livingIDs.contains(entry.id) {
        var ghost =
          ghosts[entry.id]
          ?? Ghost(
            id: entry.id, address: entry.address, sign: .silent, listedBy: [], of: lists.count)
        ghost.listedBy.append(lister)
        if let down = entry.report.sDownFor {
          ghost.downFor = max(down + elapsed, ghost.downFor ?? .zero)
        }
        if let hello = entry.sinceHello {
          ghost.sinceHello = min(hello + elapsed, ghost.sinceHello ?? hello + elapsed)
        }
        if !entry.flags.contains(.sDown) { heard.insert(entry.id) }
        switch living[entry.address] {
        case .some(.some(let successor)): ghost.sign = .replaced(by: successor)
        // It lives there, but is too old to tell its id.
        case .some(.none): heard.insert(entry.id)
        case nil:
          if entry.address.port == 0 || entry.address.host.isEmpty {
            ghost.sign = .unreachableAddress
          }
        }
        ghosts[entry.id] = ghost
      }
    }
    return ghosts.values.filter { ghost in
      if case .replaced = ghost.sign { return true }
      return !heard.contains(ghost.id)
        && (ghost.sign == .unreachableAddress || ghost.silence >= patience)
    }.sorted { ($0.address, $0.id) < ($1.address, $1.id) }
  }

  /// For how long nobody has heard of it.
  package var silence: Duration {
    let down = downFor ?? .zero
    return min(down, sinceHello ?? down)
  }
}
