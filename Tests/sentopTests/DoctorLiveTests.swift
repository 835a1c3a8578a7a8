import Foundation
import SentinelLab
import SentinelModel
import TestSupport
import Testing

/// `sentop doctor` and `sentop check` on real servers.
@Suite(.live) struct DoctorLiveTests {
  struct Diagnosis: Decodable {
    var schema: Int
    var verdict: String
    var findings: [Finding]

    struct Finding: Decodable {
      var rule: String
      var severity: String
      var standing: String
      var title: String
      var subject: Subject
      var evidence: [Evidence]
      var advice: String
      var command: String?
    }

    struct Subject: Decodable {
      var service: String?
      var node: String?
    }

    struct Evidence: Decodable {
      var source: String?
      var field: String
      var value: String
      var limit: String?
    }

    var rules: Set<String> { Set(findings.filter { $0.standing == "present" }.map(\.rule)) }
  }

  private func diagnosis(_ arguments: [String], expecting code: Int32? = nil) async throws
    -> Diagnosis
  {
    let ending = try await Program.run(["doctor", "--format", "json"] + arguments)
    if let code { ending.expect(code) }
    return try ending.json(Diagnosis.self)
  }

  @Test func `of a healthy lab it tells that all is on one host, in every form`() async throws {
    try await Lab.settled { lab in
      let found = try await diagnosis(lab.seed(), expecting: 1)
      #expect(found.schema == 1)
      #expect(found.verdict == "warning")
      #expect(found.findings.map(\.rule) == ["D20"])
      #expect(found.findings.first?.evidence.count == 3)
      let table = try await Program.run(["doctor", "mymaster"] + lab.seed())
      table.expect(1)
      #expect(table.messages.isEmpty)
      #expect(table.lines.first?.hasPrefix("WARNING  D20  mymaster") == true)
      #expect(table.lines.last == "1 warning")
      #expect(!table.text.contains("\u{1B}"))

      let check = try await Program.run(["check"] + lab.seed())
      check.expect(1)
      #expect(check.lines.count == 1)
      #expect(check.text.hasPrefix("SENTINEL WARNING - mymaster: 3 of 3 Sentinels are on "))
      #expect(check.text.contains(" | critical=0;;;0; warnings=1;;;0; unknown=0;;;0; "))
      #expect(check.text.contains("replicas_up=2;;;0;2 sentinels_up=3;;;0;3"))

      let status = try await Program.run(["status", "--format", "json"] + lab.seed())
      status.expect(0)
      struct Status: Decodable { var findings: [Diagnosis.Finding] }
      #expect(try status.json(Status.self).findings.contains { $0.rule == "D20" })
    }
  }

  @Test func `a quorum that was changed at one Sentinel, and priorities of 0, are found`()
    async throws
  {
    try await Lab.settled { lab in
      _ = try await lab.sentinels[1].ask("SENTINEL", "SET", Lab.service, "quorum", "3")
      let found = try await diagnosis(lab.seed(), expecting: 1)
      #expect(found.rules == ["D19", "D20"])
      let finding = try #require(found.findings.first { $0.rule == "D19" })
      let odd = finding.evidence.filter { $0.limit != nil }
      #expect(odd.map(\.source) == [lab.sentinels[1].address.description])
      #expect(odd.map(\.value) == ["3"])
      #expect(finding.command?.hasSuffix("SENTINEL SET mymaster quorum 2") == true)
      for replica in lab.replicas {
        _ = try await replica.ask("CONFIG", "SET", "replica-priority", "0")
      }
      // The Sentinels see it with their next INFO.
      try await eventually("nobody can be promoted", within: .seconds(60)) {
        let found = try await diagnosis(lab.seed())
        return found.verdict == "critical" && found.rules.isSuperset(of: ["D23", "D25"])
      }
      let check = try await Program.run(["check"] + lab.seed())
      check.expect(2)
      #expect(
        check.text.hasPrefix("SENTINEL CRITICAL - mymaster: no replica could be promoted (D23)"))
    }
  }

  @Test func `a master that is frozen and can't be replaced is critical`() async throws {
    try await Lab.settled(downAfter: .milliseconds(1_500)) { lab in
      for replica in lab.replicas {
        _ = try await replica.ask("CONFIG", "SET", "replica-priority", "0")
      }
      // Not before the Sentinels know it, or they would promote one of them.
      try await eventually("the Sentinels know the priorities", within: .seconds(30)) {
        for sentinel in lab.sentinels {
          let replicas = try await sentinel.askForInstances("SENTINEL", "REPLICAS", Lab.service)
          guard replicas.count == 2, replicas.allSatisfy({ $0["slave-priority"] == "0" }) else {
            return false
          }
        }
        return true
      }
      try await lab.masters[0].freeze()
      try await eventually("the master is down", within: .seconds(60)) {
        let found = try await diagnosis(lab.seed())
        let down = found.findings.first { $0.rule == "D69" && $0.standing == "present" }
        return down?.severity == "critical" && found.verdict == "critical"
      }
    }
  }

  @Test func `where nobody answers, or nobody knows the service, it is unknown`() async throws {
    let nobody = ["-s", "127.0.0.1:1"]
    let doctor = try await Program.run(["doctor"] + nobody)
    doctor.expect(3)
    #expect(doctor.output.isEmpty)
    #expect(doctor.messages.contains("no Sentinel answers"))
    let check = try await Program.run(["check"] + nobody)
    check.expect(3)
    #expect(check.lines.count == 1)
    #expect(check.text.hasPrefix("SENTINEL UNKNOWN - no Sentinel answers; 127.0.0.1:1"))
    try await Lab.settled(LabLayout(replicas: 0, sentinels: 1)) { lab in
      let other = try await Program.run(["check", "other"] + lab.seed())
      other.expect(3)
      #expect(other.text.contains("\"other\""))
    }
  }
}
