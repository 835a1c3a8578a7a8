import Foundation
import SentinelLab
import TestSupport
import Testing

/// However the program ends, the terminal is as it was, and nothing of the demo is left.
@Suite(.live) struct ScreenEndsLiveTests {
  private static let demo = ["demo", "--replicas", "1", "--sentinels", "1"]

  /// A way to end, and the exit status that follows.
  enum Way: CaseIterable, CustomTestStringConvertible {
    case q, controlC, controlCInAQuestion, terminate, hangUp, interrupt, kill

    var status: Int32 {
      switch self {
      case .q, .controlC, .controlCInAQuestion: 0
      case .terminate: 128 + SIGTERM
      case .hangUp: 128 + SIGHUP
      case .interrupt: 128 + SIGINT
      case .kill: 128 + SIGKILL
      }
    }

    /// What is said of it on the terminal, where nobody asked for the end by a key.
    var reason: String {
      switch self {
      case .q, .controlC, .controlCInAQuestion, .kill: ""
      case .terminate: "sentop: ended by SIGTERM"
      case .hangUp: "sentop: ended by SIGHUP"
      case .interrupt: "sentop: ended by SIGINT"
      }
    }

    var testDescription: String { "\(self)" }

    func end(_ tmux: Tmux) async throws {
      switch self {
      case .q: try await tmux.press("q")
      case .controlC: try await tmux.press("C-c")
      case .controlCInAQuestion:
        try await tmux.press("F")
        try await tmux.expect("[ Cancel ]")
        try await tmux.press("C-c")
      case .terminate: try tmux.signal(SIGTERM)
      case .hangUp: try tmux.signal(SIGHUP)
      case .interrupt: try tmux.signal(SIGINT)
      case .kill: try tmux.signal(SIGKILL)
      }
    }
  }

  /// The servers of a demo with their shells, and the shell of its directory.
  private func servers(_ tmux: Tmux) throws -> [Int32] {
    let pids = Processes.descendants(of: try #require(tmux.pid))
    // Three servers, a shell beside each, and the shell that keeps the directory.
    #expect(pids.count == 7)
    #expect(tmux.folder.names(in: "tmp").count { $0.hasPrefix("sentop-lab.") } == 1)
    return pids
  }

  private func expectNothingLeft(of pids: [Int32], _ tmux: Tmux) async throws {
    try await eventually("no process and no file is left") {
      !pids.contains(where: Processes.isAlive) && tmux.folder.names(in: "tmp").isEmpty
    }
  }

  @Test(arguments: Way.allCases)
  func `the terminal is restored and the lab is gone`(way: Way) async throws {
    try await Tmux.open { tmux in
      try await tmux.start(Self.demo)
      try await tmux.expect("1/1 sentinel", "all well")
      let pids = try servers(tmux)
      try await way.end(tmux)
      #expect(try await tmux.ended() == way.status)
      if way == .kill {
        // Nobody could restore the terminal, but servers and files go all the same.
        try await expectNothingLeft(of: pids, tmux)
      } else {
        // All of it was gone before the program ended; shells may take a moment.
        #expect(tmux.folder.names(in: "tmp").isEmpty)
        try await expectNothingLeft(of: pids, tmux)
        let screen = try await tmux.expect(way.reason)
        if way.reason.isEmpty { #expect(!screen.contains("ended by")) }
        try await tmux.expectRestored()
      }
    }
  }

  @Test func `the title says what is watched, and is the old one again in the end`() async throws {
    func title(_ tmux: Tmux) async throws -> String {
      try await tmux.tmux("display-message", "-p", "#{pane_title}")
    }
    for way in [Way.q, .terminate] {
      try await Tmux.open { tmux in
        try await tmux.start(["127.0.0.1:1"], environment: ["TERM": "tmux-256color"])
        try await tmux.expect("nobody listens there")
        #expect(try await title(tmux).hasPrefix("sentop "))
        try await way.end(tmux)
        #expect(try await tmux.ended() == way.status)
        #expect(try await !title(tmux).hasPrefix("sentop"))
      }
    }
  }

  @Test func `nothing is left when the terminal itself is closed`() async throws {
    try await Tmux.open { tmux in
      try await tmux.start(Self.demo)
      try await tmux.expect("all well")
      let pids = try servers(tmux) + [try #require(tmux.pid)]
      try await tmux.tmux("kill-server")
      try await expectNothingLeft(of: pids, tmux)
    }
  }

  @Test func `a signal while the servers start leaves nothing`() async throws {
    try await Tmux.open { tmux in
      try await tmux.start(Self.demo)
      let pid = try #require(tmux.pid)
      let pids = try await eventually("a server starts") {
        let pids = Processes.descendants(of: pid)
        return pids.count >= 2 ? pids : nil
      }
      try tmux.signal(SIGTERM)
      #expect(try await tmux.ended() == 128 + SIGTERM)
      try await expectNothingLeft(of: pids, tmux)
      #expect(tmux.modes.after == tmux.modes.before)
    }
  }

  @Test func `Ctrl-Z gives the terminal to the shell, and fg takes it again`() async throws {
    try await Tmux.open { tmux in
      try await tmux.start(
        program: ["bash", "--norc", "--noprofile", "-i"], environment: ["PS1": "shell> "])
      try await tmux.expect("shell>")
      try await tmux.type("stty -g > first\n")
      try await tmux.type(
        "\(Tmux.quoted(Processes.sentop)) \(Self.demo.joined(separator: " "))\n")
      try await tmux.expect("all well", "? help")
      let shell = try #require(tmux.pid)
      let pid = try #require(
        Processes.descendants(of: shell).first {
          Processes.commandLine(of: $0).hasPrefix(Processes.sentop)
        })
      for _ in 0..<2 {
        try await tmux.press("C-z")
        try await eventually("it is stopped") { Processes.isStopped(pid) }
        try await tmux.expect("Stopped", "shell>")
        #expect(try await tmux.switches == .plain)
        try await tmux.type("stty -g > second; clear\n")
        try await eventually("the terminal is the shell's") {
          tmux.folder.text("second")?.isEmpty == false
            && tmux.folder.text("second") == tmux.folder.text("first")
        }
        try await tmux.type("fg\n")
        try await tmux.expect("all well", "? help", "┌ Masters 1")
        #expect(try await tmux.switches.isAlternate)
        try await tmux.press("?")
        try await tmux.expect("┌ Help")
        try await tmux.press("?")
        try await tmux.expect("help is closed") { !$0.contains("┌ Help") }
      }
      let pids = Processes.descendants(of: pid)
      try await tmux.press("q")
      try await tmux.expect("the shell is back") {
        !$0.contains("? help") && $0.contains("shell>")
      }
      try await expectNothingLeft(of: pids + [pid], tmux)
      try await tmux.type("stty -g > third; exit\n")
      _ = try await tmux.ended()
      #expect(tmux.folder.text("third") == tmux.folder.text("first"))
      try await tmux.expectRestored()
    }
  }
}
