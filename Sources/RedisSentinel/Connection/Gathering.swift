import Synchronization

/// Results that come from several places at any time, each with the moment at which it came, for the
/// one who waits for all of them.
final class Gathering<Value: Sendable>: Sendable {
  typealias Element = (result: Value, at: ContinuousClock.Instant)

  private struct State {
    var elements: [Element?]
    var missing: Int
    var reader: CheckedContinuation<[Element], Never>?
  }

  private let state: Mutex<State>

  init(count: Int) {
    state = Mutex(State(elements: Array(repeating: nil, count: count), missing: count))
  }

  /// Begins what brings the results in, and returns when all are there. May be called once.
  func all(_ begin: () -> Void) async -> [Element] {
    await withCheckedContinuation { continuation in
      let isEmpty = state.withLock { state in
        state.reader = continuation
        return state.missing == 0
      }
      if isEmpty { return finish() }
      begin()
    }
  }

  /// Takes a result in; of several for one place the first counts.
  func take(_ result: Value, at index: Int, came at: ContinuousClock.Instant = .now) {
    let isLast = state.withLock { state in
      guard state.elements[index] == nil else { return false }
      state.elements[index] = (result, at)
      state.missing -= 1
      return state.missing == 0
    }
    if isLast { finish() }
  }

  private func finish() {
    let (reader, elements) = state.withLock { state in
      defer { state.reader = nil }
      return (state.reader, state.elements.compactMap(\.self))
    }
    reader?.resume(returning: elements)
  }
}
