import SentinelInsight
import SentinelModel
import Testing

@testable import sentop

/// How findings are printed, without any server.
struct DoctorOutputTests {
  private let at = Timestamp(milliseconds: 1_769_861_068_123)
  private let sentinel = NodeAddress(host: "10.0.1.1", port: 26379)

  private func finding(
    _ rule: String = "D19", _ severity: Severity = .warning,
    _ standing: Finding.Standing = .present, title: String = "the quorum differs"
  ) -> Finding {
    Finding(
      rule: rule, severity: severity, standing: standing, subject: .init(service: "cache"),
      title: title,
      evidence: [Evidence("quorum", "3", limit: "2", from: sentinel, at: at, since: at)],
      advice: "Set the same at all of them.", command: "redis-cli SENTINEL SET", since: at)
  }

  private func diagnosis(_ findings: [Finding]) -> Diagnosis {
    Diagnosis(topology: Topology(seeds: [sentinel]), findings: findings, at: at)
  }

  @Test func `a finding is printed with its evidence, its advice and its command`() {
    #expect(
      DoctorTable(diagnosis([finding()])).lines == [
        "WARNING  D19  cache  the quorum differs",
        "    s1: quorum 3, should be 2  since 2026-01-31T12:04:28.123Z",
        "    Set the same at all of them.", "    $ redis-cli SENTINEL SET", "", "1 warning",
      ])
    #expect(DoctorTable(diagnosis([])).lines == ["no findings"])
  }

  @Test func `control characters that a server sent don't reach the terminal`() {
    let hostile = finding(title: "a\u{1B}[2J\nb")
    #expect(
      DoctorTable(diagnosis([hostile])).lines.allSatisfy { line in
        line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
      })
    let line = CheckLine(diagnosis([finding(title: "a|b\u{1B}[2J\nb")]), only: nil)
    #expect(line.text.split(separator: "|").count == 2)
    #expect(line.text.unicodeScalars.allSatisfy { $0.value >= 0x20 })
  }

  @Test(arguments: [
    ([], DoctorVerdict.ok, Int32(0)),
    ([(Severity.info, Finding.Standing.present)], .ok, 0),
    ([(.warning, .present)], .warning, 1),
    ([(.warning, .present), (.critical, .present)], .critical, 2),
    ([(.critical, .settling)], .ok, 0),
    ([(.info, .unknown)], .unknown, 3),
    ([(.info, .unknown), (.warning, .present)], .warning, 1),
  ])
  func `the exit status is that of the worst which counts`(
    _ findings: [(Severity, Finding.Standing)], _ verdict: DoctorVerdict, _ status: Int32
  ) {
    let found = findings.map { finding("D1", $0.0, $0.1) }
    #expect(DoctorVerdict(found) == verdict)
    #expect(verdict.rawValue == status)
    #expect(diagnosis(found).verdict == verdict)
  }

  @Test func `the JSON of a finding has what a script needs`() throws {
    let json = try JSONOutput.line(FindingJSON(finding()))
    #expect(
      json == #"{"advice":"Set the same at all of them.","command":"redis-cli SENTINEL SET","#
        + #""evidence":[{"at":"2026-01-31T12:04:28.123Z","field":"quorum","limit":"2","#
        + #""since":"2026-01-31T12:04:28.123Z","source":"10.0.1.1:26379","value":"3"}],"#
        + #""rule":"D19","severity":"warning","since":"2026-01-31T12:04:28.123Z","#
        + #""standing":"present","subject":{"service":"cache"},"title":"the quorum differs"}"#)
    let unknown = try JSONOutput.line(FindingJSON(finding("D2", .info, .unknown)))
    #expect(unknown.contains(#""severity":"unknown""#))
  }

  @Test func `the list names every rule and every one that is left out, without a server`()
    async throws
  {
    let list = try await Program.run(["doctor", "--list"])
    list.expect(0)
    for rule in Rules.all { #expect(list.lines.contains { $0.hasPrefix("\(rule.id) ") }) }
    for gap in Rules.gaps { #expect(list.text.contains(gap.reason)) }
    struct Listed: Decodable {
      var rules: [Entry]
      var leftOut: [Entry]
      struct Entry: Decodable { var rule: String }
    }
    let json = try await Program.run(["doctor", "--list", "--format", "json"])
    #expect(try json.json(Listed.self).rules.map(\.rule) == Rules.all.map(\.id))
    #expect(try json.json(Listed.self).leftOut.map(\.rule).contains("D68"))
  }
}
