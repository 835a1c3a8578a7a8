package import SentinelModel

/// How an instance fares, in one word. The worse is the greater.
package enum Health: Int, Comparable, Sendable {
  case up
  /// Nobody knows: it was never reached, or whoever knew it is out of reach.
  case unknown
  /// A failover runs.
  case failover
  /// Down in one Sentinel's eyes at least.
  case sDown
  /// Down by quorum.
  case oDown

  package static func < (left: Health, right: Health) -> Bool { left.rawValue < right.rawValue }

  /// What the flags of one report say.
  package init(_ flags: InstanceFlags) {
    self =
      if flags.contains(.oDown) {
        .oDown
      } else if flags.contains(.failoverInProgress) {
        .failover
      } else if flags.contains(.sDown) {
        .sDown
      } else {
        .up
      }
  }

  /// The word for it.
  package var word: String {
    switch self {
    case .up: "up"
    case .unknown: "unknown"
    case .failover: "failover"
    case .sDown: "sdown"
    case .oDown: "odown"
    }
  }
}
