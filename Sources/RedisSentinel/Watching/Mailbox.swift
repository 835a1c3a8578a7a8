import DequeModule
import Synchronization

/// What is kept for one reader until it is read: so much at most, the oldest goes first.
///
/// Whoever puts something in never waits. Once it is closed nothing more gets in; what is in can still
/// be read.
final class Mailbox<Element: Sendable>: Sendable {
  private typealias Reader = CheckedContinuation<Result<Element?, SentinelError>, Never>

  private struct State {
    var kept: Deque<Element> = []
    var readers: [(id: Int, reader: Reader)] = []
    var lastReader = 0
    var droppedCount = 0
    /// What a reader is told when nothing is left; nil as long as more may come.
    var end: Result<Element?, SentinelError>?
  }

  private let limit: Int
  private let state = Mutex(State())

  init(limit: Int) {
    self.limit = max(1, limit)
  }

  /// How many elements were dropped since the reader was too slow.
  var droppedCount: Int { state.withLock(\.droppedCount) }

  var isClosed: Bool { state.withLock { $0.end != nil } }

  func put(_ element: Element) {
    state.withLock { state in
      guard state.end == nil else { return }
      if !state.readers.isEmpty {
        return state.readers.removeFirst().reader.resume(returning: .success(element))
      }
      if state.kept.count == limit {
        state.kept.removeFirst()
        state.droppedCount += 1
      }
      state.kept.append(element)
    }
  }

  /// Nothing more will come; with an error that is told once all is read.
  func close(_ error: SentinelError? = nil) {
    state.withLock { state in
      guard state.end == nil else { return }
      let end: Result<Element?, SentinelError> = error.map { .failure($0) } ?? .success(nil)
      state.end = end
      for (_, reader) in state.readers { reader.resume(returning: end) }
      state.readers = []
    }
  }

  /// The next element; nil at the end, and for a task that is cancelled.
  func next(
    isolation: isolated (any Actor)? = #isolation
  ) async throws(SentinelError) -> Element? {
    let (first, id) = state.withLock { state in
      let first = state.kept.popFirst()
      if first == nil { state.lastReader += 1 }
      return (first, state.lastReader)
    }
    // What is there already needn't be waited for.
    if let first { return first }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (reader: Reader) in
        state.withLock { state in
          if let first = state.kept.popFirst() {
            reader.resume(returning: .success(first))
          } else if let end = state.end {
            reader.resume(returning: end)
          } else if Task.isCancelled {
            reader.resume(returning: .success(nil))
          } else {
            state.readers.append((id, reader))
          }
        }
      }
    } onCancel: {
      state.withLock { state in
        guard let index = state.readers.firstIndex(where: { $0.id == id }) else { return }
        state.readers.remove(at: index).reader.resume(returning: .success(nil))
      }
    }
    return try result.get()
  }
}
