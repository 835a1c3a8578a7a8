import SentinelInsight
import SentinelModel
import TestSupport
import Testing

/// One trouble is told once, by the rule that knows what to do about it, and as soon as it is sure.
struct OneTroubleTests {
  typealias S = Sample

  @Test func `a Sentinel with another master differs in nothing else that counts`() throws {
    var ward = try Ward()
    let x = NodeAddress(host: "10.9.0.1", port: 6379)
    let y = NodeAddress(host: "10.9.0.2", port: 6379)
    ward.master(S.s3) {
      $0.report.address = x
      $0.report.runID = "run-x"
      $0.replicaCount = 1
    }
    var replica = S.replica(y, of: x, runID: "run-y")
    replica.report.downAfter = .seconds(5)
    ward.replicas[S.s3] = [replica]
    ward.infos[y] = [
      "run_id": "run-y", "tcp_port": "6379", "master_replid": "another", "master_host": x.host,
      "master_port": "6379",
    ]
    ward.pass(20)
    // Data of another origin under the same name are a sign of their own.
    #expect(ward.speaking == ["D1", "D21"])
  }

  @Test func `a Sentinel that has held another master for long is told at the second look`()
    throws
  {
    var ward = try Ward()
    ward.master { $0.reportedRoleFor = .seconds(60) }
    ward.master(S.s3) { $0.report.address = S.b }
    ward.pass(1)
    #expect(ward["D1"] == nil)
    ward.pass(1)
    #expect(ward["D1"]?.since == ward.now.advanced(by: .seconds(-60)))
  }

  @Test func `a replica of a replica is no old entry, and its own word is younger`() throws {
    var ward = try Ward()
    ward.asked = [S.c]
    ward.infos[S.a]?["slave1"] = .some(nil)
    ward.infos[S.c]?["master_host"] = S.b.host
    // The Sentinels haven't asked it yet.
    ward.pass(15)
    #expect(ward.speaking == ["D5"])
    #expect(ward["D5"]?.evidence.map(\.source) == [S.c])
    ward.infos[S.c]?["master_host"] = S.a.host
    ward.infos[S.a]?["slave1"] = "ip=10.0.0.3,port=6379,state=online,offset=1000000,lag=0"
    // Now they have, but it was put right since.
    ward.replica(S.c) { $0.masterAddress = S.b }
    ward.pass(15)
    #expect(ward.speaking == [])
  }

  @Test func `a node that doesn't let a Sentinel in isn't told to be down, too`() throws {
    var ward = try Ward()
    func refuse(_ report: inout InstanceReport, _ flag: InstanceFlag) {
      report.flags = [.sDown, flag, .disconnected]
      report.sinceValidPing = .milliseconds(4230)
      report.sincePing = .milliseconds(89)
    }
    ward.replica(at: S.s1) { refuse(&$0.report, .replica) }
    ward.master(S.s1) { refuse(&$0.report, .master) }
    ward.pass(5)
    #expect(ward.speaking == ["D38"])
    // Where nobody is let in, the master will be replaced.
    ward.master { refuse(&$0.report, .master) }
    ward.pass(5)
    #expect(ward.speaking.isSuperset(of: ["D38", "D69"]))
  }
}
