import SentinelLab
import SentinelModel
import TestSupport
import Testing

/// Changes that are filled in, agreed to and followed in a real terminal.
@Suite(.live) struct ScreenActingLiveTests {
  private func watched(
    rows: Int = 40, _ layout: LabLayout = LabLayout(replicas: 1),
    _ body: (Lab, Tmux) async throws -> Void
  ) async throws {
    try await Lab.settled(layout) { lab in
      try await Tmux.open { tmux in
        try await tmux.start([lab.sentinels[0].address.description], rows: rows)
        try await tmux.expect("3/3 sentinels", "1 replica", "all well")
        try await body(lab, tmux)
      }
    }
  }

  /// A field of a service's report, as each Sentinel has it.
  private func field(_ name: String, of service: String, _ lab: Lab) async throws -> [String?] {
    var values: [String?] = []
    for sentinel in lab.sentinels {
      let reports = try await sentinel.askForInstances("SENTINEL", "MASTERS")
      values.append(reports.first { $0["name"] == service }?[name])
    }
    return values
  }

  @Test func `a setting is edited at all Sentinels, and taken back`() async throws {
    try await watched { lab, tmux in
      try await tmux.press("E")
      try await tmux.expect("┌ Settings of mymaster", "failover-timeout", "Empty leaves it.")
      try await tmux.type("3")
      try await tmux.press("Enter")
      try await tmux.expect(
        "┌ Change the settings of mymaster?", "s1, s2, s3: 2 → 3", "[ Cancel ]",
        "SENTINEL SET mymaster quorum 3")
      #expect(try await field("quorum", of: Lab.service, lab) == ["2", "2", "2"])
      try await tmux.press("y")
      try await tmux.expect("SET mymaster", "done at s1, s2 and s3", "quorum 3")
      #expect(try await field("quorum", of: Lab.service, lab) == ["3", "3", "3"])
      try await tmux.press("u")
      try await tmux.expect("┌ Go back to the old settings of mymaster?", "s1, s2, s3: 3 → 2")
      try await tmux.press("y")
      try await tmux.expect("done at s1, s2 and s3", "quorum 2")
      #expect(try await field("quorum", of: Lab.service, lab) == ["2", "2", "2"])
      try await tmux.escape(from: " ended ┐")
      try await tmux.press("L")
      try await tmux.expect(
        "Commands of this session 2", "SENTINEL SET mymaster quorum 3",
        "SENTINEL SET mymaster quorum 2")
    }
  }

  @Test func `a setting that differs is made the same, where it differs only`() async throws {
    try await watched { lab, tmux in
      _ = try await lab.sentinels[1].ask("SENTINEL", "SET", Lab.service, "parallel-syncs", "5")
      try await tmux.expect("the screen knows it", within: .seconds(60)) { screen in
        screen.contains("+set")
      }
      try await tmux.press("E")
      try await tmux.expect("the form shows who has what") { screen in
        screen.contains(/parallel-syncs +s[1-3] s[1-3]: 1, s[1-3]: 5|parallel-syncs +s[1-3]: 5/)
      }
      try await tmux.press("Down", "Down", "Down")
      try await tmux.type("1")
      try await tmux.press("Enter")
      try await tmux.expect("it says who has it already") { screen in
        screen.contains(/s[1-3], s[1-3]: already 1/) && screen.contains(/s[1-3]: 5 → 1/)
      }
      try await tmux.press("y")
      try await tmux.expect("parallel-syncs 1", "done at s")
      #expect(try await field("parallel-syncs", of: Lab.service, lab) == ["1", "1", "1"])
    }
  }

  @Test func `a new master is monitored by all, and forgotten by all`() async throws {
    try await watched { lab, tmux in
      let stranger = try await lab.addStranger()
      try await tmux.press("M")
      try await tmux.expect("┌ Monitor a new master", "name", "quorum")
      try await tmux.type("queue")
      try await tmux.press("Tab")
      try await tmux.type("nowhere:x")
      try await tmux.expect("not HOST:PORT")
      try await tmux.press("C-u")
      try await tmux.type(stranger.address.description)
      try await tmux.press("Enter")
      try await tmux.expect("┌ Monitor queue?", "begin to monitor \(stranger.address) as queue")
      try await tmux.press("y")
      try await tmux.expect("done at s1, s2 and s3", "monitors \(stranger.address)")
      #expect(
        try await field("port", of: "queue", lab)
          == .init(repeating: "\(stranger.address.port)", count: 3))

      try await tmux.escape(from: " ended ┐")
      try await tmux.expect("2 masters", "queue")
      try await tmux.press("1")
      // Whichever is on top.
      try await eventually("queue is selected") {
        if try await tmux.screen.contains("Replicas of queue") { return true }
        try await tmux.press("j")
        return false
      }
      try await tmux.press("D")
      try await tmux.expect("┌ Stop monitoring queue?", "Lost with it: quorum 2", "[ Cancel ]")
      try await tmux.press("y")
      try await tmux.expect("done at s1, s2 and s3", "no longer lists it")
      #expect(try await field("port", of: "queue", lab) == [nil, nil, nil])
      #expect(
        try await field("name", of: Lab.service, lab) == .init(repeating: Lab.service, count: 3))
    }
  }

  @Test func `a rolling reset is followed to its end, and goes on when it is closed`() async throws
  {
    try await watched { lab, tmux in
      try await Listeners.listening(to: lab.sentinels) { listeners in
        try await tmux.press("R")
        try await tmux.expect("┌ Reset mymaster?", "[ Cancel ]")
        try await tmux.press("y")
        try await tmux.expect("┌ RESET mymaster", "under way", "s2  waits", "found again")
        try await tmux.escape(from: "under way")
        try await tmux.expect("RESET mymaster: ")
        try await tmux.press("P")
        try await tmux.expect("┌ RESET mymaster")
        try await tmux.expect(
          "ended", "done at s1, s2 and s3", "1 of 1 replica, 2 of 2 Sentinels found again",
          within: .seconds(120))
        #expect(
          listeners.heard.filter { $0.channel == "+reset-master" }.map(\.sentinel).sorted()
            == lab.sentinels.map(\.address).sorted())
      }
      try await tmux.press("q")
      // In Events, too.
      try await tmux.expect("RESET mymaster: done at s1, s2 and s3")
    }
  }

  @Test func `a rolling reset is stopped between two Sentinels`() async throws {
    try await watched { lab, tmux in
      try await Listeners.listening(to: lab.sentinels) { listeners in
        try await tmux.press("R")
        try await tmux.expect("┌ Reset mymaster?", "[ Cancel ]")
        try await tmux.press("y")
        try await tmux.expect("┌ RESET mymaster", "under way", "s2  waits")
        try await tmux.press("a")
        try await tmux.expect(
          "done at s1; not asked: s2 and s3, since you stopped it", within: .seconds(60))
        #expect(listeners.heard.count { $0.channel == "+reset-master" } == 1)
      }
    }
  }

  @Test func `configuration files are written`() async throws {
    try await watched { _, tmux in
      try await tmux.press("W")
      try await tmux.expect("┌ Write the configuration files?", "[ Cancel ]")
      try await tmux.press("y")
      try await tmux.expect("FLUSHCONFIG", "done at s1, s2 and s3")
    }
  }

  @Test func `in a protected profile only the typed name is a yes`() async throws {
    try await Lab.settled(LabLayout(replicas: 1)) { lab in
      try await Tmux.open { tmux in
        let path = try tmux.folder.file(
          "config.yaml",
          """
          profiles:
            lab:
              seeds: ["\(lab.sentinels[0].address)"]
              protected: true

          """)
        try await tmux.start(["--profile", "lab"], rows: 40, environment: ["SENTOP_CONFIG": path])
        try await tmux.expect("3/3 sentinels", "all well")
        try await Listeners.listening(to: lab.sentinels) { listeners in
          try await tmux.press("W")
          try await tmux.expect("┌ Write the configuration files?", "Type lab:")
          for text in ["lab", "lab\n", "y\n"] {
            try await tmux.paste(text)
            try await tmux.expect("Pasted text can't answer a question.", "Type lab:")
          }
          try await tmux.type("y")
          try await tmux.press("Enter")
          try await tmux.expect("That is another name. Type lab, to the letter.")
          try await tmux.escape(from: "Type lab:")

          // A whole answer that was typed ahead.
          try await tmux.type("Dmymaster\r")
          try await tmux.expect("┌ Stop monitoring mymaster?", "came before the question")
          try await tmux.escape(from: "Type mymaster:")
          try await tmux.press("R")
          try await tmux.expect("Type mymaster:")
          try await tmux.type("mymaster")
          try await tmux.expect("[ Reset ]")
          try await tmux.press("Enter")
          try await tmux.expect("┌ RESET mymaster", "under way")
          #expect(!listeners.heard.contains { $0.channel == "-monitor" })
        }
      }
    }
  }
}
