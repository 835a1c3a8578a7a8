import SentinelLab
import SentinelModel
import TestSupport
import Testing

/// The commands that go to all Sentinels: reset, monitor, set, remove, flushconfig.
@Suite(.live) struct ChangeLiveTests {
  /// The shape of what they print as JSON.
  private struct Outcome: Decodable {
    var schema: Int
    var command: [String]
    var ok: Bool
    var answers: [Answer]

    struct Answer: Decodable {
      var sentinel: String
      var result: String
      var text: String
    }
  }

  private func outcome(
    _ arguments: [String], _ lab: Lab, code: Int32 = 0, environment: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> [String: String] {
    let ending = try await Program.run(
      arguments + ["--format", "json", "--yes"] + lab.seed(), environment: environment,
      within: .seconds(120))
    ending.expect(code, sourceLocation: sourceLocation)
    let outcome = try ending.json(Outcome.self)
    #expect(outcome.ok == (code == 0), sourceLocation: sourceLocation)
    #expect(outcome.schema == 1, sourceLocation: sourceLocation)
    return Dictionary(outcome.answers.map { ($0.sentinel, $0.result) }) { "\($0) and \($1)" }
  }

  private func everybody(_ lab: Lab, _ result: String) -> [String: String] {
    Dictionary(uniqueKeysWithValues: lab.sentinels.map { ("\($0.address)", result) })
  }

  /// A field of the master's report, as each Sentinel has it.
  private func field(_ name: String, of service: String, _ lab: Lab) async throws -> [String?] {
    var values: [String?] = []
    for sentinel in lab.sentinels {
      let reports = try await sentinel.askForInstances("SENTINEL", "MASTERS")
      values.append(reports.first { $0["name"] == service }?[name])
    }
    return values
  }

  @Test func `a service is monitored, set, written down, and removed on all Sentinels`()
    async throws
  {
    try await Lab.settled(LabLayout(replicas: 0)) { lab in
      let stranger = try await lab.addStranger()
      let address = stranger.address.description
      let ok = everybody(lab, "ok")
      #expect(try await outcome(["monitor", "other", address, "2"], lab) == ok)
      #expect(
        try await field("port", of: "other", lab)
          == .init(repeating: "\(stranger.address.port)", count: 3))
      // Twice is no mistake, but another address under the same name is.
      #expect(try await outcome(["monitor", "other", address, "2"], lab) == ok)
      let rival = try await Program.run(
        ["monitor", "other", "\(lab.masters[0].address)", "2", "--yes"] + lab.seed())
      rival.expect(4)
      #expect(rival.messages.contains("monitors other already, at \(address)"))
      #expect(
        try await outcome(["set", "other", "quorum", "3", "failover-timeout", "7000"], lab) == ok)
      #expect(try await field("quorum", of: "other", lab) == ["3", "3", "3"])
      #expect(try await outcome(["set", "other", "quorum", "3"], lab) == ok)
      let dry = try await Program.run(
        ["set", "other", "quorum", "9", "--dry-run"] + lab.seed())
      dry.expect(0)
      #expect(dry.messages.contains("\(lab.sentinels[0].address): quorum 3 -> 9"))
      #expect(dry.messages.contains("can't be reached by 3 Sentinels"))
      #expect(try await field("failover-timeout", of: "other", lab) == ["7000", "7000", "7000"])
      #expect(
        try await outcome(["set", "other", "no-such-option", "1"], lab, code: 1)
          == everybody(lab, "refused"))
      #expect(try await outcome(["flushconfig"], lab) == ok)
      #expect(try await outcome(["remove", "other"], lab) == ok)
      #expect(try await field("port", of: "other", lab) == [nil, nil, nil])
      let gone = try await Program.run(["remove", "other", "--yes"] + lab.seed())
      gone.expect(1)
      #expect(gone.messages.contains("there is \(Lab.service)"))
    }
  }

  @Test func `a change that nobody has agreed to isn't made`() async throws {
    try await Lab.settled(LabLayout(replicas: 0)) { lab in
      let address = lab.masters[0].address.description
      try await Listeners.listening(to: lab.sentinels) { listeners in
        for command in [
          ["monitor", "other", address, "2"], ["set", Lab.service, "quorum", "3"],
          ["remove", Lab.service], ["flushconfig"], ["reset", Lab.service],
        ] {
          let alone = try await Program.run(command + lab.seed())
          alone.expect(64)
          #expect(alone.messages.contains("--yes is needed"))
          let dry = try await Program.run(command + ["--dry-run", "--yes"] + lab.seed())
          dry.expect(0)
          #expect(dry.output.isEmpty)
          #expect(dry.messages.contains("Would send to "))
          for sentinel in lab.sentinels { #expect(dry.messages.contains("\(sentinel.address)")) }
        }
        for sentinel in lab.sentinels { _ = try await sentinel.ask("PING") }
        let changes = ["+monitor", "-monitor", "+set", "+reset-master"]
        #expect(!listeners.heard.contains { changes.contains($0.channel) })
      }
      #expect(try await field("quorum", of: Lab.service, lab) == ["2", "2", "2"])
      #expect(try await field("port", of: "other", lab) == [nil, nil, nil])
    }
  }

  @Test func `a reset goes round, and everybody is found again`() async throws {
    try await Lab.settled { lab in
      try await Listeners.listening(to: lab.sentinels) { listeners in
        let ending = try await Program.run(
          ["reset", Lab.service, "--yes"] + lab.seed(), within: .seconds(120))
        ending.expect(0)
        for sentinel in lab.sentinels {
          #expect(ending.messages.contains("\(sentinel.address): 1 service reset"))
        }
        #expect(ending.lines.dropFirst().count { $0.contains("  ok  ") } == 3)
        let resets = listeners.heard.filter { $0.channel == "+reset-master" }.map(\.sentinel)
        // The seed comes first, the others in the order in which they were found.
        #expect(resets.first == lab.sentinels[0].address)
        #expect(resets.sorted() == lab.sentinels.map(\.address).sorted())
      }
      try await eventually("all know everybody again") {
        let replicas = try await field("num-slaves", of: Lab.service, lab)
        let others = try await field("num-other-sentinels", of: Lab.service, lab)
        return replicas == ["2", "2", "2"] && others == ["2", "2", "2"]
      }
      let via = lab.sentinels[1].address
      try await Listeners.listening(to: lab.sentinels) { listeners in
        let one = try await outcome(["reset", Lab.service, "--via", "\(via)"], lab)
        #expect(one == ["\(via)": "ok"])
        for sentinel in lab.sentinels { _ = try await sentinel.ask("PING") }
        #expect(
          listeners.heard.filter { $0.channel == "+reset-master" }.map(\.sentinel) == [via])
      }
    }
  }

  @Test func `one dead Sentinel is told, the others do it, and the status is 1`() async throws {
    try await Lab.settled(LabLayout(replicas: 1)) { lab in
      let dead = lab.sentinels[1].address
      try await lab.sentinels[1].kill()
      var expected = everybody(lab, "ok")
      expected["\(dead)"] = "failed"
      // Before that, the others would be waited for to find it again after a reset.
      try await eventually("the others have noticed") {
        let known = try await lab.sentinels[0].askForInstances(
          "SENTINEL", "SENTINELS", Lab.service)
        return known.contains { $0["flags"]?.contains("s_down") == true }
      }
      let stranger = try await lab.addStranger()
      for command in [
        ["set", Lab.service, "parallel-syncs", "2"], ["flushconfig"],
        ["monitor", "other", "\(stranger.address)", "2"], ["remove", "other"],
        ["reset", Lab.service],
      ] {
        let results = try await outcome(command, lab, code: 1)
        #expect(results == expected, "\(command)")
      }
      for sentinel in [lab.sentinels[0], lab.sentinels[2]] {
        let report = try await sentinel.askForInstances("SENTINEL", "MASTERS")
        #expect(report.map { $0["name"] } == [Lab.service])
        #expect(report.first?["parallel-syncs"] == "2")
      }
    }
  }

  @Test func `the nodes' password comes from the environment and is never shown`() async throws {
    var layout = LabLayout(replicas: 1)
    layout.nodePassword = "s3cret-of-nodes"
    try await Lab.settled(layout) { lab in
      let arguments = ["set", Lab.service, "auth-pass", "-", "--yes"] + lab.seed()
      let ending = try await Program.run(
        arguments, environment: ["SENTOP_NODE_PASSWORD": "s3cret-of-nodes"])
      ending.expect(0)
      #expect(!ending.everything.contains("s3cret-of-nodes"))
      #expect(ending.messages.contains("auth-pass set to ******"))
      let dry = try await Program.run(
        arguments + ["--dry-run"], environment: ["SENTOP_NODE_PASSWORD": "s3cret-of-nodes"])
      #expect(!dry.everything.contains("s3cret-of-nodes"))
      let without = try await Program.run(arguments)
      without.expect(64)
      #expect(without.messages.contains("SENTOP_NODE_PASSWORD"))
    }
  }
}
