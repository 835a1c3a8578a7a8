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
    var speakers: [Speaker] = []
    var without: [NodeAddress] = []
    for vantage in vantages where vantage.isReachable {
      if let view = vantage.services[service] {
        speakers.append(Speaker(sentinel: vantage.address, isReachable: true, view: view))
      } else {
        without.append(vantage.address)
      }
    }
    self.init(speakers, without: without)
  }

  /// What those who answer say; `without` answer, too, and don't know the service.
  init?(_ speakers: [Speaker], without: [NodeAddress]) {
    var voices: [NodeAddress: (sentinels: [NodeAddress], epoch: UInt64)] = [:]
    for speaker in speakers where speaker.isReachable {
      let master = speaker.view.master.address
      voices[master, default: ([], 0)].sentinels.append(speaker.sentinel)
      let known = voices[master]?.epoch ?? 0
      voices[master]?.epoch = max(known, speaker.view.master.configEpoch)
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
