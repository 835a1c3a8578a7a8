import SentinelInsight
import SentinelModel
import TestSupport
import Testing

/// How the doctor looks at more services than it has time for.
@Suite struct DoctorBudgetTests {
  typealias S = Sample

  @Test func `with a budget all services get their turn, and findings stay meanwhile`() throws {
    var ward = try Ward()
    for sentinel in S.sentinels {
      for number in 1...9 {
        var master = S.master(
          ServiceName("more-\(number)"), at: NodeAddress(host: "10.0.5.\(number)", port: 6379))
        master.quorum = sentinel == S.s3 ? 3 : 2
        ward.masters[sentinel]?.append(master)
      }
    }
    var doctor = Doctor()
    var counts: [Int] = []
    for _ in 1...8 {
      ward.tick()
      doctor.examine(ward.topology, ward.log, at: ward.now, budget: 3)
      counts.append(doctor.findings.count { $0.rule == "D19" })
    }
    #expect(counts.last == 9)
    #expect(counts == counts.sorted())
    #expect((counts.first ?? 9) <= 3)
  }

  @Test func `a service in trouble doesn't wait for its turn`() throws {
    var ward = try Ward()
    for sentinel in S.sentinels {
      for number in 1...9 {
        ward.masters[sentinel]?.append(
          S.master(
            ServiceName("more-\(number)"), at: NodeAddress(host: "10.0.5.\(number)", port: 6379),
            flags: number == 8 ? [.master, .sDown, .oDown] : [.master]))
      }
    }
    var doctor = Doctor()
    for _ in 1...2 {
      ward.tick()
      doctor.examine(ward.topology, ward.log, at: ward.now, budget: 1)
    }
    #expect(doctor.findings.contains { $0.rule == "D69" && $0.subject.service == "more-8" })
  }
}
