internal import CNcurses
internal import Canvas

/// Asks a terminal about itself while no screen is open. What is typed meanwhile is lost.
package enum TerminalProbe {
  /// How long the terminal may take, in milliseconds: a distant one needs a while.
  private static let patience: Int32 = 500
  /// Every terminal that is asked anything answers this; what it doesn't know, it leaves out before.
  private static let askForKind = "\u{1B}[c"

  /// Whether it shows all that is written between two marks at once; `nil` where it can't be asked or
  /// says nothing.
  package static func hasFrames(_ kind: TerminalKind) -> Bool? {
    guard kind.answersQueries, isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
      return nil
    }
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { return nil }
    var modes = before
    cfmakeraw(&modes)
    guard tcsetattr(STDIN_FILENO, TCSANOW, &modes) == 0 else { return nil }
    defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
    Sequences.write(ControlText.askForFrames + askForKind)
    var answer = Answer()
    var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while !answer.isComplete, poll(&ready, 1, patience) > 0 {
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = read(STDIN_FILENO, &buffer, buffer.count)
      guard count > 0 else { break }
      answer.received(buffer[..<count])
    }
    return answer.hasFrames
  }

  /// What has come so far.
  struct Answer {
    private var machine = KeyboardMachine()
    private(set) var hasFrames: Bool?
    private(set) var isComplete = false

    mutating func received(_ bytes: some Sequence<UInt8>) {
      _ = machine.received(bytes)
      for report in machine.takeReports() {
        switch report {
        case .frames(let isKnown): hasFrames = isKnown
        case .kind:
          hasFrames = hasFrames ?? false
          isComplete = true
        }
      }
    }
  }
}
