import Foundation
import RESP
import RedisSentinel
import SentinelLab
import SentinelModel
import TestSupport
import Testing

/// Who may talk to Sentinels, what is said where that fails, and what is never said.
@Suite(.live) struct AccessLiveTests {
  private static let password = "s3cret-of-sentinels"

  private func guarded<Result>(_ body: (Lab) async throws -> Result) async throws -> Result {
    var layout = LabLayout(replicas: 1)
    layout.sentinelPassword = Self.password
    layout.nodePassword = "s3cret-of-nodes"
    return try await Lab.settled(layout, body)
  }

  @Test func `a password is taken from the environment or a file, and never shows`() async throws {
    try await guarded { lab in
      try await Folder.open { folder in
        let file = try folder.file("password", "\(Self.password)\nnot this line\n")
        let ways: [(arguments: [String], environment: [String: String])] = [
          ([], ["SENTOP_PASSWORD": Self.password]),
          ([], ["REDISCLI_AUTH": Self.password]),
          ([], ["SENTOP_PASSWORD": Self.password, "REDISCLI_AUTH": "wrong"]),
          (["--password-file", file], ["SENTOP_PASSWORD": "wrong"]),
          (["--user", "default"], ["SENTOP_PASSWORD": Self.password]),
        ]
        for way in ways {
          let ending = try await Program.run(
            ["status"] + lab.seed() + way.arguments, environment: way.environment)
          ending.expect(0)
          for node in lab.nodes { #expect(ending.text.contains("\(node.address)")) }
          #expect(!ending.everything.contains("s3cret"))
        }
        for command in [
          ["get", Lab.service], ["ckquorum", Lab.service], ["flushconfig", "--yes"],
          ["events", "--for", "1s"], ["failover", Lab.service, "--dry-run"], ["info"],
        ] {
          let ending = try await Program.run(
            command + (command == ["info"] ? [] : lab.seed()),
            environment: ["SENTOP_PASSWORD": Self.password])
          ending.expect(0)
          #expect(!ending.everything.contains("s3cret"))
        }
      }
      for node in lab.nodes {
        let pid = try #require(await node.pid)
        for process in [pid] + Processes.descendants(of: pid) {
          #expect(!Processes.commandLine(of: process).contains("s3cret"))
        }
      }
    }
  }

  @Test func `the program's own command line doesn't show the password`() async throws {
    try await guarded { lab in
      let children = Processes.descendants(of: getpid())
      try await Program.running(
        ["events", "-f"] + lab.seed(), environment: ["SENTOP_PASSWORD": Self.password]
      ) { output in
        try await eventually("it is in") {
          output.lines.contains { $0.contains("sentinel found") }
        }
        let all = Processes.descendants(of: getpid()).map(Processes.commandLine)
        #expect(all.contains { $0.contains("events") })
        #expect(!all.contains { $0.contains(Self.password) })
        #expect(!children.isEmpty)
      }
    }
  }

  @Test(arguments: [[:], ["SENTOP_PASSWORD": "s3cret-but-wrong"]])
  func `a missing or wrong password is named as that, with what to do, and isn't repeated`(
    environment: [String: String]
  ) async throws {
    try await guarded { lab in
      for command in [
        ["status"], ["events", "--for", "1s"], ["ckquorum", Lab.service],
        ["failover", Lab.service, "--yes"], ["get", Lab.service],
      ] {
        let ending = try await Program.run(command + lab.seed(), environment: environment)
        ending.expect(1)
        #expect(ending.output.isEmpty)
        #expect(ending.messages.contains(environment.isEmpty ? "NOAUTH" : "WRONGPASS"))
        #expect(
          ending.messages.contains("SENTOP_PASSWORD"), "\(command) says: \(ending.messages)")
        #expect(!ending.everything.contains("s3cret"))
      }
    }
  }

  @Test func `no Sentinel, nobody, and no such host are told apart`() async throws {
    try await Lab.settled(LabLayout(replicas: 0, sentinels: 1)) { lab in
      let stranger = try await lab.addStranger()
      let gone = try await lab.addStranger()
      try await gone.kill()
      // Longer than any name may be, so that nobody in the network is asked for it.
      let unknown = String(repeating: "x", count: 70)
      for (seed, words) in [
        ("\(stranger.address)", "no Sentinel"), ("\(gone.address)", "refused"),
        ("\(unknown):26379", "no address"),
      ] {
        for command in [["status"], ["get", Lab.service], ["reset", Lab.service, "--yes"]] {
          let ending = try await Program.run(command + ["-s", seed])
          ending.expect(1)
          #expect(ending.output.isEmpty)
          #expect(ending.messages.contains(seed))
          #expect(ending.messages.contains(words), "\(command) says: \(ending.messages)")
        }
        // One that answers is enough.
        let ending = try await Program.run(["status", "-s", seed] + lab.seed())
        ending.expect(0)
        #expect(ending.text.contains("\(lab.masters[0].address)"))
        #expect(ending.text.contains(words))
      }
    }
  }

  @Test func `a name made to move the cursor is shown by marks`() async throws {
    try await Lab.settled(LabLayout(replicas: 0, sentinels: 1)) { lab in
      let name = "evil\u{1B}[31m\u{7}\u{9B}2J\r\nname"
      try await NodeConnection.open(to: lab.sentinels[0].address, ConnectionConfiguration()) {
        let reply = try await $0.send(
          ["SENTINEL", "MONITOR", name, "127.0.0.1", "\(lab.masters[0].address.port)", "1"])
        #expect(reply.text == "OK")
      }
      for command in [
        ["status"], ["status", "--format", "json"], ["status", "other"], ["events", "--for", "1s"],
        ["get", name], ["status", name], ["ckquorum", name], ["failover", name, "--yes"],
        ["reset", name, "--dry-run"], ["remove", name, "--dry-run"],
        ["set", name, "quorum", "1", "--dry-run"],
      ] {
        let ending = try await Program.run(command + lab.seed())
        let scalars = ending.everything.unicodeScalars
        #expect(
          scalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control },
          "\(command) says: \(ending.everything.debugDescription)")
      }
      let table = try await Program.run(["status"] + lab.seed())
      #expect(table.text.contains("evil␛[31m"))
      #expect(table.text.contains("name"))
    }
  }
}
