import SentinelInsight
import SentinelModel
import Testing

/// What makes a rule speak, and what is nearly that and doesn't.
struct DoctorCase: Sendable, CustomTestStringConvertible {
  var rule: String
  /// How long it is looked at.
  var seconds = 15
  var fires: @Sendable (inout Ward) -> Void
  var near: @Sendable (inout Ward) -> Void

  var testDescription: String { rule }

  init(
    _ rule: String, seconds: Int = 15, fires: @escaping @Sendable (inout Ward) -> Void,
    near: @escaping @Sendable (inout Ward) -> Void
  ) {
    self.rule = rule
    self.seconds = seconds
    self.fires = fires
    self.near = near
  }

  static let all =
    agreement + quorum + candidates + addresses + access + timing + data + sentinels + health
}
