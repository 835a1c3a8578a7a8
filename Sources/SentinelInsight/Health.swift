package import SentinelModel

/// How an instance fares, in one word. The worse is the greater.
package enum Health: Int, Comparable, Sendable {
  case up
  /// Nobody knows: it was never reached, or whoever knew it is out of reach.
  case unknown
  /// It gives no good answer, and hasn't been silent for long enough to count as down; or it never
  /// gave one.
  case silent
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

  /// What one report says: its flags, and for how long there was no answer. A Sentinel asks each
  /// second at least.
  package init(_ report: InstanceReport) {
    let health = Health(report.flags)
    self = report.sinceValidPing > Self.silence ? max(health, .silent) : health
  }

  /// So long nobody is silent who answers each second, be the machine ever so busy.
  private static let silence = Duration.seconds(3)

  /// The word for it.
  package var word: String {
    switch self {
    case .up: "up"
    case .unknown: "unknown"
    case .silent: "silent"
    case .failover: "failover"
    case .sDown: "sdown"
    case .oDown: "odown"
    }
  }
}
