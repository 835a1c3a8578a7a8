import SentinelModel
import Testing

@testable import SentinelLab

@Suite(.timeLimit(.minutes(1)))
struct LabTests {
  @Test func `every server answers when the lab is open`() async throws {
    try await Lab.open(LabLayout(masters: 2)) { lab in
      #expect(lab.masters.count == 2)
      #expect(lab.replicas.count == 4)
      #expect(lab.sentinels.count == 3)
      try await expectAnswers(from: lab.nodes)
    }
  }

  @Test func `replicas are in step before the first sentinel starts`() async throws {
    try await Lab.open { lab in
      for replica in lab.replicas {
        let info = try await replica.ask("INFO", "replication")
        #expect(info.contains("master_link_status:up"))
      }
      let role = try await lab.masters[0].ask("ROLE")
      #expect(role.hasPrefix("master"))
    }
  }

  @Test func `sentinels watch what the layout says, as it says`() async throws {
    var layout = LabLayout(services: ["a", "b"], replicas: 1, sentinels: 1, quorum: 1)
    layout.downAfter = .milliseconds(2345)
    try await Lab.open(layout) { lab in
      for service in layout.services {
        let master = try #require(lab.master(of: service))
        let lines = try await lab.sentinels[0].ask("SENTINEL", "MASTER", service.rawValue)
          .split(separator: "\n").map(String.init)
        let port = try #require(lines.firstIndex(of: "port"))
        #expect(lines[port + 1] == "\(master.address.port)")
        let downAfter = try #require(lines.firstIndex(of: "down-after-milliseconds"))
        #expect(lines[downAfter + 1] == "2345")
      }
    }
  }

  @Test func `in a settled lab every sentinel can reach a quorum`() async throws {
    try await Lab.open { lab in
      try await lab.settle()
      for sentinel in lab.sentinels {
        let answer = try await sentinel.ask("SENTINEL", "CKQUORUM", "mymaster")
        #expect(answer.hasPrefix("OK 3 usable Sentinels"))
        let replicas = try await sentinel.ask("SENTINEL", "REPLICAS", "mymaster")
        for replica in lab.replicas { #expect(replicas.contains("\(replica.address.port)")) }
      }
    }
  }

  @Test func `a killed master is replaced by a replica, and can come back`() async throws {
    var layout = LabLayout()
    layout.downAfter = .milliseconds(500)
    // A vote can end without a winner: then another is held after twice this time.
    layout.failoverTimeout = .seconds(1)
    try await Lab.open(layout) { lab in
      try await lab.settle()
      let master = lab.masters[0]
      try await master.kill()
      for sentinel in lab.sentinels { try await sentinel.waitForLog("+switch-master") }
      let answer = try await lab.sentinels[0].ask(
        "SENTINEL", "GET-MASTER-ADDR-BY-NAME", "mymaster")
      let port = try #require(answer.split(separator: "\n").last.flatMap { Int($0) })
      #expect(lab.replicas.map(\.address.port).contains(port))
      try await master.restart()
      try await expectAnswers(from: lab.nodes)
    }
  }

  @Test func `two labs stand side by side, and one ends alone`() async throws {
    let layout = LabLayout(replicas: 1, sentinels: 1)
    try await Lab.open(layout) { outer in
      try await Lab.open(layout) { inner in
        let addresses = Set((outer.nodes + inner.nodes).map(\.address))
        #expect(addresses.count == 6)
        #expect(outer.path != inner.path)
      }
      try await expectAnswers(from: outer.nodes)
    }
  }

  @Test func `an added replica follows, an added stranger is no sentinel`() async throws {
    try await Lab.open(LabLayout(replicas: 0, sentinels: 0)) { lab in
      let replica = try await lab.addReplica(of: lab.masters[0])
      #expect(try await replica.ask("ROLE").contains("\(lab.masters[0].address.port)"))
      let stranger = try await lab.addStranger()
      #expect(try await stranger.ask("SENTINEL", "MASTERS").hasPrefix("ERR unknown command"))
      #expect(lab.node(at: stranger.address) === stranger)
    }
  }

  @Test func `a node is found by its address`() async throws {
    try await Lab.open(LabLayout(replicas: 1, sentinels: 1)) { lab in
      for node in lab.nodes { #expect(lab.node(at: node.address) === node) }
      #expect(lab.node(at: NodeAddress(host: "127.0.0.1", port: 1)) == nil)
    }
  }
}
