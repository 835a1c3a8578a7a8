import Foundation
import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import Canvas
@testable import sentop

/// What is written to the terminal: sizes, themes, colours, characters; and where there is none.
@Suite(.live) struct ScreenLookLiveTests {
  /// A screen that needs no servers.
  private static let nobody = "127.0.0.1:1"

  /// The bytes that a screen is drawn with.
  private func drawn(
    _ arguments: [String], environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> [UInt8] {
    try await Tmux.open { tmux in
      try await tmux.start([Self.nobody] + arguments, environment: environment)
      try await tmux.expect("nobody listens there", sourceLocation: sourceLocation)
      try await tmux.press("?")
      try await tmux.expect("Help", "Promotes a replica", sourceLocation: sourceLocation)
      return tmux.raw
    }
  }

  /// The numbers in all sequences that set colours and emphasis.
  private func inks(_ bytes: [UInt8]) -> Set<String> {
    let text = String(decoding: bytes, as: UTF8.self)
    return Set(text.matches(of: /\e\[([0-9;]*)m/).map { String($0.output.1) })
  }

  private func colours(_ bytes: [UInt8]) -> Set<Int> {
    let numbers = inks(bytes).flatMap { $0.split(separator: ";") }.compactMap { Int($0) }
    return Set(numbers).intersection(Array(30...38) + Array(40...48) + Array(90...107))
  }

  @Test func `themes are told apart by what they write`() async throws {
    func border(_ name: String) throws -> String {
      let look = try ThemeFiles.load(name, environment: [:]).looks[.borderFocused]
      return "38;5;\(try #require(look?.foreground))"
    }
    let (dark, light) = try (border("dark"), border("light"))
    #expect(dark != light)
    for (arguments, ink, other) in [
      ([], dark, light), (["--theme", "dark"], dark, light), (["--theme", "light"], light, dark),
    ] {
      let inks = inks(try await drawn(arguments))
      #expect(inks.contains { $0.hasSuffix(ink) })
      #expect(!inks.contains { $0.hasSuffix(other) })
    }
    #expect(colours(try await drawn(["--theme", "mono"])).isEmpty)
    try await Folder.open { folder in
      let file = try folder.file("mine.yaml", "name: mine\nroles:\n  border: {fg: 201}\n")
      #expect(inks(try await drawn(["--theme", file])).contains { $0.hasSuffix("38;5;201") })
      try folder.make("sentop/themes")
      _ = try folder.file("sentop/themes/own.yaml", "name: own\nroles:\n  border: {fg: 202}\n")
      let own = try await drawn(
        ["--theme", "own"], environment: ["XDG_CONFIG_HOME": folder.path])
      #expect(inks(own).contains { $0.hasSuffix("38;5;202") })
    }
  }

  @Test func `NO_COLOR and --color never write no colour`() async throws {
    #expect(colours(try await drawn([], environment: ["NO_COLOR": "1"])).isEmpty)
    #expect(colours(try await drawn(["--color", "never"])).isEmpty)
    #expect(!colours(try await drawn([], environment: ["NO_COLOR": ""])).isEmpty)
    // What is said by hand counts more.
    let always = try await drawn(["--color", "always"], environment: ["NO_COLOR": "1"])
    #expect(!colours(always).isEmpty)
    let few = try await drawn(["--color", "16"])
    #expect(!colours(few).isEmpty)
    #expect(!inks(few).contains { $0.contains("38;5;") || $0.contains("48;5;") })
  }

  @Test(arguments: [["--ascii"], []])
  func `with --ascii, or where the locale knows no other, every byte is ASCII`(
    arguments: [String]
  ) async throws {
    try await Tmux.open { tmux in
      try await tmux.start(
        ["demo", "--replicas", "1"] + arguments,
        environment: arguments.isEmpty ? ["LANG": "C"] : [:])
      try await tmux.expect("all well", "Masters 1")
      try await tmux.press("c")
      try await tmux.expect("you: CKQUORUM")
      try await tmux.press("F")
      try await tmux.expect("[ Cancel ]")
      try await tmux.press("n", "?")
      try await tmux.expect("Promotes a replica")
      try await tmux.press("q", "L")
      try await tmux.expect("redis-cli -h")
      let other = tmux.raw.filter { $0 >= 0x80 }
      #expect(other.isEmpty)
      #expect(!tmux.raw.isEmpty)
    }
  }

  @Test(arguments: [
    (["--theme", "nope"], [:], "there is ansi, dark,"),
    (["--theme", "/nonexistent.yaml"], [:], "/nonexistent.yaml can't be read"),
    ([], ["TERM": "no-such-terminal"], "TERM=xterm-256color"),
    ([], ["TERM": ""], "TERM is not set"), ([], ["TERM": "dumb"], "TERM=xterm-256color"),
    ([], ["TERM": "dumb"], "sentop status"),
  ])
  func `a screen that can't be had is explained on an untouched terminal`(
    arguments: [String], environment: [String: String], words: String
  ) async throws {
    for command in [[Self.nobody], ["demo"]] {
      try await Tmux.open { tmux in
        try await tmux.start(command + arguments, environment: environment)
        #expect(try await tmux.ended() == 1)
        try await tmux.expect("Error: ", words)
        #expect(!tmux.raw.contains(0x1B))
        try await tmux.expectRestored()
      }
    }
  }

  @Test func `without a terminal on stdout it is said on stderr`() async throws {
    try await Tmux.open { tmux in
      try await tmux.start([Self.nobody], columns: 200, redirection: "> out")
      #expect(try await tmux.ended() == 1)
      try await tmux.expect("standard output is no terminal", "sentop status")
      #expect(tmux.folder.text("out") == "")
      try await tmux.expectRestored()
    }
  }

  @Test func `without a terminal on stdin it is said as well`() async throws {
    try await Tmux.open { tmux in
      try await tmux.start([Self.nobody], columns: 200, redirection: "< /dev/null")
      #expect(try await tmux.ended() == 1)
      try await tmux.expect("standard input is no terminal", "sentop status")
      #expect(!tmux.raw.contains(0x1B))
      try await tmux.expectRestored()
    }
  }

  @Test func `any size is drawn, and nothing of an old one is left`() async throws {
    try await Lab.settled(LabLayout(replicas: 1)) { lab in
      try await Tmux.open { tmux in
        try await tmux.start([lab.sentinels[0].address.description])
        try await tmux.expect("all well", "Sentinels of mymaster 3", "┌ Events")
        let whole = [
          "┌ Masters 1", "Replicas of mymaster 1", "Sentinels of mymaster 3", "┌ Events",
        ]
        for (columns, rows) in [(80, 24), (40, 12), (20, 5), (1, 1), (2, 40), (200, 3), (250, 70)] {
          try await tmux.resize(columns: columns, rows: rows)
          // A key is answered at every size.
          try await tmux.press("Tab", "BTab")
        }
        try await tmux.expect("it fills the large screen") { screen in
          let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
          return whole.allSatisfy { screen.contains($0) } && lines.count == 70
            && lines[1].count == 250
        }
        try await tmux.resize(columns: 40, rows: 12)
        try await tmux.expect("only one pane is left") {
          $0.contains("1Masters 2Replicas") && !$0.contains("┌") && $0.contains("mymaster")
        }
        try await tmux.resize(columns: 120, rows: 36)
        try await tmux.expect(
          "all well", "┌ Masters 1", "Sentinels of mymaster 3", "? help  q quit")
      }
    }
  }

  @Test func `the mouse is asked for, unless it is left to the terminal`() async throws {
    for (arguments, asks) in [([], true), (["--no-mouse"], false)] {
      try await Tmux.open { tmux in
        try await tmux.start([Self.nobody] + arguments)
        try await tmux.expect("nobody listens there")
        #expect(try await tmux.switches.asksForMouse == asks)
        try await tmux.press("q")
        #expect(try await tmux.ended() == 0)
        try await tmux.expectRestored()
      }
    }
  }

  @Test func `Ctrl-L wipes off what another program wrote`() async throws {
    try await Tmux.open { tmux in
      try await tmux.start([Self.nobody])
      try await tmux.expect("nobody listens there")
      let terminal = try await tmux.tmux("display-message", "-p", "#{pane_tty}")
      let handle = try #require(FileHandle(forWritingAtPath: terminal))
      try handle.write(contentsOf: Data("\u{1B}[9;9Hwritten by somebody else".utf8))
      try handle.close()
      try await tmux.expect("written by somebody else")
      try await tmux.press("C-l")
      try await tmux.expect("it is wiped off") {
        !$0.contains("written by somebody else") && $0.contains("nobody listens there")
      }
    }
  }

  @Test func `two demos run side by side, and one's end is not the other's`() async throws {
    func addresses(_ screen: String) -> Set<String> {
      Set(screen.matches(of: /127\.0\.0\.1:[0-9]+/).map { String($0.output) })
    }
    try await Tmux.open { left in
      try await Tmux.open { right in
        try await left.start(["demo", "--replicas", "1"])
        try await right.start(["demo", "--replicas", "1"])
        let ours = addresses(try await left.expect("3/3 sentinels", "all well"))
        let theirs = addresses(try await right.expect("3/3 sentinels", "all well"))
        #expect(ours.count == 5 && theirs.count == 5)
        #expect(ours.isDisjoint(with: theirs))
        try await left.press("q")
        #expect(try await left.ended() == 0)
        try await right.expectQuorum()
        try await right.expect("3/3 sentinels", "all well")
      }
    }
  }
}
