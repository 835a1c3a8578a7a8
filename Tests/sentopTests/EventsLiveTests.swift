import Foundation
import SentinelLab
import SentinelModel
import TestSupport
import Testing

/// `sentop events`, held against plain subscribers at every Sentinel.
@Suite(.live) struct EventsLiveTests {
  /// One line of `events --format json`.
  private struct Line: Decodable {
    var schema: Int
    var at: String
    var master: String?
    var event: String
    var severity: String
    var text: String
    var sources: [Source]
    var raw: String?
    var observed: Bool

    struct Source: Decodable {
      var sentinel: String
      var at: String
    }
  }

  private func lines(_ output: [String]) throws -> [Line] {
    try output.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }

  /// How often each Sentinel is named for each event.
  private func counted(_ voices: [String]) -> [String: Int] {
    voices.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  @Test func `each event of a failover stands there once for each Sentinel that announced it`()
    async throws
  {
    try await Lab.settled { lab in
      try await Program.running(["events", "--follow", "--format", "json"] + lab.seed()) { output in
        try await eventually("it listens to all three") {
          output.lines.count { $0.contains("sentinel found") } == 3
        }
        try await Listeners.listening(to: lab.sentinels) { listeners in
          let old = lab.masters[0].address
          _ = try await lab.sentinels[0].ask("SENTINEL", "FAILOVER", Lab.service)
          _ = try await lab.settleAfterFailover(from: old)
          var heard: [String: Int] = [:]
          var told: [String: Int] = [:]
          try await eventually("it has told what was heard: \(heard), but told: \(told)") {
            heard = counted(listeners.heard.map { "\($0.channel) from \($0.sentinel)" })
            let events = try lines(output.lines).filter { !$0.observed }
            told = counted(
              events.flatMap { line in line.sources.map { "\(line.event) from \($0.sentinel)" } })
            return heard == told
          }
          for channel in [
            "+try-failover", "+elected-leader", "+selected-slave", "+promoted-slave",
            "+failover-end",
          ] {
            #expect(heard["\(channel) from \(lab.sentinels[0].address)"] == 1)
          }
          for sentinel in lab.sentinels {
            #expect(heard["+switch-master from \(sentinel.address)"] == 1)
          }
          let payloads = Set(listeners.heard.map(\.payload))
          for line in try lines(output.lines) where !line.observed {
            #expect(payloads.contains(line.raw ?? ""))
            #expect(line.schema == 1)
            #expect(line.sources.first?.at == line.at)
            #expect(["info", "notice", "warning", "critical"].contains(line.severity))
            #expect(!line.text.isEmpty)
          }
        }
      }
    }
  }

  @Test func `a dead master is told by all who see it, in lines of text too`() async throws {
    try await Lab.settled(downAfter: .milliseconds(1_500)) { lab in
      try await Program.running(["events", "-f"] + lab.seed(1)) { output in
        try await eventually("it listens to all three") {
          output.lines.count { $0.contains("sentinel found") } == 3
        }
        try await lab.masters[0].kill()
        try await eventually("every step is told, \(output.lines)") {
          ["+sdown", "+odown", "+elected-leader", "+switch-master"].allSatisfy { event in
            output.lines.contains { $0.contains("  \(event)  ") && $0.contains(Lab.service) }
          }
        }
        // Nobody looks at it: no colour.
        #expect(!output.lines.contains { $0.contains("\u{1B}") })
      }
    }
  }

  @Test func `it ends by itself after the time that was asked for`() async throws {
    try await Lab.settled(LabLayout(replicas: 0, sentinels: 1)) { lab in
      let start = ContinuousClock.now
      let ending = try await Program.run(
        ["events", "--for", "1500ms", "--format", "json"] + lab.seed())
      let took = ContinuousClock.now - start
      ending.expect(0)
      #expect(ending.messages.isEmpty)
      #expect(took >= .milliseconds(1_500))
      #expect(try lines(ending.lines).map(\.event) == ["sentinel found"])
    }
  }

  @Test func `a Sentinel that is lost and comes back is told, with the gap`() async throws {
    try await Lab.settled(LabLayout(replicas: 0)) { lab in
      try await Program.running(["events", "-f", "--format", "json"] + lab.seed(0)) { output in
        try await eventually("it listens to all three") {
          output.lines.count { $0.contains("sentinel found") } == 3
        }
        try await lab.sentinels[2].restart()
        try await eventually("lost, back, and the gap; \(output.lines)") {
          let told = try lines(output.lines).filter(\.observed)
          let events = told.filter { line in
            line.sources.map(\.sentinel) == ["\(lab.sentinels[2].address)"]
          }.map(\.event)
          return ["sentinel lost", "sentinel back", "gap"].allSatisfy(events.contains)
        }
      }
    }
  }
}
