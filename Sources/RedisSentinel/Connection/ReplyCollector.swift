import RESP

/// Gathers the replies of commands that were sent together, for the one caller who waits.
///
/// Lives on the connection's event loop. Resumes its caller exactly once.
final class ReplyCollector {
  typealias Continuation = CheckedContinuation<Result<[RESPValue], SentinelError>, Never>

  /// Whether all bytes were handed to the system.
  var isWritten = false
  private var replies: [RESPValue?]
  private var missing: Int
  private var continuation: Continuation?

  init(count: Int, _ continuation: Continuation) {
    self.replies = Array(repeating: nil, count: count)
    self.missing = count
    self.continuation = continuation
  }

  func take(_ reply: RESPValue, at index: Int) {
    if replies[index] == nil { missing -= 1 }
    replies[index] = reply
    guard missing == 0 else { return }
    finish(.success(replies.compactMap(\.self)))
  }

  func fail(_ error: SentinelError) {
    var error = error
    error.mayHaveExecuted = isWritten
    if !isWritten, case .connection(.closed) = error.code {
      error.code = .connection(.write)
    }
    finish(.failure(error))
  }

  private func finish(_ result: Result<[RESPValue], SentinelError>) {
    continuation?.resume(returning: result)
    continuation = nil
  }
}
