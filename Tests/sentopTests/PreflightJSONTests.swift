import Foundation
import SentinelInsight
import SentinelModel
import Testing

@testable import sentop

@Suite struct PreflightJSONTests {
  private let sentinel = NodeAddress(host: "10.0.1.1", port: 26379)

  private var preflight: Preflight {
    var topology = Topology()
    func see(_ fact: Observation.Fact) {
      topology.apply(
        Observation(source: sentinel, at: Timestamp(milliseconds: 1_000), fact: fact))
    }
    let nodes = (1...3).map { NodeAddress(host: "10.0.0.\($0)", port: 6379) }
    var master = MasterState(
      name: "cache", report: InstanceReport(address: nodes[0], flags: [.master]))
    master.replicaCount = 2
    master.configEpoch = 4
    see(.masters([master], roundTrip: .zero))
    see(
      .replicas(
        "cache",
        nodes.dropFirst().map { node in
          var replica = ReplicaState(
            name: "\(node)", report: InstanceReport(address: node, flags: [.replica]))
          replica.priority = node == nodes[1] ? 10 : 0
          replica.replicationOffset = 77
          replica.masterLink = .up
          replica.sinceInfo = .milliseconds(1_500)
          return replica
        }))
    return Preflight.failover(of: "cache", in: topology, at: Timestamp(milliseconds: 2_000))
  }

  @Test func `the shape is the one that is promised`() throws {
    let text = try JSONOutput.document(PreflightJSON(preflight))
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(
      Set(document.keys) == [
        "schema", "master", "address", "via", "verdict", "candidate", "rejected", "reasons",
      ])
    #expect(document["schema"] as? Int == 1)
    #expect(document["master"] as? String == "cache")
    #expect(document["address"] as? String == "10.0.0.1:6379")
    #expect(document["via"] as? String == "10.0.1.1:26379")
    #expect(document["verdict"] as? String == "go")
    let candidate = try #require(document["candidate"] as? [String: Any])
    #expect(candidate["address"] as? String == "10.0.0.2:6379")
    #expect(candidate["ageMs"] as? Double == 2_500)
    let rejected = try #require(document["rejected"] as? [[String: String]])
    #expect(
      rejected == [
        ["address": "10.0.0.3:6379", "rule": "priority", "value": "0", "limit": "1 or more"]
      ])
    let reasons = try #require(document["reasons"] as? [[String: String]])
    #expect(reasons.allSatisfy { Set($0.keys) == ["severity", "text", "evidence"] })
  }

  @Test func `the table names master, winner, and each that is passed over with its limit`() {
    let lines = preflight.lines
    #expect(lines[0] == "cache: go")
    #expect(lines[3].hasPrefix("10.0.0.1:6379  4      10.0.1.1:26379  10.0.0.2:6379  10"))
    #expect(lines.contains("10.0.0.3:6379  priority  0      1 or more"))
    #expect(lines.contains { $0.hasPrefix("notice    s1 promotes 10.0.0.2:6379.") })
  }
}
