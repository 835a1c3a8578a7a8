import SentinelLab
import SentinelModel
import TestSupport
import Testing

/// The screen on servers that fail.
@Suite(.live) struct ScreenWatchLiveTests {
  @Test func `a master that dies is seen down, replaced, and agreed on`() async throws {
    try await Lab.settled(downAfter: .milliseconds(1_500)) { lab in
      try await Tmux.open { tmux in
        let seeds = lab.sentinels.prefix(2).map(\.address.description)
        // Rows enough for all events, a split vote's and a second attempt's too.
        try await tmux.start(seeds, rows: 90)
        try await tmux.expect("3/3 sentinels", "2 replicas", "all well", "3/3 ")
        let old = lab.masters[0].address
        try await lab.masters[0].kill()
        let new = try await lab.newMaster(after: old)
        try await tmux.expect("each step, and the new master agreed on") { screen in
          let lines = screen.split(separator: "\n")
          let row = lines.first { $0.contains(" mymaster ") && $0.contains("\(new) ") } ?? ""
          return ["+sdown", "+odown", "+elected-leader", "+switch-master"]
            .allSatisfy { screen.contains($0) } && row.contains("3/3") && row.contains("up")
            && lines.contains { $0.contains("\(old) ") && $0.contains("sdown") }
        }
      }
    }
  }

  @Test func `a master that nobody can replace stays odown, on top, and selected at the start`()
    async throws
  {
    try await Lab.settled(
      LabLayout(masters: 2, replicas: 0), downAfter: .milliseconds(1_500)
    ) { lab in
      try await Tmux.open { tmux in
        try await tmux.start([lab.sentinels[0].address.description])
        try await tmux.expect("2 masters", "all well", "Replicas of cache")
        // By name it is the second.
        try await lab.masters[0].kill()
        try await tmux.expect("it is on top, with its words") { screen in
          let rows = screen.matches(of: /│ . (cache|session) +127/).map(\.output.0)
          return ["✖ 1 critical", "+sdown", "+odown"].allSatisfy { screen.contains($0) }
            && rows == ["│ ✖ session 127", "│ ● cache   127"]
        }
      }
      try await Tmux.open { tmux in
        try await tmux.start([lab.sentinels[1].address.description])
        try await tmux.expect("✖ 1 critical", "Replicas of session 0")
        try await lab.masters[0].start()
        try await tmux.expect("all well")
      }
    }
  }

  @Test
  func `a frozen Sentinel is down within three seconds, while keys answer, and is back as soon`()
    async throws
  {
    try await Lab.settled(LabLayout(replicas: 1), downAfter: .seconds(30)) { lab in
      try await Tmux.open { tmux in
        try await tmux.start([lab.sentinels[0].address.description])
        try await tmux.expect("3/3 sentinels", "all well")
        let address = "\(lab.sentinels[2].address) "
        func row(_ screen: String) -> Substring {
          screen.split(separator: "\n").first { $0.contains(address) } ?? ""
        }
        try await lab.sentinels[2].freeze()
        try await tmux.expect("it is down", within: .seconds(3)) {
          row($0).contains(" down ") && $0.contains("2/3 sentinels")
        }
        for _ in 0..<3 {
          try await tmux.press("?")
          try await tmux.expect("┌ Help", within: .seconds(1))
          try await tmux.press("?")
          try await tmux.expect("help is closed", within: .seconds(1)) { !$0.contains("┌ Help") }
        }
        try await lab.sentinels[2].thaw()
        // One that was stopped for two seconds distrusts its clock, and says so.
        try await tmux.expect("it is back", within: .seconds(3)) { screen in
          [" up ", " tilt "].contains { row(screen).contains($0) }
            && screen.contains("3/3 sentinels")
        }
      }
    }
  }

  @Test func `a Sentinel's own words for itself can't be made to move the cursor`() async throws {
    try await Lab.settled(LabLayout(replicas: 0, sentinels: 1)) { lab in
      let port = "\(lab.masters[0].address.port)"
      _ = try await lab.sentinels[0].ask(
        "SENTINEL", "MONITOR", "evil\u{1B}[2J\u{9B}2J\u{7}name", "127.0.0.1", port, "1")
      try await Tmux.open { tmux in
        try await tmux.start([lab.sentinels[0].address.description])
        let screen = try await tmux.expect("2 masters", "evil␛[2J", "mymaster")
        #expect(screen.contains("┌ Masters 2"))
      }
    }
  }
}
