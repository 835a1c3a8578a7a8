import SentinelLab
import TestSupport
import Testing

/// The demo in a real terminal: what opens, and where keys lead that change nothing.
@Suite(.live) struct ScreenKeysLiveTests {
  @Test func `the demo opens with everybody there`() async throws {
    try await Tmux.open { tmux in
      try await tmux.start(["demo", "--masters", "2", "--replicas", "1"])
      let screen = try await tmux.expect(
        "3/3 sentinels", "2 masters", "2 replicas", "all well", "Replicas of cache 1",
        "Sentinels of cache 3", "RW")
      #expect(screen.contains("● cache "))
      #expect(screen.contains("● session "))
      #expect(try await tmux.switches.isAlternate)
      #expect(try await !tmux.switches.showsCursor)
    }
  }

  @Test func `arrows, j, k, g and G choose a master, and the other panes follow`() async throws {
    try await Tmux.open { tmux in
      try await tmux.start(["demo", "--masters", "3", "--replicas", "0", "--sentinels", "1"])
      try await tmux.expect("3 masters", "Replicas of cache 0")
      for (key, service) in [
        ("j", "queue"), ("Down", "session"), ("Down", "session"), ("k", "queue"), ("Up", "cache"),
        ("G", "session"), ("g", "cache"), ("PageDown", "session"), ("PageUp", "cache"),
        ("End", "session"), ("Home", "cache"),
      ] {
        try await tmux.press(key)
        try await tmux.expect("Replicas of \(service) 0", "Sentinels of \(service) 1")
      }
    }
  }

  @Test func `Tab, arrows, h, l and digits go from pane to pane`() async throws {
    // So small that only the pane with the focus is there; each has words of its own.
    let words = ["AGREE", "PRIO", "MASTER IT SEES", "answers, version"]
    try await Tmux.open { tmux in
      try await tmux.start(["demo", "--replicas", "1"], columns: 70, rows: 20)
      try await tmux.expect("all well", words[0])
      for (key, pane) in [
        ("Tab", 1), ("Tab", 2), ("Tab", 3), ("Tab", 0), ("BTab", 3), ("BTab", 2), ("Left", 1),
        ("Right", 2), ("h", 1), ("l", 2), ("4", 3), ("1", 0), ("3", 2), ("2", 1),
      ] {
        try await tmux.press(key)
        try await tmux.expect("\(key) leads to \(words[pane])") { screen in
          words.indices.allSatisfy { screen.contains(words[$0]) == ($0 == pane) }
        }
      }
    }
  }

  @Test func `help opens, scrolls to its end, and closes`() async throws {
    try await Tmux.open { tmux in
      // Help needs no Sentinel that answers.
      try await tmux.start(["127.0.0.1:1"], columns: 80, rows: 24)
      try await tmux.expect("nobody listens there")
      try await tmux.press("?")
      try await tmux.expect("┌ Help", "Acting", "Promotes a replica")
      try await tmux.press("G")
      try await tmux.expect("it is at its end") {
        $0.contains("HELLO") && !$0.contains("Promotes a replica")
      }
      try await tmux.press("PageUp", "PageUp", "PageUp", "PageUp")
      try await tmux.expect("Promotes a replica")
      for key in ["?", "Escape", "q"] {
        try await tmux.press(key)
        try await tmux.expect("\(key) closes it") { !$0.contains("┌ Help") }
        try await tmux.press("?")
        try await tmux.expect("┌ Help")
      }
      #expect(tmux.pid.map(Processes.isAlive) == true)
    }
  }

  @Test func `ckquorum answers in Events, and the command log has the line for redis-cli`()
    async throws
  {
    try await Tmux.open { tmux in
      try await tmux.start(["demo", "--replicas", "1"])
      try await tmux.expect("all well")
      try await tmux.press("L")
      try await tmux.expect("Nothing was sent so far")
      try await tmux.escape(from: "Nothing was sent so far")
      try await tmux.expectQuorum()
      try await tmux.press("L")
      let screen = try await tmux.expect("Commands of this session", "SENTINEL CKQUORUM mymaster")
      let lines = screen.matches(
        of: /redis-cli -h 127\.0\.0\.1 -p ([0-9]+) SENTINEL CKQUORUM mymaster/)
      #expect(Set(lines.map(\.output.1)).count == 3)
      try await tmux.press("L")
      try await tmux.expect("it closes") { !$0.contains("Commands of this session") }
    }
  }

  @Test func `what is locked is refused with the reason`() async throws {
    try await Tmux.open { tmux in
      try await tmux.start(["demo", "--replicas", "1", "--sentinels", "1"])
      try await tmux.expect("all well", "RW")
      try await tmux.press("O")
      try await tmux.expect(" RO", "Changes are locked.")
      for key in ["F", "R"] {
        // Wipes the notice, and says nothing itself.
        try await tmux.press("?")
        try await tmux.expect("┌ Help")
        try await tmux.press("?", key)
        try await tmux.expect("Changes are locked: O unlocks them.")
      }
      try await tmux.press("O", "F")
      try await tmux.expect(" RW", "┌ Fail over mymaster?")
    }
  }

  @Test func `a read-only session refuses changes, and can't be unlocked`() async throws {
    try await Tmux.open { tmux in
      try await tmux.start(["demo", "--replicas", "1", "--sentinels", "1", "--read-only"])
      try await tmux.expect("all well", " RO")
      for key in ["F", "R", "O"] {
        try await tmux.press("?")
        try await tmux.expect("┌ Help")
        try await tmux.press("?", key)
        try await tmux.expect("This session is read-only (--read-only).", " RO")
      }
      try await tmux.press("c")
      try await tmux.expect("you: CKQUORUM")
    }
  }
}
