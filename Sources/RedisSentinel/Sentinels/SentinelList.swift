package import SentinelModel

/// In which order Sentinels are asked: whoever answered last comes first.
package struct SentinelList: Hashable, Sendable {
  package private(set) var endpoints: [NodeAddress]

  package init(_ endpoints: [NodeAddress]) {
    self.endpoints = endpoints
  }

  /// Moves a Sentinel to the front; the others keep their order.
  package mutating func promote(_ endpoint: NodeAddress) {
    guard let index = endpoints.firstIndex(of: endpoint), index > 0 else { return }
    endpoints.remove(at: index)
    endpoints.insert(endpoint, at: 0)
  }
}
