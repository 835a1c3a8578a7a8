import Foundation
import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import Canvas

/// A real Sentinel takes any name for a service. None gets through to the terminal.
@Suite(.live) struct HostileNamesLiveTests {
  private static let names = [
    "\u{1B}]0;owned\u{7}\u{1B}[2J\u{1B}[31m", "\u{9B}2J\u{90}q\u{9C}", "\u{202E}txet\u{2066}",
    "a\u{200B}\u{200D}\u{FEFF}b", "\r\n\t\u{8}\u{7F}", "日本語データベース", "👨‍👩‍👧👍🏽🇩🇪",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}x",
    String(repeating: "M\u{336}", count: 20_000) + "\u{1B}[5m",
  ]

  @Test(arguments: [["--ascii"], []])
  func `a name draws no more than its letters and marks`(arguments: [String]) async throws {
    try await Lab.settled(LabLayout(replicas: 1, sentinels: 1)) { lab in
      for (number, name) in Self.names.enumerated() {
        // A master that isn't there will do.
        let answer = try await lab.sentinels[0].ask(
          "SENTINEL", "MONITOR", name, "127.0.0.1", "\(1 + number)", "1")
        #expect(answer == ["OK"])
      }
      try await Tmux.open { tmux in
        try await tmux.start(
          [lab.sentinels[0].address.description, "--theme", "mono"] + arguments,
          environment: ["TERM": "xterm-256color"])
        let count = Self.names.count + 1
        try await tmux.expect("\(count) masters", "mymaster")
        // Every row has been selected, which puts its name into the other panes' titles.
        for _ in 1..<count { try await tmux.press("Down") }
        try await tmux.press("d")
        try await tmux.expect("Doctor")
        try await tmux.press("Escape")
        let screen = try await tmux.expect("the doctor is closed") {
          $0.contains("Masters \(count)") && !$0.contains("Doctor")
        }
        if arguments.isEmpty {
          #expect(screen.contains("␛]0;owned␇␛[2J␛[31m") || screen.contains("␛]0;owned"))
          #expect(screen.contains("⇄txet⇄") && screen.contains("日本語"))
        } else {
          #expect(screen.contains("^]0;owned"))
          #expect(tmux.raw.allSatisfy { $0 < 0x80 })
        }
        // The right border stands straight, whatever is left of it.
        for line in screen.split(separator: "\n") where line.contains("│") || line.contains("|") {
          #expect(Glyph.columns(of: String(line)) == 120, "\(line)")
        }
        expectHarmless(tmux.raw)
        #expect(try await tmux.tmux("display-message", "-p", "#{pane_title}") != "owned")
        try await tmux.press("q")
        #expect(try await tmux.ended() == 0)
        try await tmux.expectRestored()
      }
    }
  }

  /// Looks for sequences that only a name can have brought, and for characters that no terminal may
  /// get.
  private func expectHarmless(
    _ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let text = String(decoding: bytes, as: UTF8.self)
    let isOurs = /\e\]2;sentop [^\u{7}\e]*\u{7}/
    let rest = text.replacing(isOurs, with: "")
    #expect(!rest.contains("\u{1B}]"), sourceLocation: sourceLocation)
    #expect(!rest.contains("\u{7}"), sourceLocation: sourceLocation)
    // Blinking, and red in a theme without colours, were asked for by names alone.
    #expect(!rest.contains("\u{1B}[5m") && !rest.contains("\u{1B}[31m"))
    for scalar in rest.unicodeScalars where scalar.value >= 0x80 {
      #expect(
        scalar.properties.generalCategory != .control
          && scalar.properties.generalCategory != .format,
        "U+\(String(scalar.value, radix: 16))", sourceLocation: sourceLocation)
    }
  }
}
