import RedisSentinel
import SentinelInsight
import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import SentinelMonitor

/// The monitor on real servers: what it says when somebody dies, freezes, comes back, or lies.
@Suite(.live) struct MonitorLiveTests {
  private let service: ServiceName = "mymaster"

  @Test func `from one seed all Sentinels are found, each once`() async throws {
    try await Lab.open { lab in
      try await lab.settle()
      // A second name for the seed must not make it two.
      let port = lab.sentinels[0].address.port
      let seeds = [lab.sentinels[0].address, NodeAddress(host: "localhost", port: port)]
      try await watching(seeds) { monitor in
        try await monitor.expectWhole(lab)
        let vantages = await monitor.snapshot.topology.vantages
        #expect(Set(vantages.compactMap(\.identity?.id)).count == 3)
        #expect(
          Set(vantages.map(\.address.port)) == Set(lab.sentinels.map(\.address.port)))
        let summary = try #require(
          ServiceSummary(of: service, in: await monitor.snapshot.topology))
        #expect(summary.address == lab.masters[0].address)
        #expect(summary.health == .up)
        #expect(summary.replicasUp == 2)
        #expect(summary.usableSentinels == 3)
        #expect(summary.agreement?.isComplete == true)
        #expect(!summary.isProblem)
      }
    }
  }

  @Test func `a master that is killed goes down, is replaced, and comes back as a replica`()
    async throws
  {
    try await Lab.open { lab in
      try await lab.settle()
      try await watching([lab.sentinels[0].address]) { monitor in
        try await monitor.expectWhole(lab)
        let old = lab.masters[0]
        try await old.kill()
        try await monitor.expect("every Sentinel has a new master") { snapshot in
          guard let agreement = Agreement(of: "mymaster", in: snapshot.topology.vantages) else {
            return false
          }
          return agreement.address != old.address && agreement.agree.count == 3
        }
        let snapshot = await monitor.snapshot
        #expect(!snapshot.lines(.sDown).isEmpty)
        #expect(!snapshot.lines(.oDown).isEmpty)
        #expect(!snapshot.lines(.electedLeader).isEmpty)
        let switched = snapshot.lines(.switchMaster)
        #expect(Set(switched.flatMap(\.sources).map(\.sentinel)).count == 3)
        try await old.start()
        try await monitor.expect("the old master is a replica with a link", within: .seconds(60)) {
          ReplicaSummary.all(of: "mymaster", in: $0.topology)?.contains {
            $0.address == old.address && $0.health == .up && $0.link.isUp
          } == true
        }
      }
    }
  }

  @Test func `a replica that is killed is down, and up when it is back`() async throws {
    try await Lab.open { lab in
      try await lab.settle()
      try await watching([lab.sentinels[0].address]) { monitor in
        try await monitor.expectWhole(lab)
        let replica = lab.replicas[0]
        @Sendable func row(_ snapshot: Snapshot) -> ReplicaSummary? {
          ReplicaSummary.all(of: "mymaster", in: snapshot.topology)?
            .first { $0.address == replica.address }
        }
        try await replica.kill()
        try await monitor.expect("all have it in sdown") { row($0)?.sDownCount == 3 }
        let summary = try #require(
          ServiceSummary(of: service, in: await monitor.snapshot.topology))
        #expect(summary.replicasUp == 1)
        #expect(summary.isProblem)
        try await replica.start()
        try await monitor.expect("nobody has it in sdown") { row($0)?.health == .up }
      }
    }
  }

  @Test func `a Sentinel that is killed is unreachable, and back with a gap when it is started`()
    async throws
  {
    try await Lab.open { lab in
      try await lab.settle()
      try await watching([lab.sentinels[0].address]) { monitor in
        try await monitor.expectWhole(lab)
        let sentinel = lab.sentinels[1]
        try await sentinel.kill()
        try await monitor.expect("it is unreachable", within: .seconds(3)) {
          $0.topology[sentinel.address]?.isReachable == false
        }
        // What it said last is kept.
        let lost = try #require(await monitor.snapshot.topology[sentinel.address])
        #expect(lost.services[service]?.master.address == lab.masters[0].address)
        try await sentinel.start()
        try await monitor.expect("it answers again, and the log says what was missed") { snapshot in
          snapshot.topology[sentinel.address]?.isReachable == true
            && Set(["sentinel lost", "sentinel back", "gap"])
              .isSubset(of: snapshot.log.entries.map(\.title))
        }
      }
    }
  }

  @Test func `a frozen Sentinel is unreachable within three seconds and stalls nobody`()
    async throws
  {
    try await Lab.open { lab in
      try await lab.settle()
      try await watching([lab.sentinels[0].address]) { monitor in
        try await monitor.expectWhole(lab)
        let frozen = lab.sentinels[2]
        try await frozen.freeze()
        try await monitor.expect("it is unreachable", within: .seconds(3)) {
          $0.topology[frozen.address]?.isReachable == false
        }
        let moment = monitor.clock.now()
        try await monitor.expect("the others stay fresh", within: .seconds(3)) { snapshot in
          snapshot.topology.vantages.allSatisfy { vantage in
            vantage.address == frozen.address
              || vantage.isReachable && (vantage.lastHeard ?? moment) > moment
          }
        }
        try await frozen.thaw()
        try await monitor.expect("it is back", within: .seconds(3)) {
          $0.topology[frozen.address]?.isReachable == true
        }
      }
    }
  }

  @Test func `a Sentinel with a password is watched with it, and named without it`() async throws {
    var layout = LabLayout()
    layout.sentinelPassword = "s3cret-of-sentinels"
    layout.nodePassword = "s3cret-of-nodes"
    try await Lab.open(layout) { lab in
      try await lab.settle()
      try await watching([lab.sentinels[0].address], password: "s3cret-of-sentinels") { monitor in
        try await monitor.expectWhole(lab)
      }
      for (password, words) in [(nil, "a password is required"), ("wrong", "wrong user name")] {
        try await watching([lab.sentinels[0].address], password: password) { monitor in
          try await monitor.expect("the reason is the password: \(words)") { snapshot in
            guard case .unreachable(_, let reason)? = snapshot.topology.vantages.first?.contact
            else { return false }
            return reason.contains(words) && !reason.contains("wrong\"")
          }
        }
      }
    }
  }

  @Test func `a data node and a port where nobody listens are told apart`() async throws {
    try await Lab.open { lab in
      let stranger = try await lab.addStranger()
      let gone = try await lab.addStranger()
      try await gone.kill()
      try await watching([stranger.address, gone.address, lab.sentinels[0].address]) { monitor in
        @Sendable func reason(_ snapshot: Snapshot, _ address: NodeAddress) -> String {
          guard case .unreachable(_, let reason)? = snapshot.topology[address]?.contact else {
            return ""
          }
          return reason
        }
        try await monitor.expect("each has its own reason, and the Sentinel is there") { snapshot in
          reason(snapshot, stranger.address).contains("no Sentinel")
            && reason(snapshot, gone.address).contains("refused")
            && snapshot.topology[lab.sentinels[0].address]?.isReachable == true
        }
      }
    }
  }
}
