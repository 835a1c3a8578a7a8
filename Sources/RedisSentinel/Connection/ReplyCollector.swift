import NIOCore
package import RESP

/// The replies of commands that were sent together.
package struct Replies: Sendable {
  package var received: [ReceivedReply]
  /// The time from the sending to the first reply, as the wire had it: free of waiting tasks.
  package var roundTrip: Duration

  /// The replies, read.
  package var values: [RESPValue] { received.map(\.value) }
}

/// Gathers the replies of commands that were sent together, for the one caller who waits.
///
/// Lives on the connection's event loop. Answers its caller exactly once.
final class ReplyCollector {
  typealias Caller = @Sendable (Result<Replies, SentinelError>) -> Void

  /// Whether all bytes were handed to the system.
  var isWritten = false
  private var replies: [ReceivedReply?]
  private var missing: Int
  private var caller: Caller?
  private let sentAt = NIODeadline.now()
  private var roundTrip: Duration?

  init(count: Int, _ caller: @escaping Caller) {
    self.replies = Array(repeating: nil, count: count)
    self.missing = count
    self.caller = caller
  }

  func take(_ reply: ReceivedReply, at index: Int) {
    if roundTrip == nil { roundTrip = .nanoseconds((NIODeadline.now() - sentAt).nanoseconds) }
    if case nil = replies[index] { missing -= 1 }
    replies[index] = reply
    guard missing == 0 else { return }
    finish(
      .success(Replies(received: replies.compactMap(\.self), roundTrip: roundTrip ?? .zero)))
  }

  func fail(_ error: SentinelError) {
    var error = error
    error.mayHaveExecuted = isWritten
    if !isWritten, case .connection(.closed) = error.code {
      error.code = .connection(.write)
    }
    finish(.failure(error))
  }

  private func finish(_ result: Result<Replies, SentinelError>) {
    caller?(result)
    caller = nil
  }
}
