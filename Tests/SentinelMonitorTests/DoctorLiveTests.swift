import RedisSentinel
import SentinelInsight
import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import SentinelMonitor

/// The doctor over real servers: nothing false of the healthy, and the truth of the ill.
@Suite(.live) struct DoctorLiveTests {
  /// A doctor who looks at every sample of a monitor, and keeps in mind what was ever told.
  private struct Round {
    var doctor = Doctor(circumstances: Doctor.Circumstances(givesPassword: false))
    /// What was told as present, as `D1 critical`.
    var told: Set<String> = []
    let monitor: Monitor

    init(_ monitor: Monitor) {
      self.monitor = monitor
    }

    var present: [Finding] { doctor.findings.filter { $0.standing == .present } }

    /// Looks at the next sample.
    mutating func look() async {
      let snapshot = await monitor.snapshot
      doctor.examine(snapshot.topology, snapshot.log, at: monitor.clock.now())
      told.formUnion(present.map { "\($0.rule) \($0.severity)" })
      let mark = SampleMark(snapshot.topology)
      _ = await monitor.wait(atMost: .seconds(2)) { mark.isFollowed(by: $0.topology) }
    }

    /// Looks until it is as wanted; records an issue where it never is.
    mutating func look(
      until wanted: Comment, within limit: Duration = .seconds(60),
      sourceLocation: SourceLocation = #_sourceLocation, _ isMet: ([Finding]) -> Bool
    ) async throws {
      let start = monitor.clock.now()
      while monitor.clock.now().duration(since: start) < limit {
        await look()
        if isMet(present) { return }
      }
      let found = doctor.findings.map { "\($0.rule) \($0.standing) \($0.title)" }
      try #require(Bool(false), "\(wanted); it found \(found)", sourceLocation: sourceLocation)
    }
  }

  /// What is true of any lab: all is on one host, and down-after is short.
  private static let trueOfLabs: Set = ["D20 warning", "D46 warning"]

  private func doctoring(
    _ layout: LabLayout = LabLayout(), _ body: (Lab, inout Round) async throws -> Void
  ) async throws {
    try await Lab.open(layout) { lab in
      try await lab.settle()
      try await watching([lab.sentinels[0].address], nodes: ConnectionConfiguration()) { monitor in
        try await monitor.expectWhole(lab)
        var round = Round(monitor)
        try await body(lab, &round)
      }
    }
  }

  @Test func `of a healthy lab only what is true of labs is told, and all is known`() async throws {
    try await doctoring { _, round in
      for _ in 1...15 { await round.look() }
      #expect(round.told == Self.trueOfLabs)
      let unknown = round.doctor.findings.filter { $0.standing == .unknown }
      #expect(unknown.map { "\($0.rule) \($0.evidence.first?.value ?? "")" } == [])
      #expect(round.doctor.pendingCount == 0)
    }
  }

  @Test func `a frozen master is critical, then a replica that is down, and never a split`()
    async throws
  {
    try await doctoring { lab, round in
      await round.look()
      let old = lab.masters[0]
      try await old.freeze()
      try await round.look(until: "the master is down") { findings in
        findings.contains { $0.rule == "D69" && $0.evidence.contains { $0.value.contains("down") } }
      }
      try await round.look(until: "the old master is a replica that is down") { findings in
        findings.contains { $0.rule == "D70" && $0.subject.node == old.address }
          && !findings.contains { $0.rule == "D69" }
      }
      for _ in 1...5 { await round.look() }
      // Nobody disagrees for long, and no data are taken for foreign ones.
      let wrong = ["D1", "D2", "D3", "D12", "D13", "D21", "D25", "D29", "D38", "D45", "D57"]
      #expect(wrong.allSatisfy { rule in !round.told.contains { $0.hasPrefix("\(rule) ") } })
    }
  }

  @Test func `one dead Sentinel is told; with two the majority is lost`() async throws {
    try await doctoring { lab, round in
      await round.look()
      let dead = lab.sentinels[2].address
      try await lab.sentinels[2].kill()
      try await round.look(until: "one is down") { findings in
        findings.contains { $0.rule == "D15" && $0.subject.node == dead }
      }
      #expect(!round.told.contains { $0.hasPrefix("D12 ") || $0.hasPrefix("D13 ") })
      try await lab.sentinels[1].kill()
      try await round.look(until: "no majority") { findings in
        Set(findings.map(\.rule)).isSuperset(of: ["D12", "D13"])
      }
      #expect(DoctorVerdict(round.doctor.findings) == .critical)
      // One voice is no agreement.
      #expect(round.doctor.findings.contains { $0.rule == "D1" && $0.standing == .unknown })
    }
  }

  @Test func `settings that were changed at one Sentinel drift, and are told at once`()
    async throws
  {
    try await doctoring { lab, round in
      await round.look()
      let odd = lab.sentinels[1].address
      let operations = Operator(ConnectionConfiguration(), isReadOnly: false) {
        [clock = round.monitor.clock] in clock.now()
      }
      let outcome = await operations.run(
        .set("mymaster", [.quorum(3), .downAfter(.milliseconds(2_500))]), on: [odd])
      #expect(outcome.isAccepted)
      try await round.look(until: "both differ", within: .seconds(10)) { findings in
        ["D19", "D47"].allSatisfy { rule in
          findings.contains { finding in
            finding.rule == rule
              && finding.evidence.filter { $0.limit != nil }.map(\.source) == [odd]
          }
        }
      }
      let command = try #require(round.present.first { $0.rule == "D19" }?.command)
      #expect(command == "redis-cli -h \(odd.host) -p \(odd.port) SENTINEL SET mymaster quorum 2")
      let drift = try #require(Drift(of: "mymaster", in: await round.monitor.snapshot.topology))
      #expect(drift.rows.filter(\.isDrifting).map(\.setting) == [.quorum, .downAfter])
      #expect(drift.rows.filter(\.isDrifting).allSatisfy { $0.differ == [odd] })
    }
  }
}
