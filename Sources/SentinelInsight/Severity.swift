/// How much something matters to whoever is on call.
package enum Severity: String, Comparable, Sendable, CaseIterable {
  case info, notice, warning, critical

  package static func < (left: Severity, right: Severity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .info: 0
    case .notice: 1
    case .warning: 2
    case .critical: 3
    }
  }
}
