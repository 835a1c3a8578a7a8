internal import SentinelModel

/// Times and sizes as they stand in a sentence: `7.2 s`, `12.4 MB`.
package enum Measure {
  /// `0.2 ms`, `31 ms`, `7.2 s`, `31 s`, `3 min 12 s`, `2 h 5 min`, `4 d 3 h`.
  package static func time(_ time: Duration) -> String {
    let microseconds = time.inMicroseconds
    if microseconds < 0 { return "-" + self.time(.zero - time) }
    let seconds = microseconds / 1_000_000
    return switch microseconds {
    case 0: "0 s"
    case ..<10_000: "\(microseconds / 1_000).\(microseconds % 1_000 / 100) ms"
    case ..<1_000_000: "\(microseconds / 1_000) ms"
    case ..<10_000_000: tenths(microseconds / 100_000) + " s"
    default:
      switch seconds {
      case ..<60: "\(seconds) s"
      case ..<3_600: pair(seconds / 60, "min", seconds % 60, "s")
      case ..<86_400: pair(seconds / 3_600, "h", seconds % 3_600 / 60, "min")
      default: pair(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h")
      }
    }
  }

  /// `812 B`, `9.1 kB`, `12.4 MB`, in thousands, so that it can be held against the number itself.
  package static func bytes(_ count: UInt64) -> String {
    var (whole, tenth, unit) = (count, UInt64(0), 0)
    while whole >= 1_000, unit < units.count - 1 {
      tenth = whole % 1_000 / 100
      whole /= 1_000
      unit += 1
    }
    return unit == 0 ? "\(whole) B" : "\(whole).\(tenth) \(units[unit])"
  }

  /// `no replicas`, `1 replica`, `2 replicas`.
  package static func count(_ count: Int, _ noun: String) -> String {
    "\(count == 0 ? "no" : "\(count)") \(noun)\(count == 1 ? "" : "s")"
  }

  /// `1st`, `2nd`, `11th`, `23rd`.
  package static func ordinal(_ number: Int) -> String {
    let ending =
      switch (number % 10, number % 100) {
      case (_, 11...13): "th"
      case (1, _): "st"
      case (2, _): "nd"
      case (3, _): "rd"
      default: "th"
      }
    return "\(number)\(ending)"
  }

  private static let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]

  private static func tenths(_ number: Int64) -> String {
    number % 10 == 0 ? "\(number / 10)" : "\(number / 10).\(number % 10)"
  }

  private static func pair(_ large: Int64, _ unit: String, _ small: Int64, _ rest: String) -> String
  {
    small == 0 ? "\(large) \(unit)" : "\(large) \(unit) \(small) \(rest)"
  }
}
