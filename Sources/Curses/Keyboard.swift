internal import CNcurses
internal import Canvas
internal import Foundation

/// Reads standard input as it comes and tells of keys, on a thread of its own: a press is taken at
/// once, also while a frame is being written. It is not part of ncurses, which draws when it is
/// asked for a key.
final class Keyboard: Sendable {
  /// How many milliseconds a lone Escape may turn out to begin a sequence.
  static let patience: Int32 = 25
  /// How many for the rest of what is sure to have one.
  static let longPatience: Int32 = 1_000

  private let hears: @Sendable (Terminal.Input) -> Void
  private let heard: @Sendable (TerminalReport) -> Void
  private let described: [[UInt8]: Key]
  /// A pipe: a byte in it ends the thread. Where the system has none left, the program's end does.
  private let end: (read: Int32, write: Int32)

  init(
    hears: @escaping @Sendable (Terminal.Input) -> Void, described: [[UInt8]: Key],
    heard: @escaping @Sendable (TerminalReport) -> Void
  ) {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) != 0 { ends = [-1, -1] }
    end = (ends[0], ends[1])
    self.hears = hears
    self.heard = heard
    self.described = described
  }

  deinit {
    CNcurses.close(end.read)
    CNcurses.close(end.write)
  }

  func start() {
    Thread.detachNewThread { self.run() }
  }

  /// Reads no more.
  func stop() {
    _ = CNcurses.write(end.write, [0], 1)
  }

  private func run() {
    var machine = KeyboardMachine(described: described)
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let patience =
        machine.isWaiting ? machine.isPatient ? Self.longPatience : Self.patience : -1
      var sources = [STDIN_FILENO, end.read].map {
        pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
      }
      let ready = poll(&sources, 2, patience)
      if ready < 0, curses_may_read_again() { continue }
      if sources[1].revents != 0 { return }
      guard ready != 0 else {
        tell(machine.expired())
        continue
      }
      let count = CNcurses.read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, curses_may_read_again() { continue }
      guard ready > 0, count > 0 else { return hears(.gone) }
      tell(machine.received(buffer[..<count]))
      for report in machine.takeReports() { heard(report) }
    }
  }

  private func tell(_ keys: [Key]) {
    for key in keys { hears(.key(key)) }
  }
}
