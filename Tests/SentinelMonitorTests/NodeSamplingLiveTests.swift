import RedisSentinel
import SentinelInsight
import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import SentinelMonitor

/// Data nodes, asked directly and through what Sentinels keep of them.
@Suite(.live) struct NodeSamplingLiveTests {
  private let plain = ConnectionConfiguration()

  @Test func `every data node says itself what it is, and passes on what Sentinels say`()
    async throws
  {
    try await Lab.open { lab in
      try await lab.settle()
      let master = lab.masters[0].address
      // In RESP2 a connection that listens can't ask: INFO is worth more.
      let heard = lab.layout.speaksRESP3 ? 3 : 0
      let nodes = Set(lab.nodes.map(\.address)).subtracting(lab.sentinels.map(\.address))
      try await watching([lab.sentinels[0].address], nodes: plain) { monitor in
        try await monitor.expect("all nodes are sampled, and all Sentinels heard") { snapshot in
          let views = snapshot.topology.nodes
          return Set(views.keys) == nodes && views.values.allSatisfy { $0.info != nil }
            && views[master]?.hellos.count == heard
        }
        let topology = await monitor.snapshot.topology
        #expect(topology.nodes[master]?.info?.value["role"] == "master")
        #expect(topology.nodes[master]?.info?.value.attachedReplicas.count == 2)
        for node in nodes where node != master {
          #expect(topology.nodes[node]?.info?.value["role"] == "slave")
        }
        let hellos = try #require(topology.nodes[master]?.hellos)
        if lab.layout.speaksRESP3 {
          #expect(Set(hellos.keys) == Set(topology.vantages.compactMap(\.identity?.id)))
        }
        #expect(hellos.values.allSatisfy { $0.value.master == master })
      }
    }
  }

  @Test func `a frozen node is told as such, and keeps its last words`() async throws {
    try await Lab.open { lab in
      try await lab.settle()
      let replica = lab.replicas(of: "mymaster")[0]
      try await watching([lab.sentinels[0].address], nodes: plain) { monitor in
        try await monitor.expect("it is sampled") {
          $0.topology.nodes[replica.address]?.isReachable == true
        }
        try await replica.freeze()
        try await monitor.expect("it is unreachable") {
          guard case .unreachable = $0.topology.nodes[replica.address]?.contact else {
            return false
          }
          return true
        }
        let view = await monitor.snapshot.topology.nodes[replica.address]
        #expect(view?.info?.value["role"] == "slave")
        try await replica.thaw()
        try await monitor.expect("it is back") {
          $0.topology.nodes[replica.address]?.isReachable == true
        }
      }
    }
  }

  @Test func `without the nodes' password, the Sentinels' copies have to do`() async throws {
    var layout = LabLayout()
    layout.nodePassword = "node-secret"
    try await Lab.open(layout) { lab in
      try await lab.settle()
      let master = lab.masters[0].address
      try await watching([lab.sentinels[0].address], nodes: plain) { monitor in
        try await monitor.expect("the node refuses, and every Sentinel has a text of it") {
          snapshot in
          guard case .unreachable(_, let reason) = snapshot.topology.nodes[master]?.contact else {
            return false
          }
          let caches = snapshot.topology.vantages.compactMap {
            $0.services["mymaster"]?.infoCache?.value
          }
          return reason.contains("password") && caches.count == 3
            && caches.allSatisfy { $0.replicas.count == 2 && $0.master.info?["role"] == "master" }
        }
      }
      let allowed = ConnectionConfiguration(
        authentication: Authentication(password: "node-secret"))
      try await watching([lab.sentinels[0].address], nodes: allowed) { monitor in
        try await monitor.expect("with the password it answers") {
          $0.topology.nodes[master]?.isReachable == true
        }
      }
    }
  }

  @Test func `a Sentinel's own settings are known, its password is not`() async throws {
    var layout = LabLayout()
    layout.sentinelPassword = "sentinel-secret"
    try await Lab.open(layout) { lab in
      try await lab.settle()
      try await watching([lab.sentinels[0].address], password: "sentinel-secret") { monitor in
        try await monitor.expect("the settings and the scripts are told") { snapshot in
          snapshot.topology.vantages.count == 3
            && snapshot.topology.vantages.allSatisfy {
              $0.configuration != nil && $0.scripts != nil
            }
        }
        let topology = await monitor.snapshot.topology
        #expect(topology.nodes.isEmpty)
        #expect(
          topology.vantages.allSatisfy { $0.configuration?.value["resolve-hostnames"] != nil })
        #expect(!String(reflecting: topology).contains("sentinel-secret"))
      }
    }
  }

  @Test func `a replica that nobody lists any more is no longer asked`() async throws {
    try await Lab.open { lab in
      try await lab.settle()
      let replica = lab.replicas(of: "mymaster")[0]
      try await watching([lab.sentinels[0].address], nodes: plain) { monitor in
        try await monitor.expect("it is sampled") {
          $0.topology.nodes[replica.address]?.info != nil
        }
        try await replica.kill()
        for sentinel in lab.sentinels {
          try await NodeConnection.open(to: sentinel.address, ConnectionConfiguration()) {
            _ = try await $0.send(["SENTINEL", "RESET", "mymaster"])
          }
        }
        try await monitor.expect("it is forgotten") {
          $0.topology.nodes[replica.address] == nil
            && $0.topology.nodes[lab.masters[0].address]?.isReachable == true
        }
      }
    }
  }
}
