package import SentinelInsight
package import SentinelModel

/// A sentence on the lowest line that goes away by itself, or with the next key.
package struct Notice: Hashable, Sendable {
  package var text: String
  package var severity: Severity
  package var until: Timestamp

  package static let stay = Duration.seconds(8)

  package init(_ text: String, _ severity: Severity, at moment: Timestamp) {
    self.text = text
    self.severity = severity
    until = moment.advanced(by: Self.stay)
  }
}
