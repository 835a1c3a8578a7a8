import Foundation

extension Double {
  /// A time in nanoseconds, in the unit that suits it.
  var time: String {
    switch self {
    case ..<1e3: "\(rounded(1)) ns"
    case ..<1e6: "\((self / 1e3).rounded(1)) µs"
    case ..<1e9: "\((self / 1e6).rounded(2)) ms"
    default: "\((self / 1e9).rounded(2)) s"
    }
  }

  /// A count a second, in thousands.
  var rate: String { "\((self / 1e3).rounded(1))k/s" }

  /// A ratio: `1.25×`.
  var times: String { "\(rounded(2))×" }

  private func rounded(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
