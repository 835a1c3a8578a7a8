import SentinelLab
import SentinelModel
import TestSupport
import Testing

/// Questions in a real terminal, and what comes of their answers.
@Suite(.live) struct ScreenChangesLiveTests {
  /// A lab with the screen on it.
  private func watched(_ body: (Lab, Tmux) async throws -> Void) async throws {
    try await Lab.settled { lab in
      try await Tmux.open { tmux in
        // High enough for every event of a failover.
        try await tmux.start([lab.sentinels[0].address.description], rows: 60)
        try await tmux.expect("3/3 sentinels", "2 replicas", "all well")
        try await body(lab, tmux)
      }
    }
  }

  /// The answer of a command says that nothing sent before is still on its way.
  private func expectNothingSent(_ lab: Lab, _ tmux: Tmux) async throws {
    try await tmux.press("c")
    let screen = try await tmux.expect("you: CKQUORUM")
    #expect(!screen.contains("you: FAILOVER"))
    try await expectNoFailover(lab)
  }

  private func expectNoFailover(_ lab: Lab) async throws {
    for sentinel in lab.sentinels {
      #expect(try await sentinel.master(of: Lab.service) == lab.masters[0].address)
      let report = try await sentinel.askForInstances("SENTINEL", "MASTERS")
      #expect(report.map { $0["flags"] } == ["master"])
    }
  }

  @Test func `Enter cancels a failover, y does it, and it is followed to its end`() async throws {
    try await watched { lab, tmux in
      let old = lab.masters[0].address
      try await tmux.press("F")
      try await tmux.expect(
        "┌ Fail over mymaster?", "master  \(old)", "SENTINEL FAILOVER mymaster", "[ Cancel ]")
      try await tmux.press("Enter")
      try await tmux.expect("the question is gone") { !$0.contains("Fail over mymaster?") }
      try await expectNoFailover(lab)

      try await tmux.press("F")
      try await tmux.expect("┌ Fail over mymaster?")
      try await tmux.press("y")
      try await tmux.expect("you: FAILOVER")
      let new = try await lab.settleAfterFailover(from: old)
      try await tmux.expect("the new master, and who announced it", within: .seconds(60)) {
        screen in
        let lines = screen.split(separator: "\n")
        return lines.contains { $0.contains("● mymaster") && $0.contains("\(new) ") }
          && lines.contains { line in
            line.contains("+switch-master")
              && ["s1", "s2", "s3"].allSatisfy { line.contains($0) }
          }
          && screen.contains("failover done: \(new) is master") && screen.contains("all well")
      }
      try await tmux.press("L")
      try await tmux.expect("Commands of this session 1", "SENTINEL FAILOVER mymaster")
    }
  }

  @Test func `the other button is pressed by Tab and Enter`() async throws {
    try await watched { lab, tmux in
      try await tmux.press("F")
      try await tmux.expect("[ Cancel ]")
      try await tmux.press("Tab")
      try await tmux.expect("[ Fail over ]")
      try await tmux.press("Enter")
      try await tmux.expect("you: FAILOVER")
      _ = try await lab.newMaster(after: lab.masters[0].address)
    }
  }

  @Test(arguments: ["n", "Escape", "q"])
  func `a reset asks, and can be left`(key: String) async throws {
    try await watched { lab, tmux in
      try await Listeners.listening(to: lab.sentinels) { listeners in
        try await tmux.press("R")
        try await tmux.expect(
          "┌ Reset mymaster?", "SENTINEL RESET mymaster", "s1, s2, s3", "[ Cancel ]")
        try await tmux.press(key)
        try await tmux.expect("the question is gone") { !$0.contains("Reset mymaster?") }
        try await tmux.press("c")
        try await tmux.expect("you: CKQUORUM")
        #expect(!listeners.heard.contains { $0.channel == "+reset-master" })
      }
    }
  }

  @Test func `a reset of the selected Sentinel reaches that one alone`() async throws {
    try await watched { lab, tmux in
      try await Listeners.listening(to: lab.sentinels) { listeners in
        try await tmux.press("3", "j", "R")
        let screen = try await tmux.expect("┌ Reset mymaster?", "asked   s2, at ")
        let via = try #require(
          lab.sentinels.map(\.address).first { screen.contains("asked   s2, at \($0)") })
        try await tmux.press("y")
        try await tmux.expect("you: RESET", "1 service reset")
        try await eventually("it was announced") {
          listeners.heard.contains { $0.channel == "+reset-master" }
        }
        #expect(
          listeners.heard.filter { $0.channel == "+reset-master" }.map(\.sentinel) == [via])
      }
    }
  }

  @Test func `pasted text, and keys that were typed ahead, can't answer`() async throws {
    try await watched { lab, tmux in
      try await tmux.press("F")
      try await tmux.expect("[ Cancel ]")
      for text in ["y", "y\n", "yyyy"] {
        try await tmux.press("Tab", "Tab")
        try await tmux.paste(text)
        try await tmux.expect("Pasted text can't answer a question.", "┌ Fail over mymaster?")
      }
      try await tmux.press("n")
      try await tmux.expect("the question is gone") { !$0.contains("Fail over mymaster?") }
      try await tmux.type("Fy")
      try await tmux.expect("came before the question", "┌ Fail over mymaster?")
      try await tmux.escape(from: "[ Cancel ]")
      try await expectNothingSent(lab, tmux)
    }
  }

  @Test func `a question that is cut off by a smaller window can't be answered until it is whole`()
    async throws
  {
    try await watched { lab, tmux in
      try await tmux.press("F")
      try await tmux.expect("[ Cancel ]", "master  \(lab.masters[0].address)")
      for (columns, rows, words) in [
        (60, 6, "enlarge the screen"), (20, 5, "master"), (30, 20, "enlarge the screen"),
      ] {
        try await tmux.resize(columns: columns, rows: rows)
        // Not before it is drawn: until then the whole question stands there.
        try await tmux.expect("it is drawn at \(columns)×\(rows)") { screen in
          screen.contains(words) && !screen.contains("┌ Events")
        }
        try await tmux.press("y")
      }
      // The last size has room to say so; then every key before has been read, too.
      try await tmux.expect("▲ The question")
      try await tmux.resize(columns: 120, rows: 36)
      try await tmux.expect(
        "┌ Fail over mymaster?", "[ Cancel ]", "┌ Events", "3/3 sentinels", "Sentinels of mymaster")
      try await tmux.escape(from: "[ Cancel ]")
      try await expectNothingSent(lab, tmux)
    }
  }

  @Test func `a question whose facts have changed says so, and takes no yes where that is no way`()
    async throws
  {
    try await watched { lab, tmux in
      try await tmux.press("F")
      try await tmux.expect("[ Cancel ]")
      _ = try await lab.sentinels[0].ask("SENTINEL", "FAILOVER", Lab.service)
      try await tmux.expect("It has changed meanwhile:")
      // While it runs there is nothing to be asked.
      try await tmux.expect("a failover runs already", "[ Close ]")
      try await tmux.press("Enter")
      try await tmux.expect("the question is gone") { !$0.contains("Fail over mymaster?") }
    }
  }
}
