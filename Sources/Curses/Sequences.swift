internal import CNcurses
internal import Canvas

/// What is said to the terminal beside ncurses: bracketed paste and the mouse, both off in the end.
enum Sequences {
  static let mouseOn = "\u{1B}[?1000h\u{1B}[?1006h"
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1000l"

  static func on(mouse: Bool) -> String { "\u{1B}[?2004h" + (mouse ? mouseOn : "") }

  static let off = mouseOff + "\u{1B}[?2004l"

  static func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { CNcurses.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// What the keys of this terminal send, by its description.
  static func described() -> [[UInt8]: Key] {
    var described: [[UInt8]: Key] = [:]
    for (name, key) in capabilities {
      guard let text = curses_capability(name) else { continue }
      let bytes = Array(String(cString: text).utf8)
      // A single byte is a character or a control key, whatever else it is called.
      if bytes.count > 1 { described[bytes] = key }
    }
    return described
  }

  private static let capabilities: [(String, Key)] =
    [
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home),
      ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown), ("kcbt", .backTab), ("kich1", .insert),
      ("kdch1", .delete), ("kent", .enter),
    ] + (1...12).map { ("kf\($0)", .function($0)) }
}
