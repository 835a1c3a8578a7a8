internal import CNcurses
internal import Canvas
internal import Dispatch
internal import Synchronization

/// Reads standard input as it comes and yields keys. It is not part of ncurses, which draws when it
/// is asked for a key: so a press is taken at once, also while a frame is being written.
final class Keyboard: Sendable {
  /// How long a lone Escape may turn out to begin a sequence.
  static let patience = DispatchTimeInterval.milliseconds(25)
  /// How long for the rest of what is sure to have one.
  static let longPatience = DispatchTimeInterval.seconds(1)

  private struct State {
    var machine: KeyboardMachine
    /// Counts reads, so that an old timer knows that it is old.
    var turn = 0
  }

  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "sentop.keyboard", qos: .userInteractive)
  private let keys: AsyncStream<Key>.Continuation
  private let heard: @Sendable (TerminalReport) -> Void

  init(
    keys: AsyncStream<Key>.Continuation, described: [[UInt8]: Key],
    heard: @escaping @Sendable (TerminalReport) -> Void
  ) {
    self.keys = keys
    self.heard = heard
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
    let (pressed, reports, wait) = state.withLock { state in
      state.turn += 1
      let pressed = state.machine.received(buffer[..<count])
      let patience = state.machine.isPatient ? Self.longPatience : Self.patience
      let reports = state.machine.takeReports()
      return (pressed, reports, state.machine.isWaiting ? (patience, state.turn) : nil)
    }
    for key in pressed { keys.yield(key) }
    for report in reports { heard(report) }
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
