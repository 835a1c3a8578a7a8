import Foundation
import TestSupport
import Testing

/// What a program does to the terminal that it has borrowed, seen with one made for it: this one can
/// be told to talk over the screen, to crash, and to ask things of the terminal.
@Suite(.live) struct TerminalMannersLiveTests {
  /// Lends a terminal in which the program's screen is open.
  private func owning(
    _ environment: [String: String] = ["TERM": "xterm-256color"], redirection: String = "",
    _ body: (Tmux) async throws -> Void
  ) async throws {
    try await Tmux.open { tmux in
      try await tmux.start(
        program: [Processes.built("TerminalOwner")], environment: environment,
        redirection: redirection)
      try await tmux.tmux("set-option", "-g", "set-clipboard", "on")
      try await tmux.expect("depth", "the last line")
      try await body(tmux)
    }
  }

  private func text(_ tmux: Tmux) -> String { String(decoding: tmux.raw, as: UTF8.self) }

  /// All that has been written, once these words are among it: the file is a little behind.
  private func written(
    _ words: String, _ tmux: Tmux, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    try await eventually("\(words.debugDescription) is written", sourceLocation: sourceLocation) {
      let text = text(tmux)
      return text.contains(words) ? text : nil
    }
  }

  /// What is written last of all.
  private static let end = "\u{1B}[?2004l"

  private func title(_ tmux: Tmux) async throws -> String {
    try await tmux.tmux("display-message", "-p", "#{pane_title}")
  }

  @Test(arguments: [
    ("i", 128 + SIGILL, "Index out of range"), ("a", 128 + SIGABRT, "Aborted"), ("x", 3, ""),
    ("e", 1, "it was: out of luck"), ("q", 0, ""),
  ])
  func `however it ends, the terminal is as before and the reason stands on it`(
    key: String, status: Int32, reason: String
  ) async throws {
    try await owning(["TERM": "xterm-256color", "SWIFT_BACKTRACE": "enable=no"]) { tmux in
      let before = try await title(tmux)
      try await tmux.press("m", "t")
      try await tmux.expect("the title is set")
      try await tmux.press("w")
      try await tmux.expect("a word was said")
      try await tmux.press(key)
      let ended = try await tmux.ended()
      #expect(ended == status || key == "i" && ended == 128 + SIGTRAP)
      let screen = try await tmux.expect("a word on standard error", reason)
      #expect(!screen.contains("the last line"))
      #expect(try await title(tmux) == before)
      try await tmux.expectRestored()
    }
  }

  @Test func `a crash is told whole, with the backtrace after the screen`() async throws {
    try await owning([
      "TERM": "xterm-256color", "SWIFT_BACKTRACE": "enable=yes,interactive=no,color=no,limit=4",
    ]) { tmux in
      try await tmux.press("i")
      let status = try await tmux.ended(within: .seconds(120))
      #expect(status > 128)
      try await tmux.expect("TerminalOwner") { !$0.contains("the last line") }
      let text = try await written("Index out of range", tmux)
      let end = try #require(text.range(of: "\u{1B}[?1049l"))
      #expect(text[end.upperBound...].contains("Index out of range"))
      #expect(!text[..<end.lowerBound].contains("Index out of range"))
      try await tmux.expectRestored()
    }
  }

  @Test(arguments: [SIGQUIT, SIGSEGV, SIGBUS, SIGTRAP])
  func `a signal that kills restores the terminal first`(number: Int32) async throws {
    try await owning(["TERM": "xterm-256color", "SWIFT_BACKTRACE": "enable=no"]) { tmux in
      try await tmux.press("w")
      try await tmux.expect("a word was said")
      try tmux.signal(number)
      #expect(try await tmux.ended() == 128 + number)
      try await tmux.expect("a word on standard error")
      try await tmux.expectRestored()
    }
  }

  @Test func `nothing is printed over the screen, and of very much the end is kept`() async throws {
    try await owning { tmux in
      try await tmux.press("v", "w")
      let screen = try await tmux.expect("a word was said")
      #expect(!screen.contains("much"))
      #expect(!text(tmux).contains("much"))
      try await tmux.press("q")
      #expect(try await tmux.ended() == 0)
      try await tmux.expect("and the end", "a word on standard error")
      let count = try await written("a word on standard error", tmux).matches(of: /much/).count
      #expect((1_000...65_536 / 5).contains(count))
    }
  }

  @Test func `where standard error goes elsewhere it goes there at once`() async throws {
    try await owning(redirection: "2> messages") { tmux in
      try await tmux.press("w")
      try await tmux.expect("a word was said")
      #expect(tmux.folder.text("messages") == "a word on standard error\n")
      try await tmux.press("q")
      #expect(try await tmux.ended() == 0)
      #expect(try await !written(Self.end, tmux).contains("a word on standard error"))
    }
  }

  @Test func `the title is harmless, and given back on a stop too`() async throws {
    try await Tmux.open { tmux in
      try await tmux.start(
        program: ["bash", "--norc", "--noprofile", "-i"],
        environment: ["PS1": "shell> ", "TERM": "xterm-256color"])
      try await tmux.expect("shell>")
      try await tmux.type(
        "printf '\\033]2;mine\\007'; \(Tmux.quoted(Processes.built("TerminalOwner")))\n")
      try await tmux.expect("the last line")
      #expect(try await title(tmux) == "mine")
      try await tmux.press("t")
      try await tmux.expect("the title is set")
      let ours = try await title(tmux)
      #expect(ours.hasPrefix("one") && ours.contains("two"))
      try await tmux.press("C-z")
      try await tmux.expect("some other key")
      let shell = try #require(tmux.pid)
      let pid = try #require(Processes.descendants(of: shell).first)
      kill(pid, SIGTSTP)
      try await tmux.expect("Stopped")
      #expect(try await title(tmux) == "mine")
      try await tmux.type("fg\n")
      try await tmux.expect("some other key", "the last line")
      #expect(try await title(tmux) == ours)
      try await tmux.press("q")
      try await tmux.expect("the shell is back") { !$0.contains("the last line") }
      #expect(try await title(tmux) == "mine")
      try await tmux.type("exit\n")
    }
  }

  @Test(arguments: ["linux", "vt100", "screen"])
  func `a terminal that may not understand is told nothing`(terminal: String) async throws {
    try await owning(["TERM": terminal]) { tmux in
      try await tmux.press("t")
      try await tmux.expect("the title is set")
      try await tmux.press("n")
      try await tmux.expect("notified")
      try await tmux.press("c")
      try await tmux.expect(terminal == "screen" ? "14 bytes sent" : "no way to the clipboard")
      try await tmux.press("q")
      #expect(try await tmux.ended() == 0)
      let text = try await written(Self.end, tmux)
      #expect(!text.contains("\u{1B}]2;") && !text.contains("\u{1B}[22;0t"))
      #expect(!text.contains("\u{1B}[?2026"))
      // GNU screen hands on what is wrapped.
      #expect(text.contains("\u{1B}P\u{1B}]52;") == (terminal == "screen"))
      #expect(text.contains("\u{1B}P\u{1B}]9;") == (terminal == "screen"))
    }
  }

  @Test func `what is copied is in the clipboard, and what is too long is refused`() async throws {
    try await owning { tmux in
      try await tmux.press("c")
      try await tmux.expect("14 bytes sent to the clipboard")
      try await eventually("it is there") {
        (try? await tmux.tmux("show-buffer")) == "127.0.0.1:6379"
      }
      try await tmux.press("C")
      try await tmux.expect("not copied: 80000 bytes are more than the 74994")
      #expect(try await tmux.tmux("show-buffer") == "127.0.0.1:6379")
    }
    try await owning(["TERM": "tmux-256color"]) { tmux in
      try await tmux.press("c")
      try await tmux.expect("14 bytes sent to the clipboard")
      _ = try await written(
        "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;MTI3LjAuMC4xOjYzNzk=\u{7}\u{1B}\\", tmux)
    }
  }

  @Test func `it rings, and notices are one harmless line`() async throws {
    try await owning { tmux in
      try await tmux.press("r")
      try await tmux.expect("rung")
      try await tmux.press("n")
      try await tmux.expect("notified")
      let text = try await written("\u{1B}]9; 4;99 failover␛\\ of cache\u{7}", tmux)
      #expect(text.replacing(/\e\][^\u{7}]*\u{7}/, with: "").contains("\u{7}"))
    }
  }

  @Test func `the mouse is asked for, and left, while the screen is open`() async throws {
    try await owning { tmux in
      #expect(try await !tmux.switches.asksForMouse)
      try await tmux.press("m")
      try await tmux.expect("mouse on")
      #expect(try await tmux.switches.asksForMouse)
      try await tmux.type("\u{1B}[<0;11;3M")
      try await tmux.expect("press at 10,2")
      try await tmux.press("M")
      try await tmux.expect("mouse off")
      #expect(try await !tmux.switches.asksForMouse)
      // Nobody wants to know of every movement.
      #expect(!text(tmux).contains("\u{1B}[?1002h") && !text(tmux).contains("\u{1B}[?1003h"))
    }
  }

  @Test func `a digit that changes is all that is written`() async throws {
    try await owning { tmux in
      try await tmux.press("d")
      try await tmux.expect("tick 1")
      let before = tmux.raw.count
      for number in 2...9 {
        try await tmux.press("d")
        try await tmux.expect("tick \(number)")
      }
      let written = try await eventually("all of it is in the file") {
        let bytes = tmux.raw.dropFirst(before)
        return bytes.contains(0x39) ? bytes : nil
      }
      // A move and a digit each.
      #expect(written.count <= 8 * 12, "\(String(decoding: written, as: UTF8.self))")
    }
  }

  @Test func `frames are begun and ended only once the terminal has said that it knows`()
    async throws
  {
    try await owning { tmux in
      _ = try await written("\u{1B}[?2026$p", tmux)
      try await tmux.press("k")
      try await tmux.expect("some other key")
      try await tmux.resize(columns: 90, rows: 20)
      try await tmux.press("r")
      try await tmux.expect("rung")
      #expect(!text(tmux).contains("\u{1B}[?2026h"))
      try await tmux.type("\u{1B}[?2026;2$y")
      try await tmux.resize(columns: 100, rows: 30)
      try await eventually("a frame is one") {
        try await tmux.press("r")
        return text(tmux).contains("\u{1B}[?2026h")
      }
      try await tmux.press("q")
      #expect(try await tmux.ended() == 0)
      let marks = try await written(Self.end, tmux).matches(of: /\e\[\?2026[hl]/).map {
        String($0.output)
      }
      #expect(marks.count(where: { $0.hasSuffix("h") }) > 0)
      // Each begin is followed by its end, and the last word is an end.
      for (begin, end) in zip(marks, marks.dropFirst()) where begin.hasSuffix("h") {
        #expect(end.hasSuffix("l"))
      }
      #expect(marks.last?.hasSuffix("l") == true)
      #expect(try await tmux.screen.contains("2026") == false)
      try await tmux.expectRestored()
    }
  }
}
