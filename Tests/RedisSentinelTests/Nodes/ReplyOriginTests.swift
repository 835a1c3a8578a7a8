import RESP
import SentinelModel
import Synchronization
import Testing

@testable import RedisSentinel

/// Errors that come of replies name the node that replied, and what was tried before.
@Suite(.timeLimit(.minutes(1))) struct ReplyOriginTests {
  private static let wrong = "-WRONGTYPE Operation against a key of another kind\r\n"

  private func withClient(
    retry: RetryPolicy = .once, _ script: @escaping FakeSentinel.Script,
    _ body: (RedisClient, NodeAddress) async throws -> Void
  ) async throws {
    try await FakeSentinel.open(Scripts.greeting(script)) { server in
      let connect: NodePool.Connect = { signal throws(SentinelError) in
        try await NodeConnection.connect(to: server.address, PoolTrial.patient, signal: signal)
      }
      let pool = NodePool(
        PoolConfiguration(whenExhausted: .wait(.seconds(50))), connect: connect)
      let hub = SubscriptionHub(attempts: 1, pingInterval: .seconds(60), connect: connect)
      let client = RedisClient("cache", role: .master, pool: pool, hub: hub, retry: retry)
      try await body(client, server.address)
      await client.shutdown()
    }
  }

  @Test func `a refusal names the node, on the client and on a lent connection`() async throws {
    try await withClient(Scripts.replying(Self.wrong)) { client, address async throws in
      #expect(await failure { try await client.execute(.incr("k")) }?.endpoint == address)
      let lent = await failure {
        try await client.withConnection { connection throws(SentinelError) in
          try await connection.execute(.incr("k"))
        }
      }
      #expect(lent?.endpoint == address)
      let described = try await client.withConnection { connection throws(SentinelError) in
        "\(connection)"
      }
      #expect(described == "master of cache at \(address)")
      let (first, second) = try await client.pipeline(.incr("a"), .get("b"))
      for error in [first.failure, second.failure] { #expect(error?.endpoint == address) }
    }
  }

  @Test func `a reply that the policy names is a reason to try again, where twice does no harm`()
    async throws
  {
    let script: FakeSentinel.Script = { words, _ in
      let key = words.count > 1 ? words[1] : ""
      let isFirst = Self.asked.withLock { $0.insert(key).inserted }
      return [.send(isFirst ? "-BUSY a script runs\r\n" : Wire.bulk("there"))]
    }
    var retry = RetryPolicy(firstPause: .milliseconds(1))
    try await withClient(retry: retry, script) { client, _ async throws in
      #expect(await failure { try await client.get("a") as String? }?.serverError?.prefix == "BUSY")
    }
    retry.additionalCodes = ["BUSY"]
    try await withClient(retry: retry, script) { client, _ async throws in
      let connections = await client.pool.counts.generation
      #expect(try await client.get("b") == "there")
      // It isn't the node that is the wrong one.
      #expect(await client.pool.counts.generation == connections)
      let error = await failure { try await client.execute(.incr("c")) }
      #expect(error?.serverError?.prefix == "BUSY")
    }
  }

  /// The keys that were asked for once.
  private static let asked = Mutex<Set<String>>([])

  @Test func `a reply of another kind names the node`() async throws {
    try await withClient(Scripts.replying("+what\r\n")) { client, address async throws in
      let error = await failure { try await client.execute(.incr("k")) }
      #expect(error?.code == .protocolViolation)
      #expect(error?.endpoint == address)
    }
  }

  @Test func `so do a transaction that was given up, and a command that failed within`()
    async throws
  {
    let script: FakeSentinel.Script = { words, _ in
      switch words[0] {
      case "MULTI": [.send(Wire.ok)]
      case "EXEC": [.send("*1\r\n" + Self.wrong)]
      default: [.send("+QUEUED\r\n")]
      }
    }
    try await withClient(script) { client, address async throws in
      let outcome = try await client.transaction(.incr("k")).get()
      #expect(outcome.failure?.endpoint == address)
    }
    let refusing: FakeSentinel.Script = { words, _ in
      [.send(words[0] == "EXEC" ? "-EXECABORT discarded\r\n" : "-ERR no\r\n")]
    }
    try await withClient(refusing) { client, address async throws in
      let error = await failure { try await client.transaction(.incr("k")) }
      #expect(error?.endpoint == address)
    }
  }

  @Test func `the last failure tells how often it was tried, and why it failed before`()
    async throws
  {
    let script: FakeSentinel.Script = { words, connection in
      connection < 3 ? [.send("-LOADING wait\r\n")] : [.close]
    }
    try await withClient(
      retry: RetryPolicy(maximumAttempts: 3, firstPause: .milliseconds(1)), script
    ) { client, _ async throws in
      let error = await failure { try await client.execute(.get("k")) }
      #expect(error?.code == .connection(.closed))
      #expect(error?.attempts == 3)
      #expect(error?.underlying.map(\.code) == [.loading, .loading])
    }
  }
}
