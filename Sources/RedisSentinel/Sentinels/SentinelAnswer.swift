public import SentinelModel

/// One Sentinel's answer, or why there is none.
public struct SentinelAnswer<Reply: Sendable>: Sendable {
  /// The Sentinel.
  public var endpoint: NodeAddress
  /// What it answered.
  public var result: Result<Reply, SentinelError>
  /// How long it took.
  public var elapsed: Duration
}

/// What several Sentinels have answered, taken together.
extension Sequence {
  /// The replies, where every Sentinel gave one.
  ///
  /// - Throws: `.partialFailure` with each Sentinel's own error where some gave none, or the one
  ///   error where just one Sentinel was asked.
  public func replies<Reply>() throws(SentinelError) -> [Reply]
  where Element == SentinelAnswer<Reply> {
    var replies: [Reply] = []
    var errors: [SentinelError] = []
    for answer in self {
      switch answer.result {
      case .success(let reply): replies.append(reply)
      case .failure(let error): errors.append(error)
      }
    }
    guard let first = errors.first else { return replies }
    if replies.isEmpty, errors.count == 1 { throw first }
    throw SentinelError(
      .partialFailure, "\(errors.count) of \(errors.count + replies.count) Sentinels didn't do it",
      underlying: errors)
  }
}
