import Foundation
import Subprocess
import TestSupport
import Testing

@testable import sentop

/// Which colours are written for which terminal, and which characters.
@Suite(.live) struct ScreenColoursLiveTests {
  private static let nobody = "127.0.0.1:1"

  /// What a screen was drawn with.
  struct Drawing {
    var bytes: [UInt8]
    var screen: String

    private var inks: [String] {
      String(decoding: bytes, as: UTF8.self)
        .matches(of: /\e\[([0-9;:]*)m/).map { String($0.output.1) }
    }
    var isDirect: Bool { inks.contains { $0.contains(/[34]8[;:]2[;:]/) } }
    var isIndexed: Bool { inks.contains { $0.contains(/[34]8[;:]5[;:]/) } }
    var isColoured: Bool { inks.contains { $0.contains(/(^|;)([34][0-7]|9[0-7]|10[0-7])(;|$)/) } }
    var depth: String {
      isDirect ? "direct" : isIndexed ? "indexed" : isColoured ? "basic" : "none"
    }
  }

  private func drawn(
    _ arguments: [String], _ environment: [String: String], columns: Int = 120,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Drawing {
    try await Tmux.open { tmux in
      try await tmux.start(
        [Self.nobody] + arguments, columns: columns, environment: environment)
      try await tmux.expect("nobody listens there", sourceLocation: sourceLocation)
      try await tmux.press("?")
      let screen = try await tmux.expect("Help", sourceLocation: sourceLocation)
      try await tmux.press("?", "q")
      #expect(try await tmux.ended() == 0, sourceLocation: sourceLocation)
      // The old VT100 has no second screen: what stood there stays, as with every program.
      #expect(tmux.modes.after == tmux.modes.before, sourceLocation: sourceLocation)
      let bytes = try await eventually("all of it is in the file", sourceLocation: sourceLocation) {
        let bytes = tmux.raw
        return String(decoding: bytes, as: UTF8.self).contains("\u{1B}[?2004l") ? bytes : nil
      }
      return Drawing(bytes: bytes, screen: screen)
    }
  }

  @Test(arguments: [
    ("xterm-256color", "indexed"), ("tmux-256color", "indexed"), ("screen-256color", "indexed"),
    ("screen", "basic"), ("xterm", "basic"), ("linux", "basic"), ("vt100", "none"),
  ])
  func `a terminal gets the colours that it has, and a screen in any case`(
    terminal: String, depth: String
  ) async throws {
    let drawing = try await drawn([], ["TERM": terminal])
    #expect(drawing.depth == depth)
    // More is never to be had by asking.
    let always = try await drawn(["--color", "always", "--theme", "nord"], ["TERM": terminal])
    #expect(always.depth == depth)
  }

  @Test(arguments: [
    (["NO_COLOR": "1"], "none"), (["CLICOLOR": "0"], "none"), (["CLICOLOR": "1"], "indexed"),
    (["CLICOLOR": "0", "CLICOLOR_FORCE": "1"], "indexed"),
    (["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], "none"),
  ])
  func `the environment says how many at most`(
    environment: [String: String], depth: String
  ) async throws {
    let drawing = try await drawn(
      [], environment.merging(["TERM": "xterm-256color"]) { $1 })
    #expect(drawing.depth == depth)
    let said = try await drawn(
      ["--color", "16"], environment.merging(["TERM": "xterm-256color"]) { $1 })
    #expect(said.depth == "basic")
  }

  /// Descriptions with 24-bit colours, as the package ncurses-term has them.
  private static let descriptions = #"""
    xterm-direct|for these tests,
    	RGB, colors#0x1000000, pairs#0x10000,
    	setab=\E[%?%p1%{8}%<%t4%p1%d%e48\:2\:\:%p1%{65536}%/%d\:%p1%{256}%/%{255}%&%d\:%p1%{255}%&%d%;m,
    	setaf=\E[%?%p1%{8}%<%t3%p1%d%e38\:2\:\:%p1%{65536}%/%d\:%p1%{256}%/%{255}%&%d\:%p1%{255}%&%d%;m,
    	setb@, setf@, initc@, ccc@, use=xterm-256color,
    tmux-direct256|for these tests,
    	RGB, colors#0x1000000, pairs#0x10000,
    	setab=\E[%?%p1%{256}%<%t48;5;%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
    	setaf=\E[%?%p1%{256}%<%t38;5;%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m,
    	setb@, setf@, initc@, ccc@, use=tmux-256color,

    """#

  @Test func `24 bits are used where terminal and ncurses both know of them`() async throws {
    try await Folder.open { folder in
      let source = try folder.file("direct.ti", Self.descriptions)
      let result = try await run(
        .name("tic"), arguments: ["-x", "-o", folder.path, source], input: .none,
        output: .discarded,
        error: .string(limit: 1 << 16))
      try #require(result.terminationStatus == .exited(0), "\(result.standardError)")
      func depth(
        _ terminal: String, _ more: [String: String] = [:], _ arguments: [String] = []
      ) async throws -> String {
        let usual = ["TERM": terminal, "TERMINFO": folder.path, "COLORTERM": "truecolor"]
        return try await drawn(
          ["--theme", "nord"] + arguments, usual.merging(more) { $1 }
        ).depth
      }
      #expect(try await depth("xterm-direct", ["COLORTERM": ""]) == "direct")
      #expect(try await depth("xterm-256color") == "direct")
      #expect(try await depth("tmux-256color") == "direct")
      #expect(try await depth("xterm-256color", ["COLORTERM": ""]) == "indexed")
      #expect(try await depth("xterm-256color", [:], ["--color", "256"]) == "indexed")
      #expect(try await depth("xterm-256color", ["NO_COLOR": "1"]) == "none")
      #expect(try await depth("screen-256color") == "indexed")
      // A theme of the terminal's own palette keeps it, where the description can say so.
      #expect(try await depth("tmux-256color", [:], ["--theme", "dark"]) == "indexed")
      let info = try await Program.run(
        ["info"],
        environment: [
          "TERM": "tmux-256color", "TERMINFO": folder.path, "COLORTERM": "truecolor",
        ])
      #expect(info.text.contains("described as tmux-direct256"))
      #expect(info.text.contains(/colours +24 bit/))
    }
  }

  @Test(arguments: ["xterm-256color", "linux", "vt100"])
  func `where the locale knows no other, every byte is ASCII`(terminal: String) async throws {
    let drawing = try await drawn([], ["TERM": terminal, "LANG": "C", "LC_ALL": "C"])
    #expect(drawing.bytes.allSatisfy { $0 < 0x80 })
    #expect(drawing.screen.contains("+ Help"))
  }

  @Test func `info asks a terminal that is there, and leaves it as it was`() async throws {
    try await Tmux.open { tmux in
      try await tmux.start(["info"], environment: ["TERM": "tmux-256color"])
      #expect(try await tmux.ended() == 0)
      try await tmux.expect("the terminal says")
      // Its answers were taken, and none is left for the shell.
      #expect(try await !tmux.screen.contains("[?"))
      #expect(tmux.modes.after == tmux.modes.before)
    }
  }

  @Test func `info tells what a terminal can do`() async throws {
    func info(_ environment: [String: String]) async throws -> String {
      try await Program.run(["info"], environment: environment).text
    }
    let many = try await info(["TERM": "xterm-256color", "COLORTERM": "truecolor"])
    #expect(many.contains(/colours +(24 bit|256; COLORTERM says 24 bit.*ncurses-term)/))
    #expect(many.contains(/clipboard +by OSC 52/) && many.contains(/mouse +yes/))
    #expect(many.contains(/synchronized output +asked for/))
    let dumb = try await info(["TERM": "dumb"])
    #expect(dumb.contains(/screen +no: .*sentop status/) && dumb.contains(/clipboard +no/))
    let old = try await info(["TERM": "vt100", "LC_ALL": "C", "CLICOLOR": "1"])
    #expect(old.contains(/colours +none\n/) && old.contains(/characters +ASCII/))
    #expect(old.contains(/mouse +no/) && old.contains(/title +no/))
    let none = try await info(["TERM": "xterm", "NO_COLOR": "1"])
    #expect(none.contains(/colours +none, by NO_COLOR/))
    #expect(try await info(["TERM": "tmux", "TMUX": "x"]).contains("allow-passthrough"))
  }
}
