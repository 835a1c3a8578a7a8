import SentinelModel

/// What was learnt last of each service's master, held against what a Sentinel says.
///
/// In a failover Sentinels differ for some seconds, and the old master goes on calling itself one. The
/// configuration's epoch tells who is ahead, where it is known; an announced switch does where it isn't.
struct KnownMasters {
  private struct Known {
    var address: NodeAddress
    var epoch: UInt64?
    var at: ContinuousClock.Instant
  }

  private var known: [ServiceName: Known] = [:]
  private var switches = SwitchMachine()
  /// How long what is known outweighs a Sentinel that lags behind. Not for ever: a deployment may be
  /// set up anew, with epochs that begin at zero.
  private static let weight = Duration.seconds(30)

  /// Takes in an event; true where it tells of a switch that wasn't known.
  mutating func heard(_ event: SentinelEvent, at now: ContinuousClock.Instant) -> Bool {
    guard switches.heard(event, at: now) else { return false }
    // What discoveries say from now on is no news any more: one failover is one switch.
    if let service = event.service, case .switched(_, let to) = event.detail {
      known[service] = Known(address: to, epoch: nil, at: now)
    }
    return true
  }

  /// Takes in a Sentinel's answer: the address to go to, and whether that is news.
  mutating func found(
    _ found: DiscoveryMachine.Found, of service: ServiceName, at now: ContinuousClock.Instant
  ) -> (address: NodeAddress, isNews: Bool) {
    let before = known[service]
    if let before, let old = before.epoch, let new = found.epoch, new < old,
      now - before.at < Self.weight
    {
      return (before.address, false)
    }
    let address = switches.corrected(found.address, of: service, at: now)
    known[service] = Known(
      address: address, epoch: address == found.address ? found.epoch : nil, at: now)
    return (address, before.map { $0.address != address } ?? false)
  }
}
