/// What the findings come to, in the words and with the exit status of monitoring plugins.
package enum DoctorVerdict: Int32, Sendable {
  case ok = 0
  case warning = 1
  case critical = 2
  case unknown = 3

  /// The word for it.
  package var word: String {
    switch self {
    case .ok: "ok"
    case .warning: "warning"
    case .critical: "critical"
    case .unknown: "unknown"
    }
  }

  /// What is known to be bad counts before what isn't known; what is muted or settling doesn't count.
  package init(_ findings: some Sequence<Finding>) {
    var worst = Severity.info
    var isUnknown = false
    for finding in findings where finding.counts {
      if finding.standing == .unknown {
        isUnknown = true
      } else {
        worst = max(worst, finding.severity)
      }
    }
    self =
      switch worst {
      case .critical: .critical
      case .warning: .warning
      case .info, .notice: isUnknown ? .unknown : .ok
      }
  }
}
