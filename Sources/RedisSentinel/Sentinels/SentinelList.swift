package import SentinelModel

/// In which order Sentinels are asked: whoever answered last comes first, whoever distrusts its own
/// clock last.
///
/// The configured ones are never forgotten. Those that were learnt are, when a Sentinel that answers
/// no longer lists them, and where they turn out to be another one under a second address.
package struct SentinelList: Hashable, Sendable {
  /// A Sentinel as another one lists it.
  package struct Entry: Hashable, Sendable {
    package var address: NodeAddress
    package var id: String

    package init(address: NodeAddress, id: String) {
      self.address = address
      self.id = id
    }
  }

  private var list: [NodeAddress]
  private let seeds: Set<NodeAddress>
  private var ids: [NodeAddress: String] = [:]
  private var tilted: Set<NodeAddress> = []
  /// Addresses that aren't asked, since the Sentinel there is asked at another one.
  package private(set) var twins: [NodeAddress: NodeAddress] = [:]

  package init(_ endpoints: [NodeAddress]) {
    list = endpoints
    seeds = Set(endpoints)
  }

  /// In the order in which they are asked.
  package var endpoints: [NodeAddress] {
    tilted.isEmpty
      ? list : list.filter { !tilted.contains($0) } + list.filter { tilted.contains($0) }
  }

  /// Takes in whom a Sentinel lists besides itself.
  package mutating func learn(_ others: [Entry], from endpoint: NodeAddress) {
    let listed = Set(others.map(\.address))
    for gone in list where !seeds.contains(gone) && gone != endpoint && !listed.contains(gone) {
      remove(gone)
    }
    for other in others where !list.contains(other.address) {
      if let known = place(of: other.id) {
        twins[other.address] = known
      } else {
        twins[other.address] = nil
        list.append(other.address)
        ids[other.address] = other.id
      }
    }
  }

  /// A Sentinel has told its lasting id. A configured name and a learnt address may be the same one: then
  /// the address goes.
  package mutating func identified(_ endpoint: NodeAddress, as id: String) {
    guard list.contains(endpoint), Self.isID(id) else { return }
    ids[endpoint] = id
    let same = list.filter { ids[$0] == id }
    guard same.count > 1, let kept = same.first(where: seeds.contains) else { return }
    for twin in same where !seeds.contains(twin) {
      remove(twin)
      twins[twin] = kept
    }
  }

  /// A Sentinel can't be reached where it was: then it may be found where others say that it is.
  package mutating func lost(_ endpoint: NodeAddress) {
    ids[endpoint] = nil
    tilted.remove(endpoint)
    twins = twins.filter { $0.value != endpoint }
  }

  /// A Sentinel is in tilt, and takes its own words back, or no longer.
  package mutating func tilted(_ endpoint: NodeAddress, _ isTilted: Bool) {
    if isTilted { tilted.insert(endpoint) } else { tilted.remove(endpoint) }
  }

  /// Moves a Sentinel that was wrong to the back.
  package mutating func demote(_ endpoint: NodeAddress) {
    guard let index = list.firstIndex(of: endpoint) else { return }
    list.append(list.remove(at: index))
  }

  /// Moves a Sentinel to the front; the others keep their order.
  package mutating func promote(_ endpoint: NodeAddress) {
    guard let index = list.firstIndex(of: endpoint), index > 0 else { return }
    list.remove(at: index)
    list.insert(endpoint, at: 0)
  }

  private func place(of id: String) -> NodeAddress? {
    Self.isID(id) ? list.first { ids[$0] == id } : nil
  }

  /// Whether it tells one Sentinel from all others, as their ids do.
  private static func isID(_ id: String) -> Bool { id.utf8.count == 40 }

  private mutating func remove(_ endpoint: NodeAddress) {
    list.removeAll { $0 == endpoint }
    ids[endpoint] = nil
    tilted.remove(endpoint)
  }
}
