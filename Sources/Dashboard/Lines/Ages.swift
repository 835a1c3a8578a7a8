internal import SentinelModel

/// Durations and sizes in few characters.
package enum Ages {
  /// An age: `0.8s`, `12s`, `3m`, `4h`, `9d`.
  package static func words(_ age: Duration) -> String {
    let milliseconds = max(0, age.inMilliseconds)
    let seconds = milliseconds / 1_000
    return switch seconds {
    case ..<10: "\(seconds).\(milliseconds % 1_000 / 100)s"
    case ..<60: "\(seconds)s"
    case ..<3_600: "\(seconds / 60)m"
    case ..<172_800: "\(seconds / 3_600)h"
    default: "\(seconds / 86_400)d"
    }
  }

  /// How long something took: `0.2ms`, `12ms`, then as an age.
  package static func fine(_ time: Duration) -> String {
    let tenths = max(0, time.inMicroseconds) / 100
    return switch tenths {
    case ..<100: "\(tenths / 10).\(tenths % 10)ms"
    case ..<10_000: "\(tenths / 10)ms"
    default: words(time)
    }
  }

  /// A number of bytes: `812`, `9.1k`, `12.4M`, in thousands, so that it can be held against the
  /// number itself.
  package static func bytes(_ count: UInt64) -> String {
    var (whole, tenth, unit) = (count, UInt64(0), 0)
    while whole >= 1_000, unit < units.count - 1 {
      tenth = whole % 1_000 / 100
      whole /= 1_000
      unit += 1
    }
    return unit == 0 ? "\(whole)" : "\(whole).\(tenth)\(units[unit])"
  }

  private static let units = ["", "k", "M", "G", "T", "P", "E"]
}

extension Duration {
  /// In seconds, to reckon with.
  var seconds: Double { Double(inMicroseconds) / 1_000_000 }
}
