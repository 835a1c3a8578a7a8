import RedisSentinel
import SentinelInsight
import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import SentinelMonitor

/// The doctor over real servers of which something is wrong: that is told, and nothing else.
@Suite(.live) struct IllLabLiveTests {
  @Test func `a Sentinel that holds another master is named within five seconds`() async throws {
    // All have epoch 0, so that nobody's word counts more: it stays so.
    try await Consultation.open { lab in
      let other = try await lab.addStranger()
      _ = try await lab.addReplica(of: other)
      try await lab.tell(lab.sentinels[2], "SENTINEL", "REMOVE", "mymaster")
      try await lab.monitor("mymaster", at: other, by: lab.sentinels[2])
      // By then it has heard the others, and learnt nothing from them.
      try await lab.sentinels[2].waitForLog("+sentinel sentinel", count: 4)
    } _: { consultation in
      let odd = consultation.lab.sentinels[2].address
      let finding = try await consultation.finding("D1")
      #expect(consultation.elapsed < .seconds(5))
      #expect(finding.severity == .critical)
      #expect(finding.title == "s3 of 3 Sentinels holds another master")
      #expect(finding.evidence.filter { $0.limit != nil }.map(\.source) == [odd])
      #expect(finding.command?.contains("-p \(odd.port) SENTINEL REMOVE mymaster") == true)
      // D21: the other master's replica has data of its own, under the same name.
      await consultation.expectNothing(but: ["D1", "D21"], inSamples: 13)
    }
  }

  @Test func `one master under two names is told at both`() async throws {
    try await Consultation.open { lab in
      for sentinel in lab.sentinels {
        try await lab.monitor("alias", at: lab.masters[0], by: sentinel)
      }
      for sentinel in lab.sentinels {
        try await sentinel.waitForLog("+sentinel sentinel", count: 4)
      }
    } _: { consultation in
      let master = consultation.lab.masters[0].address
      for (name, other) in [("mymaster", "alias"), ("alias", "mymaster")] {
        let finding = try await consultation.finding("D21") {
          $0.subject.service == ServiceName(name)
        }
        #expect(finding.severity == .critical)
        #expect(finding.title == "\(master) is also the master of \(other)")
        #expect(finding.evidence.count == 3)
      }
      await consultation.expectNothing(but: ["D21"])
    }
  }

  @Test func `a Sentinel that was replaced by a new one still counts, and is told`() async throws {
    try await Consultation.open { lab in
      try await lab.sentinels[2].kill()
      _ = try await lab.addSentinel()
    } _: { consultation in
      let dead = consultation.lab.sentinels[2].address
      let finding = try await consultation.finding("D15") { $0.evidence.count == 2 }
      #expect(finding.subject.node == dead)
      let count = try await consultation.finding("D17")
      #expect(count.title == "there are 4 Sentinels")
      // The new one never heard of the dead one.
      let differing = try await consultation.finding("D14")
      #expect(differing.title == "the Sentinels know different numbers of others")
      await consultation.expectNothing(but: ["D14", "D15", "D17"])
    }
  }

  @Test func `a quorum of more Sentinels than there are is out of reach`() async throws {
    try await Consultation.open { lab in
      for sentinel in lab.sentinels {
        try await lab.tell(sentinel, "SENTINEL", "SET", "mymaster", "quorum", "5")
      }
    } _: { consultation in
      let sentinels = consultation.lab.sentinels.map(\.address)
      for sentinel in sentinels {
        let finding = try await consultation.finding("D12") { $0.subject.node == sentinel }
        #expect(finding.severity == .critical)
        #expect(finding.title.hasSuffix("can't reach the quorum: 3 usable"))
      }
      let finding = try await consultation.finding("D18")
      #expect(finding.title == "the quorum of 5 can't be reached by 3 Sentinels")
      #expect(Set(finding.evidence.compactMap(\.source)) == Set(sentinels))
      // The majority is there.
      await consultation.expectNothing(but: ["D12", "D18"])
    }
  }

  @Test func `a password that is wrong at one Sentinel is told, for every node`() async throws {
    var layout = LabLayout()
    layout.nodePassword = "s3cret"
    try await Consultation.open(layout) { lab in
      try await lab.tell(
        lab.sentinels[1], "SENTINEL", "SET", "mymaster", "auth-pass", "anything-else")
    } _: { consultation in
      let lab = consultation.lab
      for node in lab.masters + lab.replicas {
        let finding = try await consultation.finding("D38") { $0.subject.node == node.address }
        #expect(finding.severity == .critical)
        #expect(finding.evidence.map(\.source) == [lab.sentinels[1].address])
        #expect(finding.command?.hasSuffix("SET mymaster auth-pass PASSWORD") == true)
      }
      // In its first seconds it looks like any node that is down.
      consultation.forget()
      // D24: the replicas do follow the master, and that Sentinel has no way to them.
      await consultation.expectNothing(but: ["D24", "D38"], inSamples: 8)
    }
  }

  @Test func `a Sentinel that stood still is in tilt`() async throws {
    try await Consultation.open { consultation in
      let lab = consultation.lab
      try await consultation.monitor.expectWhole(lab)
      let sentinel = lab.sentinels[1]
      try await sentinel.freeze()
      let down = try await consultation.finding("D15")
      #expect(down.subject.node == sentinel.address)
      try await sentinel.thaw()
      let finding = try await consultation.finding("D45", within: .seconds(5))
      #expect(finding.severity == .critical)
      #expect(finding.subject.node == sentinel.address)
      await consultation.expectNo("D15")
      consultation.forget()
      // D67: while it stood still, nobody heard it.
      await consultation.expectNothing(but: ["D45", "D67"], inSamples: 8)
    }
  }

  @Test func `a replica of a replica is told, and no more once it follows the master again`()
    async throws
  {
    // Sentinels put it right, but not before this time.
    var layout = LabLayout()
    layout.failoverTimeout = .seconds(60)
    try await Consultation.open(layout) { lab in
      try await lab.follow(lab.replicas[0], with: lab.replicas[1])
    } _: { consultation in
      let lab = consultation.lab
      let finding = try await consultation.finding("D5")
      #expect(finding.subject.node == lab.replicas[1].address)
      #expect(finding.evidence.map(\.value) == ["\(lab.replicas[0].address)"])
      #expect(finding.evidence.map(\.limit) == ["\(lab.masters[0].address)"])
      // Nor is it an old entry, though the master doesn't list it.
      await consultation.expectNothing(but: ["D5"])
      try await lab.follow(lab.masters[0], with: lab.replicas[1])
      // The Sentinels' own rows are up to ten seconds old.
      await consultation.expectNo("D5", within: .seconds(5))
      await consultation.expectNothing(but: ["D5"])
    }
  }
}

extension Lab {
  /// Makes a Sentinel monitor a master, with the lab's own settings.
  fileprivate func monitor(
    _ service: ServiceName, at master: LabNode, by sentinel: LabNode
  ) async throws {
    let name = service.rawValue
    try await tell(
      sentinel, "SENTINEL", "MONITOR", name, master.address.host, "\(master.address.port)",
      "\(layout.quorum)")
    try await tell(
      sentinel, "SENTINEL", "SET", name,
      "down-after-milliseconds", "\(layout.downAfter.inMilliseconds)",
      "failover-timeout", "\(layout.failoverTimeout.inMilliseconds)")
  }

  /// Makes a data node follow another one.
  fileprivate func follow(_ leader: LabNode, with node: LabNode) async throws {
    try await tell(node, "REPLICAOF", leader.address.host, "\(leader.address.port)")
  }
}
