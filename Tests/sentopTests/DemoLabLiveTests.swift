import RedisSentinel
import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import Dashboard
@testable import sentop

/// What the demo's menu does to its servers, as Sentinels see it.
@Suite(.live) struct DemoLabLiveTests {
  /// What a Sentinel reports of a replica.
  private func report(_ node: LabNode, _ lab: Lab) async throws -> [String: String]? {
    try await lab.sentinels[0].askForInstances("SENTINEL", "REPLICAS", Lab.service)
      .first { $0["port"] == "\(node.address.port)" }
  }

  private func condition(_ node: LabNode, _ demo: DemoLab) async -> DemoNode.Condition? {
    await demo.nodes(Topology()).first { $0.name == node.name }?.condition
  }

  @Test(arguments: [nil, "s3cret"])
  func `a link that is cut stays so until it is restored, and the replica lives`(
    password: String?
  ) async throws {
    var layout = LabLayout(replicas: 2)
    layout.nodePassword = password
    try await Lab.settled(layout) { lab in
      let demo = DemoLab(lab)
      let replica = lab.replicas[0]
      _ = try await demo.perform(LabDeed(kind: .cut, node: replica.name))
      #expect(await condition(replica, demo) == .cut)
      // A Sentinel asks every 10 s in peace; what it sees has to hold for several rounds.
      try await eventually("the link is down for a while") {
        let report = try await report(replica, lab)
        return report?["master-link-status"] == "err"
          && (report?["master-link-down-time"].flatMap(Int.init) ?? 0) >= 12_000
          && report?["flags"] == "slave"
      }
      #expect(try await report(lab.replicas[1], lab)?["master-link-status"] == "ok")
      #expect(
        try await report(replica, lab)?["master-port"] == "\(lab.masters[0].address.port)")
      _ = try await demo.perform(LabDeed(kind: .restore, node: replica.name))
      #expect(await condition(replica, demo) == .up)
      try await eventually("the link is up again") {
        try await report(replica, lab)?["master-link-status"] == "ok"
      }
    }
  }

  @Test func `a replica that was cut off isn't promoted`() async throws {
    try await Lab.settled(LabLayout(replicas: 2), downAfter: .milliseconds(1_500)) { lab in
      let demo = DemoLab(lab)
      _ = try await demo.perform(LabDeed(kind: .cut, node: lab.replicas[0].name))
      try await eventually("the Sentinels know it") {
        for sentinel in lab.sentinels {
          let reports = try await sentinel.askForInstances("SENTINEL", "REPLICAS", Lab.service)
          let cut = reports.first { $0["port"] == "\(lab.replicas[0].address.port)" }
          guard (cut?["master-link-down-time"].flatMap(Int.init) ?? 0) > 0 else { return false }
        }
        return true
      }
      _ = try await demo.perform(LabDeed(kind: .kill, node: lab.masters[0].name))
      #expect(await condition(lab.masters[0], demo) == .dead)
      let new = try await lab.newMaster(after: lab.masters[0].address)
      #expect(new == lab.replicas[1].address)
      // The new master is no more within its reach than the old one was.
      let refused = await #expect(throws: Trouble.self) {
        try await demo.perform(LabDeed(kind: .cut, node: lab.replicas[1].name))
      }
      #expect(refused?.description.contains("is a master now") == true)
    }
  }

  @Test func `servers are frozen, thawed, killed and restarted`() async throws {
    try await Lab.settled(LabLayout(replicas: 1)) { lab in
      let demo = DemoLab(lab)
      let replica = lab.replicas[0]
      #expect(await demo.nodes(Topology()).map(\.condition) == .init(repeating: .up, count: 5))
      for (deed, condition) in [
        (LabDeed.Kind.freeze, DemoNode.Condition.frozen), (.thaw, .up), (.cut, .cut),
        (.kill, .dead),
        (.restart, .up),
      ] {
        #expect(
          try await demo.perform(LabDeed(kind: deed, node: replica.name)).contains(replica.name))
        #expect(await self.condition(replica, demo) == condition)
      }
      // The restarted one isn't cut off any more.
      try await eventually("it follows its master again") {
        try await replica.ask("INFO", "replication").joined()
          .contains("master_link_status:up")
      }
      await #expect(throws: Trouble.self) {
        try await demo.perform(LabDeed(kind: .cut, node: "sentinel-1"))
      }
      await #expect(throws: Trouble.self) {
        try await demo.perform(LabDeed(kind: .kill, node: "nobody"))
      }
    }
  }
}
