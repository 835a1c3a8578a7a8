package import SentinelModel

/// Makes one switch out of the many voices that tell of it, and remembers it for a while: a Sentinel
/// that lags behind may still name the old master, which may still call itself one.
package struct SwitchMachine {
  private struct Switch {
    var from: NodeAddress
    var to: NodeAddress
    var at: ContinuousClock.Instant
  }

  private var latest: [ServiceName: Switch] = [:]
  /// How long an announcement outweighs a Sentinel that says otherwise.
  private static let weight = Duration.seconds(30)

  package init() {}

  /// Takes in an event; true where it tells of a switch that wasn't known.
  package mutating func heard(_ event: SentinelEvent, at now: ContinuousClock.Instant) -> Bool {
    guard let service = event.service, case .switched(let from, let to) = event.detail,
      from != to
    else { return false }
    if let known = latest[service], known.to == to, now - known.at < Self.weight { return false }
    latest[service] = Switch(from: from, to: to, at: now)
    return true
  }

  /// The address to try where Sentinels name that one.
  package func corrected(
    _ address: NodeAddress, of service: ServiceName, at now: ContinuousClock.Instant
  ) -> NodeAddress {
    guard let known = latest[service], known.from == address, now - known.at < Self.weight else {
      return address
    }
    return known.to
  }
}
