import RESP
import SentinelModel
import Testing

@testable import RedisSentinel

/// Servers that hang, lie and die: what each does to those who wait.
@Suite struct NodeConnectionTests {
  private static let quick = ConnectionConfiguration(
    connectTimeout: .seconds(20), commandTimeout: .seconds(3))
  private static let patient = ConnectionConfiguration(
    connectTimeout: .seconds(20), commandTimeout: .seconds(20))

  /// A server that shakes hands, and then does as the script says.
  private func greeting(_ script: @escaping FakeSentinel.Script) -> FakeSentinel.Script {
    { words, connection in
      words.first == "HELLO" ? [.send(Wire.hello)] : script(words, connection)
    }
  }

  @Test func `callers share one conversation and each gets its own reply`() async throws {
    let echo = greeting { words, _ in [.send(Wire.bulk(words[1]))] }
    try await FakeSentinel.open(echo) { server in
      try await NodeConnection.open(to: server.address, Self.patient) { connection in
        let replies = await withTaskGroup(of: Bool.self) { group in
          for number in 0..<200 {
            group.addTask {
              (try? await connection.send(["ECHO", "\(number)"]))?.text == "\(number)"
            }
          }
          return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(replies.allSatisfy { $0 })
        #expect(replies.count == 200)
        #expect(server.acceptedCount == 1)
      }
    }
  }

  @Test func `a pipeline's replies come back in order, error replies among them`() async throws {
    let script = greeting { words, _ in
      [.send(words[0] == "BAD" ? "-ERR no\r\n" : Wire.bulk(words[0]))]
    }
    try await FakeSentinel.open(script) { server in
      try await NodeConnection.open(to: server.address, Self.patient) { connection in
        let replies = try await connection.send(pipeline: [["A"], ["BAD"], ["C"]])
        #expect(replies == [.bulkString("A"), .error("ERR no"), .bulkString("C")])
      }
    }
  }

  @Test(arguments: [Duration.zero, .seconds(3_600)])
  func `a command that waits at the server has as long as the configuration says`(
    own: Duration
  ) async throws {
    var brief = Self.patient
    brief.blockingCommandTimeout = .milliseconds(1)
    brief.commandTimeout = .seconds(3)
    try await FakeSentinel.open(greeting { _, _ in [] }) { server in
      try await NodeConnection.open(to: server.address, brief) { connection in
        let request = RedisRequest(words: ["BLPOP", "empty", "0"], blocksFor: own)
        let error = await failure { try await connection.send([request]) }
        #expect(error?.code == .timeout(.command))
      }
    }
  }

  @Test func `a byte at a time is as good as all at once`() async throws {
    let script = greeting { _, _ in
      [.drip(Wire.master(flags: "master,s_down") + Wire.push(["pmessage", "*", "+sdown", "x"]))]
    }
    try await FakeSentinel.open(script) { server in
      let (signals, signal) = AsyncStream.makeStream(of: ConnectionSignal.self)
      try await NodeConnection.open(
        to: server.address, Self.patient, signal: { signal.yield($0) }
      ) { connection in
        let reply = try await connection.send(["SENTINEL", "MASTER", "mymaster"])
        #expect(try MasterState(reply: reply).flags.contains(.sDown))
        for await case .push(let message) in signals {
          #expect(message.last?.text == "x")
          break
        }
      }
    }
  }

  @Test func `a server that accepts and never answers is given up in the handshake`() async throws {
    try await FakeSentinel.open(Scripts.silent) { server in
      let error = await #expect(throws: SentinelError.self) {
        try await NodeConnection.open(to: server.address, Self.quick) { _ in }
      }
      #expect(error?.code == .timeout(.handshake))
      #expect(error?.endpoint == server.address)
    }
  }

  @Test func `half a reply is given up when the time is up, and whoever waits is told`()
    async throws
  {
    let script = greeting { _, _ in [.send("$10\r\nhalf")] }
    try await FakeSentinel.open(script) { server in
      try await NodeConnection.open(to: server.address, Self.quick) { connection in
        let error = await #expect(throws: SentinelError.self) { try await connection.send(["GET"]) }
        #expect(error?.code == .timeout(.command))
        #expect(error?.mayHaveExecuted == true)
        // A late reply would answer the next call: the conversation is over.
        await #expect(throws: SentinelError.self) { try await connection.send(["GET"]) }
      }
    }
  }

  @Test func `a connection that ends in the middle of a reply fails whoever waits`() async throws {
    let script = greeting { _, _ in [.send("*2\r\n$3\r\nabc\r\n"), .close] }
    try await FakeSentinel.open(script) { server in
      try await NodeConnection.open(to: server.address, Self.patient) { connection in
        let error = await #expect(throws: SentinelError.self) { try await connection.send(["GET"]) }
        #expect(error?.code == .connection(.closed))
        #expect(error?.mayHaveExecuted == true)
      }
    }
  }

  @Test func `a call on a connection that has ended says that nothing left`() async throws {
    let (signals, signal) = AsyncStream.makeStream(of: ConnectionSignal.self)
    try await FakeSentinel.open(greeting { _, _ in [] }) { server in
      try await NodeConnection.open(
        to: server.address, Self.patient, signal: { signal.yield($0) }
      ) { connection in
        server.hangUp()
        for await case .closed in signals { break }
        let error = await #expect(throws: SentinelError.self) { try await connection.send(["GET"]) }
        #expect(error?.code == .connection(.write))
        #expect(error?.mayHaveExecuted == false)
      }
    }
  }

  @Test(arguments: ["HTTP/1.1 400 Bad Request\r\n", "\u{0}\u{1}\u{2}", "$?\r\n", "*-7\r\n"])
  func `garbage ends the conversation and names the byte`(garbage: String) async throws {
    try await FakeSentinel.open(greeting { _, _ in [.send(garbage)] }) { server in
      try await NodeConnection.open(to: server.address, Self.patient) { connection in
        let error = await #expect(throws: SentinelError.self) { try await connection.send(["GET"]) }
        #expect(error?.code == .protocolViolation)
        #expect(error?.message.contains("at byte") == true)
      }
    }
  }

  @Test func `a reply that nobody asked for ends the conversation`() async throws {
    try await FakeSentinel.open(greeting { _, _ in [.send(Wire.ok + Wire.ok)] }) { server in
      let (signals, signal) = AsyncStream.makeStream(of: ConnectionSignal.self)
      try await NodeConnection.open(
        to: server.address, Self.patient, signal: { signal.yield($0) }
      ) { connection in
        let reply = try await connection.send(["GET"])
        #expect(reply == .simpleString("OK"))
        for await case .closed(let error) in signals {
          #expect(error.code == .protocolViolation)
          break
        }
      }
    }
  }

  @Test func `a cancelled call returns at once and shifts nobody's reply`() async throws {
    // The first command is answered together with the second one only.
    let script = greeting { words, _ in
      words[0] == "SLOW" ? [] : [.send(Wire.bulk("slow") + Wire.bulk("quick"))]
    }
    try await FakeSentinel.open(script) { server in
      try await NodeConnection.open(to: server.address, Self.patient) { connection in
        let slow = Task { try await connection.send(["SLOW"]) }
        for await words in server.commands where words == ["SLOW"] { break }
        slow.cancel()
        let cancelled = await #expect(throws: SentinelError.self) { try await slow.value }
        #expect(cancelled?.code == .cancelled)
        let reply = try await connection.send(["QUICK"])
        #expect(reply == .bulkString("quick"))
      }
    }
  }

  @Test func `silence is no fault where nothing is owed`() async throws {
    try await FakeSentinel.open(greeting { _, _ in [.send(Wire.subscribed)] }) { server in
      let (signals, signal) = AsyncStream.makeStream(of: ConnectionSignal.self)
      try await NodeConnection.open(
        to: server.address, Self.quick, signal: { signal.yield($0) }
      ) { connection in
        try await connection.subscribe(patterns: ["*"])
        // Longer than any time limit of this conversation.
        try await Task.sleep(for: .milliseconds(3_500))
        server.push(Wire.push(["pmessage", "*", "+sdown", "x"]))
        for await signal in signals {
          if case .push(let message) = signal {
            #expect(message.count == 4)
          } else {
            Issue.record()
          }
          break
        }
      }
    }
  }

  @Test func `a refused subscription is an error that names the right that is missing`()
    async throws
  {
    let refusal =
      "-NOPERM this user has no permissions to access one of the channels used as arguments\r\n"
    try await FakeSentinel.open(greeting { _, _ in [.send(refusal)] }) { server in
      try await NodeConnection.open(to: server.address, Self.patient) { connection in
        let error = await #expect(throws: SentinelError.self) {
          try await connection.subscribe(patterns: ["*"])
        }
        #expect(error?.code == .forbidden)
        #expect(error?.message.contains("&*") == true)
      }
    }
  }

  @Test func `nobody listening is told apart from nobody answering`() async throws {
    let error = await #expect(throws: SentinelError.self) {
      try await NodeConnection.open(to: FakeSentinel.deserted, Self.quick) { _ in }
    }
    #expect(error?.code == .connection(.refused))
  }

  @Test func `a name without an address is told as such`() async throws {
    let nowhere = NodeAddress(host: "no-such-host.invalid", port: 26379)
    let error = await #expect(throws: SentinelError.self) {
      try await NodeConnection.open(to: nowhere, Self.quick) { _ in }
    }
    #expect(error?.code == .connection(.unknownHost))
  }

  @Test func `the connection is closed when whoever it was lent to is done`() async throws {
    try await FakeSentinel.open(greeting { _, _ in [.send(Wire.ok)] }) { server in
      let (signals, signal) = AsyncStream.makeStream(of: ConnectionSignal.self)
      try await NodeConnection.open(
        to: server.address, Self.patient, signal: { signal.yield($0) }
      ) { connection in
        _ = try await connection.send(["PING"])
      }
      for await case .closed(let error) in signals {
        #expect(error.code == .connection(.closed))
        break
      }
    }
  }
}
