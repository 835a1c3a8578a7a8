import SentinelLab
import SentinelModel
import TestSupport
import Testing

/// `sentop get` and `sentop ckquorum`, as scripts use them.
@Suite(.live) struct GetLiveTests {
  private struct Answer: Decodable {
    var schema: Int
    var master: String
    var host: String
    var port: Int
  }

  @Test func `get prints host and port and nothing else, and fails for a name that nobody knows`()
    async throws
  {
    try await Lab.settled(LabLayout(replicas: 1)) { lab in
      let master = lab.masters[0].address
      let known = try await Program.run(["get", Lab.service] + lab.seed())
      known.expect(0)
      #expect(known.text == "127.0.0.1 \(master.port)\n")
      #expect(known.messages.isEmpty)
      let json = try await Program.run(["get", Lab.service, "--format", "json"] + lab.seed())
      let answer = try json.json(Answer.self)
      #expect(answer.host == "127.0.0.1" && answer.port == master.port)
      #expect(answer.schema == 1 && answer.master == Lab.service)

      let unknown = try await Program.run(["get", "other"] + lab.seed())
      unknown.expect(1)
      #expect(unknown.output.isEmpty)
      #expect(unknown.messages.contains("other"))

      // The next one is asked where the first one is dead.
      try await lab.sentinels[0].kill()
      let next = try await Program.run(["get", Lab.service] + lab.seed(0) + lab.seed(1))
      next.expect(0)
      #expect(next.text == known.text)
    }
  }

  @Test func `get follows a failover`() async throws {
    try await Lab.settled(downAfter: .milliseconds(1_500)) { lab in
      try await lab.masters[0].kill()
      let new = try await lab.newMaster(after: lab.masters[0].address)
      for number in lab.sentinels.indices {
        // A Sentinel that still has its last word to say about the old one isn't believed.
        try await eventually("the address of the new master") {
          let ending = try await Program.run(["get", Lab.service] + lab.seed(number))
          #expect(ending.text == "127.0.0.1 \(new.port)\n" || ending.output.isEmpty)
          return ending.status == 0
        }
      }
    }
  }

  @Test func `ckquorum is 0 while a failover could be agreed on, and 1 when it couldn't`()
    async throws
  {
    try await Lab.settled(downAfter: .milliseconds(1_500)) { lab in
      let good = try await Program.run(["ckquorum", Lab.service] + lab.seed())
      good.expect(0)
      #expect(good.messages.isEmpty)
      #expect(good.lines.count == 4)
      #expect(good.lines.dropFirst().allSatisfy { $0.contains("  ok  ") })
      let unknown = try await Program.run(["ckquorum", "other"] + lab.seed())
      unknown.expect(1)
      #expect(unknown.output.isEmpty)

      try await lab.sentinels[1].kill()
      try await lab.sentinels[2].kill()
      try await eventually("the one that is left can't see the others") {
        try await lab.sentinels[0].ask("SENTINEL", "CKQUORUM", Lab.service)[0].contains("NOQUORUM")
      }
      let bad = try await Program.run(["ckquorum", Lab.service] + lab.seed())
      bad.expect(1)
      #expect(bad.messages.isEmpty)
      func line(_ number: Int) -> String {
        bad.lines.first { $0.hasPrefix("\(lab.sentinels[number].address)") } ?? ""
      }
      #expect(line(0).contains("refused"))
      #expect(line(1).contains("failed"))
      #expect(line(2).contains("failed"))
    }
  }
}
