import SentinelInsight
import SentinelModel
import Testing

/// Two masters, and deployments that grow together, as findings tell of them.
struct SplitBrainTests {
  typealias S = Sample

  @Test func `the wrong master is told with what is being lost, and by whom it is known`() throws {
    var ward = try Ward()
    ward.infos[S.b]?["role"] = "master"
    ward.writes[S.b] = 500
    ward.replica(S.b) {
      $0.reportedRole = .master
      $0.reportedRoleFor = .seconds(30)
    }
    ward.pass(4)
    let finding = try #require(ward["D2"])
    #expect(finding.severity == .critical)
    #expect(finding.title.contains("writes are being lost now"))
    let wrong = try #require(finding.evidence.first { $0.node == S.b })
    #expect(wrong.value.contains("500 B"))
    #expect(wrong.limit == "slave")
    #expect(finding.since == ward.now.advanced(by: .seconds(-30)))
    #expect(finding.command == "redis-cli -h 10.0.0.2 -p 6379 REPLICAOF 10.0.0.1 6379")
    // The Sentinels keep it; when the node is asked, it is the node that says so.
    #expect(wrong.source.map(S.sentinels.contains) == true)
    ward.asked = [S.b]
    ward.pass(2)
    #expect(ward["D2"]?.evidence.first { $0.node == S.b }?.source == S.b)
  }

  @Test func `every node that says master is listed, with its growth where it is asked`() throws {
    var ward = try Ward()
    ward.asked = [S.b]
    ward.infos[S.b]?["role"] = "master"
    ward.writes[S.b] = 500
    ward.pass(2)
    let brain = try #require(SplitBrain(of: "cache", in: ward.topology))
    #expect(brain.isSplit)
    #expect(brain.master == S.a)
    #expect(brain.claims.map(\.address) == [S.a, S.b])
    #expect(brain.claims.map { $0.growth?.bytes } == [nil, 500])
    #expect(brain.claims.map(\.isCached) == [true, false])
    #expect(SplitBrain(of: "other", in: ward.topology) == nil)
  }

  @Test func `without writes to the wrong one nothing is said to be lost`() throws {
    var ward = try Ward()
    ward.infos[S.b]?["role"] = "master"
    ward.pass(4)
    #expect(ward["D2"]?.title.contains("lost") == false)
  }

  @Test func `a hello of a Sentinel that nobody lists is foreign, and one that is old is not`()
    throws
  {
    var ward = try Ward()
    ward.asked = [S.a]
    ward.pass(1)
    let stranger = "10.9.9.9,26379,0123456789abcdef,7,cache,10.0.0.1,6379,1"
    let known = "10.0.1.2,26379,\(S.id(S.s2)),7,cache,10.0.0.1,6379,1"
    for _ in 1...2 {
      for text in [stranger, known] {
        let hello = try #require(HelloMessage(parsing: text))
        ward.tell(.hello(hello), from: S.a)
      }
      ward.pass(1)
    }
    let findings = ward.doctor.findings.filter { $0.rule == "D21" }
    #expect(findings.map(\.subject.node) == [NodeAddress(host: "10.9.9.9", port: 26379)])
    #expect(findings.first?.evidence.first?.source == S.a)
    ward.pass(31)
    #expect(!ward.speaking.contains("D21"))
  }

  @Test func `one master under two names is told`() throws {
    var ward = try Ward()
    for sentinel in S.sentinels { ward.masters[sentinel]?.append(S.master("cache-too")) }
    ward.pass(3)
    let finding = try #require(
      ward.doctor.findings.first { $0.rule == "D21" && $0.subject.service == "cache" })
    #expect(finding.title == "10.0.0.1:6379 is also the master of cache-too")
  }

  @Test func `a replica that is still synchronising has no foreign data yet`() throws {
    var ward = try Ward()
    ward.infos[S.b]?["master_replid"] = "its-own"
    ward.infos[S.b]?["master_link_status"] = "down"
    ward.pass(4)
    #expect(!ward.speaking.contains("D21"))
    ward.infos[S.b]?["master_link_status"] = "up"
    ward.pass(2)
    #expect(ward.speaking.contains("D21"))
  }
}
