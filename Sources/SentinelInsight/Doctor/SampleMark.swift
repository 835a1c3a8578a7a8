package import SentinelModel

/// When each Sentinel said last what the rules look at: tells whether a later topology is a new sample.
package struct SampleMark: Hashable, Sendable {
  private var told: [NodeAddress: [ServiceName: Timestamp]] = [:]
  private var heard: [NodeAddress: Timestamp] = [:]

  package init(_ topology: Topology) {
    for vantage in topology.vantages where vantage.isReachable {
      told[vantage.address] = vantage.services.mapValues(\.oldest)
      heard[vantage.address] = vantage.lastHeard
    }
  }

  /// Whether everybody who answers has said everything anew; false where nobody answers.
  package func isFollowed(by topology: Topology) -> Bool {
    guard topology.vantages.contains(where: \.isReachable) else { return false }
    return topology.vantages.allSatisfy { vantage in
      guard vantage.isReachable, let before = told[vantage.address] else { return true }
      // One without services has nothing else that would get younger.
      if let last = heard[vantage.address], vantage.lastHeard.map({ $0 <= last }) ?? true {
        return false
      }
      return vantage.services.allSatisfy { name, view in
        before[name].map { view.oldest > $0 } ?? (view.replicas != nil && view.sentinels != nil)
      }
    }
  }
}

extension ServiceView {
  /// When the oldest of what is asked for at every tick was told.
  fileprivate var oldest: Timestamp {
    let never = Timestamp(microseconds: .min)
    return min(masterAt, replicas?.at ?? never, sentinels?.at ?? never)
  }
}
