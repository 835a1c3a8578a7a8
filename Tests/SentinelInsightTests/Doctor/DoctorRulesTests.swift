import SentinelInsight
import SentinelModel
import Testing

/// Every rule, on what it is for and on what is nearly that.
struct DoctorRulesTests {
  @Test func `each rule has exactly one case, with what fires it and what doesn't`() {
    #expect(
      DoctorCase.all.map(\.rule).sorted() == Rules.all.map(\.id).sorted())
    #expect(Set(Rules.all.map(\.id)).count == Rules.all.count)
  }

  @Test func `all ids from D1 to D68 are rules, or are said to be left out`() {
    let known = Set(Rules.all.map(\.id) + Rules.gaps.map(\.id))
    #expect((1...68).allSatisfy { known.contains("D\($0)") })
    #expect(Rules.gaps.allSatisfy { !$0.reason.isEmpty })
  }

  @Test(arguments: DoctorCase.all)
  func `a rule speaks where it should, with evidence`(case one: DoctorCase) throws {
    var ward = try Ward()
    one.fires(&ward)
    ward.pass(one.seconds)
    let finding = try #require(
      ward.doctor.findings.first { $0.rule == one.rule && $0.standing == .present },
      "it found \(ward.doctor.findings.map { "\($0.rule) \($0.standing) \($0.title)" })")
    #expect(!finding.evidence.isEmpty)
    #expect(finding.evidence.allSatisfy { !$0.field.isEmpty && !$0.value.isEmpty })
    #expect(!finding.advice.isEmpty)
    #expect(finding.since <= ward.now)
    let rule = try #require(Rules.all.first { $0.id == one.rule })
    #expect(finding.severity <= rule.severity)
  }

  @Test(arguments: DoctorCase.all)
  func `a rule is silent on what is nearly that`(case one: DoctorCase) throws {
    var ward = try Ward()
    one.near(&ward)
    ward.pass(one.seconds)
    let findings = ward.doctor.findings.filter { $0.rule == one.rule && $0.standing == .present }
    #expect(findings.isEmpty)
  }
}
