import SentinelInsight
import SentinelModel
import Testing

struct DriftTests {
  typealias S = Sample

  private func drift(_ change: (inout Ward) -> Void) throws -> Drift {
    var ward = try Ward()
    change(&ward)
    ward.pass(1)
    return try #require(Drift(of: "cache", in: ward.topology))
  }

  private func row(_ setting: Drift.Setting, in drift: Drift) throws -> Drift.Row {
    try #require(drift.rows.first { $0.setting == setting })
  }

  @Test func `where all have the same, nothing drifts`() throws {
    let drift = try drift { _ in }
    #expect(!drift.isDrifting)
    #expect(drift.sentinels == S.sentinels)
    #expect(drift.rows.map(\.setting) == Drift.Setting.allCases)
    #expect(try row(.quorum, in: drift).usual == "2")
    #expect(try row(.downAfter, in: drift).values[S.s2] == "5000")
  }

  @Test func `who has another value than most differs`() throws {
    let drift = try drift { ward in
      ward.master(S.s3) { $0.quorum = 3 }
      ward.master(S.s1) { $0.notificationScript = "/opt/notify.sh" }
      ward.settings[S.s2] = ["resolve-hostnames": "yes"]
      ward.versions[S.s1] = "6.2.16"
    }
    #expect(try row(.quorum, in: drift).differ == [S.s3])
    #expect(try row(.notificationScript, in: drift).differ == [S.s1])
    #expect(try row(.resolveHostnames, in: drift).differ == [S.s2])
    #expect(try row(.version, in: drift).differ == [S.s1])
    #expect(try row(.failoverTimeout, in: drift).differ == [])
    // What isn't known is no difference.
    #expect(try row(.announceHostnames, in: drift).values[S.s2] == nil)
    #expect(try row(.announceHostnames, in: drift).differ == [])
  }

  @Test func `each Sentinel may announce an address of its own`() throws {
    let drift = try drift { ward in
      for sentinel in S.sentinels {
        ward.settings[sentinel] = ["announce-ip": sentinel.host, "announce-port": "26379"]
      }
    }
    #expect(!drift.isDrifting)
    #expect(try row(.announceIP, in: drift).usual == nil)
  }

  @Test func `of Sentinels that don't answer nothing is held against the others`() throws {
    var ward = try Ward()
    ward.master(S.s3) { $0.quorum = 3 }
    ward.pass(1)
    ward.reasons[S.s3] = "nobody listens there"
    ward.pass(1)
    let drift = try #require(Drift(of: "cache", in: ward.topology))
    #expect(drift.sentinels == [S.s1, S.s2])
    #expect(!drift.isDrifting)
    #expect(Drift(of: "other", in: ward.topology) == nil)
  }
}
