internal import CNcurses
internal import Canvas
internal import Dispatch
internal import Synchronization

/// Reads standard input as it comes and yields keys. It is not part of ncurses, which draws when it
/// is asked for a key: so a press is taken at once, also while a frame is being written.
final class Keyboard: Sendable {
  /// How long a lone Escape may turn out to begin a sequence.
  static let patience = DispatchTimeInterval.milliseconds(25)
  static let pastePatience = DispatchTimeInterval.seconds(1)

  private struct State {
    var machine: KeyboardMachine
    /// Counts reads, so that an old timer knows that it is old.
    var turn = 0
  }

  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "sentop.keyboard", qos: .userInteractive)
  private let keys: AsyncStream<Key>.Continuation

  init(keys: AsyncStream<Key>.Continuation, described: [[UInt8]: Key]) {
    self.keys = keys
    state = Mutex(State(machine: KeyboardMachine(described: described)))
  }

  /// Starts to read. Cancel what it returns to stop.
  func start() -> any DispatchSourceRead {
    let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: queue)
    // A cancelled source lets go of its handler, so this is no cycle for long.
    source.setEventHandler {
      if !self.read() { source.cancel() }
    }
    source.resume()
    return source
  }

  /// False once there is nothing more to come.
  private func read() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    let count = CNcurses.read(STDIN_FILENO, &buffer, buffer.count)
    if count < 0, curses_may_read_again() { return true }
    guard count > 0 else {
      keys.finish()
      return false
    }
    let (pressed, wait) = state.withLock { state in
      state.turn += 1
      let pressed = state.machine.received(buffer[..<count])
      let patience = state.machine.isPasting ? Self.pastePatience : Self.patience
      return (pressed, state.machine.isWaiting ? (patience, state.turn) : nil)
    }
    for key in pressed { keys.yield(key) }
    if let (patience, turn) = wait {
      queue.asyncAfter(deadline: .now() + patience) { self.expire(turn) }
    }
    return true
  }

  private func expire(_ turn: Int) {
    let pressed = state.withLock { $0.turn == turn ? $0.machine.expired() : [] }
    for key in pressed { keys.yield(key) }
  }
}
