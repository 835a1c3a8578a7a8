public import SentinelModel

/// One Sentinel's answer, or why there is none.
public struct SentinelAnswer<Reply: Sendable>: Sendable {
  /// The Sentinel.
  public var endpoint: NodeAddress
  /// What it answered.
  public var result: Result<Reply, SentinelError>
  /// How long it took.
  public var elapsed: Duration
  /// Whether nothing is left to do there: it did as it was told, or all was so already, as with
  /// `.alreadyMonitored`.
  public var isSettled: Bool

  init(endpoint: NodeAddress, result: Result<Reply, SentinelError>, elapsed: Duration) {
    self.endpoint = endpoint
    self.result = result
    self.elapsed = elapsed
    isSettled = (try? result.get()) != nil
  }

  var error: SentinelError? { if case .failure(let error) = result { error } else { nil } }
}

/// What several Sentinels have answered, taken together.
extension Sequence {
  /// The replies, where every Sentinel gave one.
  ///
  /// - Throws: `.partialFailure` with each Sentinel's own error where some gave none, or the one
  ///   error where just one Sentinel was asked.
  public func replies<Reply>() throws(SentinelError) -> [Reply]
  where Element == SentinelAnswer<Reply> {
    let errors = compactMap(\.error)
    let replies = compactMap { try? $0.result.get() }
    try SentinelError.check(errors, of: errors.count + replies.count)
    return replies
  }

  /// Makes sure that every Sentinel is as it was told to be: also those that were so already.
  ///
  /// - Throws: `.partialFailure` with the error of each one that isn't, or the one error where just
  ///   one Sentinel was asked.
  public func checkSettled<Reply>() throws(SentinelError)
  where Element == SentinelAnswer<Reply> {
    let errors = compactMap { $0.isSettled ? nil : $0.error }
    try SentinelError.check(errors, of: reduce(0) { count, _ in count + 1 })
  }
}

extension SentinelError {
  fileprivate static func check(_ errors: [SentinelError], of count: Int) throws(SentinelError) {
    guard let first = errors.first else { return }
    if count == 1 { throw first }
    throw SentinelError(
      .partialFailure, "\(errors.count) of \(count) Sentinels didn't do it", underlying: errors)
  }
}
