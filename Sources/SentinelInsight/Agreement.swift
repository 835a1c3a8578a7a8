package import SentinelModel

/// What the Sentinels that answer say of a service's master: the address that most of them hold, and
/// who holds another.
package struct Agreement: Hashable, Sendable {
  /// The address that most hold; of several with as many voices, the one with the highest epoch.
  package var address: NodeAddress
  /// The epoch of that configuration, the highest that anybody reports for the address.
  package var configEpoch: UInt64
  /// Who holds it.
  package var agree: [NodeAddress]
  /// Who holds another one.
  package var differ: [NodeAddress]
  /// Who answers but doesn't monitor the service.
  package var without: [NodeAddress]

  /// How many were asked.
  package var of: Int { agree.count + differ.count + without.count }
  /// Whether all hold the same.
  package var isComplete: Bool { differ.isEmpty && without.isEmpty }

  /// Nil where no Sentinel that answers knows the service.
  package init?(of service: ServiceName, in vantages: some Sequence<Vantage>) {
    var voices: [NodeAddress: (sentinels: [NodeAddress], epoch: UInt64)] = [:]
    var without: [NodeAddress] = []
    for vantage in vantages where vantage.isReachable {
      guard let master = vantage.services[service]?.master else {
        without.append(vantage.address)
        continue
      }
      var voice = voices[master.address] ?? ([], 0)
      voice.sentinels.append(vantage.address)
      voice.epoch = max(voice.epoch, master.configEpoch)
      voices[master.address] = voice
    }
    let best = voices.max { left, right in
      let l = left.value
      let r = right.value
      if l.sentinels.count != r.sentinels.count { return l.sentinels.count < r.sentinels.count }
      return l.epoch == r.epoch ? right.key < left.key : l.epoch < r.epoch
    }
    guard let best else { return nil }
    self.address = best.key
    self.configEpoch = best.value.epoch
    self.agree = best.value.sentinels
    self.differ = voices.filter { $0.key != best.key }.flatMap(\.value.sentinels).sorted()
    self.without = without
  }
}
