import NIOCore
import RESP
import Synchronization

/// The way from tasks to the handler on its event loop.
struct Wire: Sendable {
  let loop: any EventLoop
  let handler: NIOLoopBound<ConversationHandler>
  private static let ids = Atomic<Int>(0)

  func send(
    _ commands: [[String]], _ expectations: [Expectation], timeout: TimeAmount
  ) async throws(SentinelError) -> Replies {
    var bytes = ByteBuffer()
    for words in commands { RESPEncoder.write(words, to: &bytes) }
    return try await send(bytes, expectations, timeout: timeout)
  }

  func send(
    _ bytes: ByteBuffer, _ expectations: [Expectation], timeout: TimeAmount
  ) async throws(SentinelError) -> Replies {
    let id = Self.newID()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        start(bytes, expectations, id: id, timeout: timeout) { continuation.resume(returning: $0) }
        // Where the task was cancelled a moment ago, the handler below may have come too early.
        if Task.isCancelled { abandon(id) }
      }
    } onCancel: {
      abandon(id)
    }
    return try result.get()
  }

  static func newID() -> Int { ids.add(1, ordering: .relaxed).newValue }

  func abandon(_ id: Int) {
    loop.execute { handler.value.abandon(id) }
  }

  /// Sends, and has the replies told to the caller on the event loop.
  func start(
    _ bytes: ByteBuffer, _ expectations: [Expectation], id: Int? = nil, timeout: TimeAmount,
    _ caller: @escaping ReplyCollector.Caller
  ) {
    let id = id ?? Self.newID()
    loop.execute {
      let collector = ReplyCollector(count: expectations.count, caller)
      handler.value.send(
        bytes, expecting: expectations, id: id, timeout: timeout, to: collector)
    }
  }

  func introduce() {
    loop.execute { handler.value.introduced() }
  }

  func close(_ reason: SentinelError? = nil) {
    loop.execute { handler.value.hangUp(reason) }
  }
}
