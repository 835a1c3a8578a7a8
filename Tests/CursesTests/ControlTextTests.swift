import Testing

@testable import Curses

@Suite struct ControlTextTests {
  let xterm = TerminalKind(["TERM": "xterm-256color"])
  let tmux = TerminalKind(["TERM": "tmux-256color"])
  let screen = TerminalKind(["TERM": "screen"])

  /// Undoes what a multiplexer has to undo.
  func unwrapped(_ text: String, _ kind: TerminalKind) -> String {
    switch kind.multiplexer {
    case .tmux:
      text.replacing("\u{1B}Ptmux;", with: "").replacing("\u{1B}\u{1B}", with: "\u{1B}")
        .replacing("\u{1B}\\", with: "")
    case .screen: text.replacing("\u{1B}P", with: "").replacing("\u{1B}\\", with: "")
    case nil: text
    }
  }

  @Test func `a title is one line without anything a terminal would obey`() {
    #expect(ControlText.title("sentop lab", isUTF8: true) == "\u{1B}]2;sentop lab\u{7}")
    #expect(
      ControlText.title("a\u{7}\u{1B}]2;b\n\u{9C}", isUTF8: true)
        == "\u{1B}]2;a␇␛]2;b␊\u{FFFD}\u{7}")
    #expect(ControlText.title("日 ●", isUTF8: false) == "\u{1B}]2;? o\u{7}")
    let long = ControlText.title(String(repeating: "x", count: 1_000_000), isUTF8: true)
    #expect(long.count == ControlText.lineLimit + 6)
    #expect(long.hasSuffix("…\u{7}"))
  }

  @Test func `a notice that begins with a number is no command`() {
    #expect(
      ControlText.notice("cache is down", isUTF8: true, for: xterm)
        == "\u{1B}]9;cache is down\u{7}")
    #expect(ControlText.notice("4;3;100", isUTF8: true, for: xterm) == "\u{1B}]9; 4;3;100\u{7}")
    #expect(
      ControlText.notice("down", isUTF8: true, for: tmux)
        == "\u{1B}Ptmux;\u{1B}\u{1B}]9;down\u{7}\u{1B}\\")
  }

  @Test func `a text for the clipboard goes in base64`() {
    #expect(
      ControlText.copy("127.0.0.1:6379", for: xterm) == "\u{1B}]52;c;MTI3LjAuMC4xOjYzNzk=\u{7}")
    #expect(ControlText.copy("", for: xterm) == "\u{1B}]52;c;\u{7}")
    #expect(
      ControlText.copy("日\n\u{1B}a\u{3}\t", for: xterm)
        == ControlText.copy("日\na\t", for: xterm))
  }

  @Test func `tmux gets it for itself and wrapped to hand on`() {
    let plain = ControlText.copy("abc", for: xterm)
    #expect(
      ControlText.copy("abc", for: tmux)
        == plain + "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;YWJj\u{7}\u{1B}\\")
  }

  @Test func `screen gets it in pieces that it can hold`() {
    let text = String(repeating: "0123456789", count: 200)
    let wrapped = ControlText.copy(text, for: screen)
    #expect(unwrapped(wrapped, screen) == ControlText.copy(text, for: xterm))
    for piece in wrapped.split(separator: "\u{1B}\\") { #expect(piece.utf8.count <= 256) }
  }
}
