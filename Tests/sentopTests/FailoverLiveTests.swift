import Foundation
import SentinelLab
import SentinelModel
import TestSupport
import Testing

/// `sentop failover` on real servers.
@Suite(.live) struct FailoverLiveTests {
  /// Runs the body and records an issue for every announcement of a failover meanwhile.
  private func expectNoFailover(_ lab: Lab, _ body: () async throws -> Void) async throws {
    try await Listeners.listening(to: lab.sentinels) { listeners in
      try await body()
      // Whatever was sent has been answered by now; a Sentinel announces in the same breath.
      for sentinel in lab.sentinels { _ = try await sentinel.ask("PING") }
      #expect(!listeners.heard.contains { $0.channel.contains("failover") })
    }
    for sentinel in lab.sentinels {
      #expect(try await sentinel.master(of: Lab.service) == lab.masters[0].address)
    }
  }

  @Test func `nothing happens without a yes, nor on a dry run`() async throws {
    try await Lab.settled { lab in
      try await expectNoFailover(lab) {
        let alone = try await Program.run(["failover", Lab.service] + lab.seed())
        alone.expect(64)
        #expect(alone.output.isEmpty)
        #expect(alone.messages.contains("--yes is needed"))
        for extra in [["--dry-run"], ["--dry-run", "--yes"]] {
          let dry = try await Program.run(["failover", Lab.service] + extra + lab.seed())
          dry.expect(0)
          #expect(dry.messages.contains("SENTINEL FAILOVER \(Lab.service)"))
          #expect(dry.lines[0].hasPrefix("\(Lab.service): go"))
          #expect(dry.text.contains("\(lab.masters[0].address)"))
        }
        struct Report: Decodable {
          struct Candidate: Decodable { var address: String }
          var verdict: String
          var candidate: Candidate?
        }
        let json = try await Program.run(
          ["failover", Lab.service, "--dry-run", "--format", "json"] + lab.seed())
        let report = try json.json(Report.self)
        #expect(report.verdict != "no")
        #expect(
          lab.replicas.map { "\($0.address)" }.contains(try #require(report.candidate).address))
        let via = lab.sentinels[2].address.description
        let dry = try await Program.run(
          ["failover", Lab.service, "--dry-run", "--via", via] + lab.seed())
        #expect(dry.messages.contains("Would send to \(via):"))
        let unknown = try await Program.run(["failover", "other", "--yes"] + lab.seed())
        unknown.expect(1)
        let nobody = try await Program.run(
          ["failover", Lab.service, "--yes", "--via", "127.0.0.1:1"] + lab.seed())
        nobody.expect(4)
      }
    }
  }

  @Test
  func `with yes and wait it is done, the new master is on stdout, and a second one is refused`()
    async throws
  {
    try await Lab.settled { lab in
      let old = lab.masters[0].address
      try await Listeners.listening(to: lab.sentinels) { listeners in
        async let first = Program.run(
          ["failover", Lab.service, "--yes", "--wait", "90s"] + lab.seed(), within: .seconds(120))
        try await eventually("it has begun") {
          listeners.heard.contains { $0.channel == "+try-failover" }
        }
        let second = try await Program.run(["failover", Lab.service, "--yes"] + lab.seed())
        second.expect(4)
        #expect(second.output.isEmpty)
        #expect(second.messages.contains("Refused: "))

        let ending = try await first
        ending.expect(0)
        let new = try await lab.settleAfterFailover(from: old)
        #expect(ending.text == "\(new.host) \(new.port)\n")
        #expect(lab.replicas.map(\.address).contains(new))
        #expect(ending.messages.contains("has begun"))
        #expect(ending.messages.contains("done: \(new) is master"))
        #expect(listeners.heard.count { $0.channel == "+try-failover" } == 1)
      }
    }
  }

  @Test func `with yes alone it ends when the Sentinel has begun, the one that was named`()
    async throws
  {
    try await Lab.settled { lab in
      let via = lab.sentinels[1].address
      try await Listeners.listening(to: lab.sentinels) { listeners in
        let ending = try await Program.run(
          ["failover", Lab.service, "-y", "--via", "\(via)"] + lab.seed())
        ending.expect(0)
        #expect(ending.output.isEmpty)
        #expect(ending.messages.contains("\(via) has begun."))
        _ = try await lab.newMaster(after: lab.masters[0].address)
        #expect(
          listeners.heard.filter { $0.channel == "+try-failover" }.map(\.sentinel) == [via])
      }
    }
  }

  @Test func `a wait that is too short ends with 7, and the failover goes on`() async throws {
    try await Lab.settled { lab in
      let ending = try await Program.run(
        ["failover", Lab.service, "--yes", "--wait", "1s", "--format", "json"] + lab.seed())
      ending.expect(7)
      #expect(ending.output.isEmpty)
      #expect(ending.messages.contains("Not over after"))
      _ = try await lab.newMaster(after: lab.masters[0].address)
    }
  }

  @Test func `the end is told as JSON where that is asked for`() async throws {
    struct Report: Decodable {
      var schema: Int
      var service: String
      var master: String
      var elapsedMs: Double
    }
    try await Lab.settled(LabLayout(replicas: 1)) { lab in
      let ending = try await Program.run(
        ["failover", Lab.service, "--yes", "--wait", "90s", "--format", "json"] + lab.seed(),
        within: .seconds(120))
      ending.expect(0)
      #expect(ending.lines.count == 1)
      let report = try ending.json(Report.self)
      #expect(report.master == "\(lab.replicas[0].address)")
      #expect(report.service == Lab.service && report.schema == 1 && report.elapsedMs > 0)
    }
  }

  @Test func `without a replica it is refused`() async throws {
    try await Lab.settled(LabLayout(replicas: 0)) { lab in
      try await expectNoFailover(lab) {
        for extra in [["--yes"], ["--dry-run"]] {
          let ending = try await Program.run(["failover", Lab.service] + extra + lab.seed())
          ending.expect(4)
          #expect(ending.messages.contains("Refused: "))
          #expect(ending.messages.contains("no replica"))
        }
      }
    }
  }
}
