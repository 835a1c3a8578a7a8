import SentinelModel

/// How long good answers stay away, as a histogram of tenths of a second.
struct Silences: Hashable, Sendable {
  private var counts: [Int: Int] = [:]
  private(set) var total = 0
  private var last: Timestamp?

  mutating func take(_ silence: Duration, at moment: Timestamp) {
    guard last.map({ $0 < moment }) ?? true else { return }
    last = moment
    counts[Int(min(silence.inMilliseconds / 100, 6_000)), default: 0] += 1
    total += 1
  }

  /// What is exceeded once in a thousand looks; nil before there were a thousand.
  var rarelyExceeded: Duration? {
    guard total >= 1_000 else { return nil }
    var rest = total / 1_000
    for (tenths, count) in counts.sorted(by: { $0.key > $1.key }) {
      rest -= count
      if rest < 0 { return .milliseconds(tenths * 100) }
    }
    return nil
  }
}
