import RESP
import SentinelModel
import Testing

@testable import RedisSentinel

/// How a conversation begins with servers of old, and what its end means to each who waits.
@Suite(.timeLimit(.minutes(1))) struct ConversationEndTests {
  private static let patient = ConnectionConfiguration(
    connectTimeout: .seconds(20), commandTimeout: .seconds(20),
    authentication: Authentication(username: "ann", password: "s3cr3t"), clientName: "me")

  @Test func `a server that doesn't know HELLO is spoken to in RESP2`() async throws {
    let script = Scripts.old { words, _ in
      switch words.first {
      case "AUTH" where words.count == 3:
        [.send("-ERR wrong number of arguments for 'auth' command\r\n")]
      case "CLIENT": [.send("-ERR unknown subcommand\r\n")]
      default: [.send(Wire.ok)]
      }
    }
    try await FakeSentinel.open(script) { server in
      try await NodeConnection.open(to: server.address, Self.patient) { connection in
        #expect(connection.greeting == .init(respVersion: 2, version: nil, role: .sentinel))
        _ = try await connection.send(["PING"])
        #expect(
          server.received.dropFirst() == [
            ["AUTH", "ann", "s3cr3t"], ["AUTH", "s3cr3t"], ["CLIENT", "SETNAME", "me"], ["ROLE"],
            ["PING"],
          ])
        #expect(server.acceptedCount == 1)
      }
    }
  }

  @Test func `a subscription in RESP2 brings messages, and its confirmation answers it`()
    async throws
  {
    let script = Scripts.old { _, _ in
      [.send("*3\r\n" + Wire.bulk("psubscribe") + Wire.bulk("*") + ":1\r\n")]
    }
    var configuration = ConnectionConfiguration(
      connectTimeout: .seconds(20), commandTimeout: .seconds(20))
    configuration.protocolVersion = .resp2
    try await FakeSentinel.open(script) { server in
      let (signals, signal) = AsyncStream.makeStream(of: ConnectionSignal.self)
      try await NodeConnection.open(
        to: server.address, configuration, signal: { signal.yield($0) }
      ) { connection in
        try await connection.subscribe(patterns: ["*"])
        #expect(server.received == [["ROLE"], ["PSUBSCRIBE", "*"]])
        server.push(Wire.array(["pmessage", "*", "+sdown", "x"]))
        for await case .push(let message) in signals {
          #expect(message.compactMap(\.text) == ["pmessage", "*", "+sdown", "x"])
          break
        }
      }
    }
  }

  @Test(arguments: [Scripts.closing, Scripts.always("what?\r\n"), Scripts.always("+OK\r\n+OK\r\n")])
  func `what fails in the handshake has carried out nothing`(
    script: @escaping FakeSentinel.Script
  ) async throws {
    try await FakeSentinel.open(script) { server in
      let error = await failure {
        try await NodeConnection.open(to: server.address, Self.patient) { _ in }
      }
      #expect(error?.mayHaveExecuted == false)
      #expect(error?.endpoint == server.address)
      #expect(error?.description.contains("s3cr3t") == false)
    }
  }

  @Test func `a command that has left may be carried out, and one that hasn't can't be`()
    async throws
  {
    // It reads the first command and closes, while the second one is still on its way.
    let script = Scripts.greeting { words, _ in words == ["BYE"] ? [.close] : [] }
    try await FakeSentinel.open(script) { server in
      try await NodeConnection.open(to: server.address, Self.patient) { connection in
        async let left = failure { try await connection.send(["BYE"]) }
        // More than the system takes at once from one whose peer is gone.
        let long = String(repeating: "x", count: 64 << 20)
        async let stuck = failure { try await connection.send(["SET", long]) }
        let errors = await (left, stuck)
        #expect(errors.0?.mayHaveExecuted == true)
        #expect(errors.0?.isConnectionFailure == true)
        #expect(errors.1?.mayHaveExecuted == false)
        #expect(errors.1?.code == .connection(.write))
      }
    }
  }

  @Test func `a call of a task that was cancelled before sends nothing`() async throws {
    try await FakeSentinel.open(Scripts.greeting { _, _ in [.send(Wire.ok)] }) { server in
      try await NodeConnection.open(to: server.address, Self.patient) { connection in
        let (hold, release) = AsyncStream.makeStream(of: Void.self)
        let late = Task {
          for await _ in hold {}
          return await failure { try await connection.send(["SENTINEL", "FAILOVER", "x"]) }
        }
        late.cancel()
        release.finish()
        let error = await late.value
        #expect(error?.code == .cancelled)
        #expect(error?.mayHaveExecuted == false)
        _ = try await connection.send(["PING"])
        #expect(server.orders == [["PING"]])
      }
    }
  }

  @Test func `pushes between the replies of a pipeline shift none of them`() async throws {
    let push = Wire.push(["pmessage", "*", "+sdown", "x"])
    let script = Scripts.greeting { words, _ in [.send(push + Wire.bulk(words[0]) + push)] }
    try await FakeSentinel.open(script) { server in
      let (signals, signal) = AsyncStream.makeStream(of: ConnectionSignal.self)
      try await NodeConnection.open(
        to: server.address, Self.patient, signal: { signal.yield($0) }
      ) { connection in
        let replies = try await connection.send(pipeline: [["A"], ["B"], ["C"]])
        #expect(replies.map(\.text) == ["A", "B", "C"])
        var heard = 0
        for await case .push in signals {
          heard += 1
          if heard == 6 { break }
        }
      }
    }
  }
}
