import Curses
import Testing

@Suite struct TerminalKindTests {
  @Test(arguments: [
    ("xterm", true, true, true), ("xterm-256color", true, true, true),
    ("xterm-kitty", true, true, true),
    ("tmux-256color", true, true, true), ("screen-256color", false, true, false),
    ("rxvt-unicode-256color", false, true, true), ("st-256color", false, true, true),
    ("alacritty", true, true, true), ("linux", false, false, false), ("vt100", false, false, false),
    ("dumb", false, false, false), ("", false, false, false), ("ansi", false, false, false),
    ("stranger", false, false, false),
  ])
  func `only those who understand it are told`(
    name: String, hasTitle: Bool, hasClipboard: Bool, answers: Bool
  ) {
    let kind = TerminalKind(["TERM": name])
    #expect(kind.hasTitle == hasTitle)
    #expect(kind.hasClipboard == hasClipboard)
    #expect(kind.hasNotices == hasClipboard)
    #expect(kind.answersQueries == answers)
  }

  @Test func `what stands between is known by its name or by what it leaves in the environment`() {
    #expect(TerminalKind(["TERM": "tmux"]).multiplexer == .tmux)
    #expect(TerminalKind(["TERM": "screen-256color", "TMUX": "/tmp/s,1,0"]).multiplexer == .tmux)
    #expect(TerminalKind(["TERM": "screen-256color", "TMUX": "/tmp/s,1,0"]).hasTitle)
    #expect(TerminalKind(["TERM": "screen.xterm-256color"]).multiplexer == .screen)
    #expect(TerminalKind(["TERM": "xterm-256color"]).multiplexer == nil)
  }

  @Test func `Apple's terminal is not asked, since it prints the question`() {
    let kind = TerminalKind(["TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"])
    #expect(!kind.answersQueries && kind.hasTitle)
  }
}
