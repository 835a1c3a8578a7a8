package import SentinelModel

/// In which order Sentinels are asked: whoever answered last comes first.
///
/// The configured ones are never forgotten. Those that were learnt are, when a Sentinel that answers
/// no longer lists them.
package struct SentinelList: Hashable, Sendable {
  package private(set) var endpoints: [NodeAddress]
  private let seeds: Set<NodeAddress>

  package init(_ endpoints: [NodeAddress]) {
    self.endpoints = endpoints
    seeds = Set(endpoints)
  }

  /// Takes in whom a Sentinel lists besides itself.
  package mutating func learn(_ others: [NodeAddress], from endpoint: NodeAddress) {
    endpoints.removeAll { !seeds.contains($0) && $0 != endpoint && !others.contains($0) }
    for other in others where !endpoints.contains(other) { endpoints.append(other) }
  }

  /// Moves a Sentinel that was wrong to the back.
  package mutating func demote(_ endpoint: NodeAddress) {
    guard let index = endpoints.firstIndex(of: endpoint) else { return }
    endpoints.append(endpoints.remove(at: index))
  }

  /// Moves a Sentinel to the front; the others keep their order.
  package mutating func promote(_ endpoint: NodeAddress) {
    guard let index = endpoints.firstIndex(of: endpoint), index > 0 else { return }
    endpoints.remove(at: index)
    endpoints.insert(endpoint, at: 0)
  }
}
