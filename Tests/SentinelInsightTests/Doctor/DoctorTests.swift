import SentinelInsight
import SentinelModel
import TestSupport
import Testing

/// How the doctor looks: twice, patiently, and without taking silence for health.
struct DoctorTests {
  typealias S = Sample

  @Test func `a healthy deployment has no findings, and nothing that isn't known`() throws {
    var ward = try Ward()
    ward.pass(60)
    #expect(ward.doctor.findings.map(\.title) == [])
    #expect(ward.doctor.pendingCount == 0)
    #expect(DoctorVerdict(ward.doctor.findings) == .ok)
  }

  @Test func `what is seen once is not told, and what is set wrong is`() throws {
    var ward = try Ward()
    ward.pass(2)
    ward.other(S.s3) { $0.report.flags.insert(.sDown) }
    ward.master(S.s1) { $0.quorum = 3 }
    ward.tick()
    #expect(ward.speaking == ["D19"])
    #expect(ward.doctor.pendingCount > 0)
    ward.tick()
    #expect(ward.speaking.contains("D15"))
  }

  @Test func `what goes away between two samples is never told`() throws {
    var ward = try Ward()
    ward.pass(2)
    for _ in 1...5 {
      ward.other(S.s3) { $0.report.flags.insert(.sDown) }
      ward.tick()
      ward.other(S.s3) { $0.report.flags = [.sentinel] }
      ward.tick()
    }
    #expect(ward.speaking.isEmpty)
  }

  @Test func `looking twice at one sample is looking once`() throws {
    var ward = try Ward()
    ward.pass(2)
    ward.other(S.s3) { $0.report.flags.insert(.sDown) }
    ward.tick()
    for milliseconds in stride(from: 100, to: 1_000, by: 300) {
      ward.doctor.examine(
        ward.topology, ward.log, at: ward.now.advanced(by: .milliseconds(milliseconds)))
    }
    #expect(!ward.speaking.contains("D15"))
  }

  @Test func `a rule that is patient speaks when its time is over, and knows since when`() throws {
    var ward = try Ward()
    ward.pass(2)
    ward.master(S.s3) { $0.report.address = S.b }
    ward.tick()
    let first = ward.now
    ward.pass(3)
    #expect(ward["D1"] == nil)
    ward.tick()
    let finding = try #require(ward["D1"])
    #expect(finding.since == first)
    #expect(finding.severity == .critical)
    #expect(Set(finding.evidence.map(\.source)) == Set(S.sentinels))
    // The one that differs has a limit, the others are in order.
    #expect(finding.evidence.filter { $0.limit != nil }.map(\.source) == [S.s3])
  }

  @Test func `while a failover runs, disagreement is settling and doesn't count`() throws {
    var ward = try Ward()
    ward.master(S.s3) { $0.report.address = S.b }
    ward.master(S.s1) {
      $0.report.flags.insert(.failoverInProgress)
      $0.failoverState = .waitPromotion
    }
    ward.pass(10)
    let finding = try #require(ward["D1"])
    #expect(finding.standing == .settling)
    #expect(!finding.counts)
    #expect(finding.since < ward.now)
    ward.master(S.s1) {
      $0.report.flags = [.master]
      $0.failoverState = nil
    }
    ward.tick()
    #expect(ward["D1"]?.standing == .present)
  }

  @Test func `after a switch it stays settling until an old master must have been converted`()
    throws
  {
    var ward = try Ward()
    ward.infos[S.b]?["role"] = "master"
    ward.event("+switch-master", "cache 10.0.0.2 6379 10.0.0.1 6379")
    ward.pass(14)
    #expect(ward["D2"]?.standing == .settling)
    ward.pass(2)
    #expect(ward["D2"]?.standing == .present)
  }

  @Test func `with one Sentinel of three nothing is known about agreement`() throws {
    var ward = try Ward()
    ward.pass(2)
    ward.reasons[S.s2] = "nobody listens there"
    ward.reasons[S.s3] = "nobody listens there"
    ward.pass(3)
    #expect(ward.unknowing.isSuperset(of: ["D1", "D6", "D14", "D19", "D30", "D47"]))
    #expect(ward["D1"]?.evidence.first?.value == "only s1 answers")
  }

  @Test func `with the only Sentinel there is, there is nothing to compare`() throws {
    var ward = try Ward()
    for sentinel in [S.s2, S.s3] { ward.reasons[sentinel] = "nobody listens there" }
    ward.master(S.s1) {
      $0.otherSentinelCount = 0
      $0.quorum = 1
    }
    ward.others[S.s1] = []
    ward.pass(3)
    #expect(!ward.unknowing.contains("D19"))
    #expect(ward.speaking.contains("D17"))
  }

  @Test func `without INFO and without settings the rules that need them don't know`() throws {
    var ward = try Ward()
    ward.hasInfoCache = false
    for sentinel in S.sentinels { ward.settings[sentinel] = .some(nil) }
    ward.pass(3)
    #expect(
      ward.unknowing
        == [
          "D2", "D8", "D24", "D29", "D33", "D35", "D36", "D53", "D55", "D56", "D57", "D58", "D59",
          "D60", "D61", "D65",
        ])
    #expect(DoctorVerdict(ward.doctor.findings) == .unknown)
    // Servers before 6.2 have no such settings: nothing is missing there.
    for sentinel in S.sentinels { ward.versions[sentinel] = "6.0.20" }
    ward.pass(3)
    #expect(!ward.unknowing.contains("D35"))
  }

  @Test func `nodes that are asked by us fill in for INFO-CACHE`() throws {
    var ward = try Ward()
    ward.hasInfoCache = false
    ward.asked = Set(Ward.nodes)
    ward.pass(3)
    #expect(ward.unknowing.isEmpty)
    #expect(ward.speaking.isEmpty)
  }

  @Test func `what is known to be bad counts before what isn't known`() throws {
    var ward = try Ward()
    ward.hasInfoCache = false
    ward.master(S.s1) { $0.quorum = 3 }
    ward.pass(3)
    #expect(DoctorVerdict(ward.doctor.findings) == .warning)
    ward.master { $0.report.flags = [.master, .sDown, .oDown] }
    ward.pass(3)
    #expect(DoctorVerdict(ward.doctor.findings) == .critical)
    #expect(ward.doctor.findings.first?.severity == .critical)
  }

  @Test func `a muted finding is kept with its reason until the time is over`() throws {
    var ward = try Ward()
    ward.master(S.s1) { $0.quorum = 3 }
    let end = ward.now.advanced(by: .seconds(5))
    ward.doctor.mutes = [
      Mute("D19", about: .init(service: "other"), reason: "not this one"),
      Mute("D19", reason: "until Monday", until: end),
    ]
    ward.pass(4)
    #expect(ward["D19"]?.mute?.reason == "until Monday")
    #expect(DoctorVerdict(ward.doctor.findings) == .ok)
    ward.tick()
    #expect(ward["D19"]?.mute == nil)
    #expect(DoctorVerdict(ward.doctor.findings) == .warning)
  }

  @Test func `a flood of events takes no more than its room, and its newest count`() throws {
    var ward = try Ward()
    ward.pass(1)
    for number in 0..<8_000 {
      ward.event(
        "+sdown", "slave 10.0.7.\(number % 200):\(number) 10.0.7.1 \(number) @ cache 10.0.0.1 6379")
    }
    ward.event("-failover-abort-slave-timeout", "master cache 10.0.0.1 6379")
    ward.pass(1)
    #expect(ward.speaking.contains("D41"))
  }

  @Test func `what isn't known of many services is told once a rule`() throws {
    var ward = try Ward()
    ward.hasInfoCache = false
    for sentinel in S.sentinels { ward.masters[sentinel]?.append(S.master("more", at: S.b)) }
    ward.pass(3)
    let unknown = ward.doctor.findings.filter { $0.standing == .unknown }
    #expect(Set(unknown.map(\.rule)).count == unknown.count)
    #expect(ward["D55"]?.title.hasSuffix("of 2 services") == true)
    #expect(ward["D55"]?.evidence.count == 2)
  }

  @Test func `only the service that is asked for is looked at`() throws {
    var ward = try Ward()
    ward.pass(1)
    for sentinel in S.sentinels {
      ward.masters[sentinel]?.append(S.master("other", at: NodeAddress(host: "10.0.5.1", port: 1)))
    }
    ward.pass(1)
    var doctor = Doctor()
    doctor.examine(ward.topology, ward.log, at: ward.now, only: "cache")
    doctor.examine(ward.topology, ward.log, at: ward.now.advanced(by: .seconds(1)), only: "cache")
    #expect(!doctor.findings.contains { $0.subject.service == "other" })
  }

  @Test func `the epochs of an earlier run tell of a failover that nobody watched`() throws {
    var ward = try Ward()
    ward.doctor = Doctor(
      circumstances: .init(givesPassword: true), epochs: ["cache": 0])
    ward.pass(2)
    #expect(ward.speaking == ["D11"])
    #expect(ward["D11"]?.title.contains("epoch is 1") == true)
    #expect(ward.doctor.epochs == ["cache": 1])
  }

  @Test(arguments: ["failover-auto", "failover-manual", "old-master-rejoins", "replica-down-up"])
  func `through a recorded incident nothing is said about disagreement`(_ name: String) throws {
    let recording = try Recording(name)
    var topology = Topology()
    var log = EventLog()
    var doctor = Doctor()
    var told: Set<String> = []
    var looked = Timestamp(microseconds: 0)
    for observation in recording.observations {
      topology.apply(observation)
      log.apply(observation)
      // About as often as one would look.
      guard observation.at.duration(since: looked) >= .milliseconds(200) else { continue }
      looked = observation.at
      doctor.examine(topology, log, at: observation.at)
      told.formUnion(
        doctor.findings.filter { $0.standing == .present && $0.severity == .critical }
          .map(\.rule))
    }
    // That the master is down is all that is critical, and only where it was killed.
    // And the recordings leave out how old INFO is, without which nobody can be promoted.
    #expect(told.subtracting(["D23", "D69"]).isEmpty)
  }

  @Test func `a recorded tilt is told as long as it lasts`() throws {
    var topology = Topology()
    var log = EventLog()
    var doctor = Doctor()
    var changes: [Bool] = []
    for observation in try Recording("tilt", polled: false).observations {
      topology.apply(observation)
      log.apply(observation)
      doctor.examine(topology, log, at: observation.at)
      let isTold = doctor.findings.contains {
        $0.rule == "D45" && $0.standing == .present
      }
      if changes.last != isTold { changes.append(isTold) }
    }
    #expect(changes == [false, true, false])
  }

  @Test func `a recorded failover that was given up is told`() throws {
    let recording = try Recording("failover-abort-slave-timeout")
    var doctor = Doctor()
    doctor.examine(
      recording.topology, recording.log, at: recording.observations.last?.at ?? Sample.start)
    #expect(doctor.findings.contains { $0.rule == "D41" && $0.severity == .critical })
  }
}
