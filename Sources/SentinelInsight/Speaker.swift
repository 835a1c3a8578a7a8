internal import SentinelModel

/// What one Sentinel says of a service, taken out of its vantage once: views are large, and of many
/// services there are thousands.
struct Speaker {
  var sentinel: NodeAddress
  var isReachable: Bool
  var view: ServiceView
}

/// The Sentinels that we talk to, by what others call them.
struct Roll {
  private var byID: [String: Int] = [:]
  private var byAddress: [NodeAddress: Int] = [:]
  private(set) var answering: [NodeAddress] = []

  init(_ topology: Topology) {
    for (position, vantage) in topology.vantages.enumerated() {
      if let id = vantage.identity?.id { byID[id] = position }
      byAddress[vantage.address] = position
      if vantage.isReachable { answering.append(vantage.address) }
    }
  }

  /// Which of ours that is; nil for one that only others speak of.
  func position(of other: SentinelState) -> Int? { byID[other.id] ?? byAddress[other.address] }

  func position(of address: NodeAddress) -> Int? { byAddress[address] }
}

extension Topology {
  /// Everybody who knows a service, whether or not they answer.
  func speakers(of service: ServiceName) -> [Speaker] {
    vantages.indices.compactMap { index in
      vantages[index].services[service].map {
        Speaker(
          sentinel: vantages[index].address, isReachable: vantages[index].isReachable, view: $0)
      }
    }
  }
}
