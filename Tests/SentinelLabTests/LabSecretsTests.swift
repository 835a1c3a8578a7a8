import SentinelModel
import Testing

@testable import SentinelLab

@Suite(.timeLimit(.minutes(1)))
struct LabSecretsTests {
  /// With what a configuration file could stumble over.
  private let nodePassword = #"#node$pass\wordé"#
  private let sentinelPassword = #"#sentinel "pass\word' é"#

  private var layout: LabLayout {
    var layout = LabLayout()
    layout.nodePassword = nodePassword
    layout.sentinelPassword = sentinelPassword
    layout.downAfter = .milliseconds(500)
    // A vote can end without a winner: then another is held after twice this time.
    layout.failoverTimeout = .seconds(1)
    return layout
  }

  @Test func `servers ask for their passwords, and know each other's`() async throws {
    try await Lab.open(layout) { lab in
      try await lab.settle()
      for node in lab.nodes {
        #expect(try await node.ask("PING").hasPrefix("NOAUTH"))
        let password = node.role == .sentinel ? sentinelPassword : nodePassword
        #expect(try await node.ask("PING", password: password) == "PONG")
      }
      for sentinel in lab.sentinels {
        let answer = try await sentinel.ask(
          "SENTINEL", "CKQUORUM", "mymaster", password: sentinelPassword)
        #expect(answer.hasPrefix("OK 3 usable"))
      }
    }
  }

  @Test func `a failover works with passwords, and the old master can follow the new`() async throws
  {
    try await Lab.open(layout) { lab in
      try await lab.settle()
      try await lab.masters[0].kill()
      for sentinel in lab.sentinels { try await sentinel.waitForLog("+switch-master") }
      try await lab.masters[0].restart()
      // A Sentinel would tell it so too, but takes its time.
      let leader = try await lab.sentinels[0].ask(
        "SENTINEL", "GET-MASTER-ADDR-BY-NAME", "mymaster", password: sentinelPassword)
      let port = try #require(leader.split(separator: "\n").last)
      let answer = try await lab.masters[0].ask(
        "REPLICAOF", "127.0.0.1", String(port), password: nodePassword)
      #expect(answer == "OK")
      try await eventually("the old master is a replica in step") {
        try await lab.masters[0].ask("INFO", "replication", password: nodePassword)
          .contains("master_link_status:up")
      }
    }
  }

  @Test func `no password is in a command line, a readable file or a log`() async throws {
    let layout = layout
    try await Lab.open(layout) { lab in
      // It makes the servers rewrite their files.
      try await lab.sentinels[0].restart()
      #expect(
        try await lab.masters[0].ask("CONFIG", "REWRITE", password: nodePassword) == "OK")
      #expect(Processes.mode(of: lab.path) == 0o700)
      for pid in await lab.pids {
        for pid in [pid] + Processes.children(of: pid) {
          #expect(!Processes.commandLine(of: pid).contains("pass"))
        }
      }
      for node in lab.nodes {
        #expect(Processes.mode(of: node.configurationFile) == 0o600)
        #expect(await !node.log.contains { $0.contains(#"pass\word"#) })
      }
    }
  }
}
