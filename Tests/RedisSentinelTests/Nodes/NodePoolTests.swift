import RESP
import SentinelModel
import Synchronization
import Testing

@testable import RedisSentinel

/// A pool of connections to a scripted server.
@Suite(.timeLimit(.minutes(1))) struct NodePoolTests {
  private static let echo = Scripts.greeting { words, _ in
    switch words[0] {
    case "HANG": []
    case "QUIT": [.close]
    default: [.send(Wire.bulk(words[0]))]
    }
  }

  private static let patient = ConnectionConfiguration(
    connectTimeout: .seconds(5), commandTimeout: .seconds(20))

  private func withPool(
    _ maximum: Int = 2, _ exhaustion: PoolConfiguration.Exhaustion = .wait(.seconds(20)),
    script: @escaping FakeSentinel.Script = echo,
    idleTimeout: Duration = .seconds(60),
    _ body: (NodePool, FakeSentinel) async throws -> Void
  ) async throws {
    var configuration = PoolConfiguration(maximumConnections: maximum, whenExhausted: exhaustion)
    configuration.switchGrace = .milliseconds(20)
    configuration.idleTimeout = idleTimeout
    try await FakeSentinel.open(script) { server in
      let pool = NodePool(
        configuration,
        connect: { signal throws(SentinelError) in
          try await NodeConnection.connect(
            to: server.address, Self.patient, expecting: .sentinel, signal: signal)
        })
      try await body(pool, server)
      await pool.shutDown()
    }
  }

  /// Waits until the pool is as wanted; the time limit of the suite is the end of patience.
  private func wait(
    for pool: NodePool, until isMet: ((idle: Int, lent: Int, waiting: Int)) -> Bool
  ) async {
    while true {
      let counts = await pool.counts
      if isMet((counts.idle, counts.lent, counts.waiting)) { return }
      await Task.yield()
    }
  }

  private func order(_ words: RESPBytes...) -> [RedisRequest] { [RedisRequest(words: words)] }

  /// Asks something of the conversation that is shared.
  private func ping(_ pool: NodePool) async throws {
    let replies = try await pool.conversation().send(order("PING"))
    #expect(replies == [.bulkString("PING")])
  }

  @Test func `callers who come at once share one conversation`() async throws {
    try await withPool { pool, server in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<50 {
          group.addTask { _ = try await pool.conversation().send(order("PING")) }
        }
        try await group.waitForAll()
      }
      #expect(server.acceptedCount == 1)
      #expect(await pool.counts.lent == 1)
    }
  }

  @Test func `who waits and is cancelled leaves, and the connection goes to the next`() async throws
  {
    try await withPool(1) { pool, _ in
      let gate = Gate(1)
      let holder = Task {
        try await pool.withConnection { _ throws(SentinelError) in await gate.wait() }
      }
      await wait(for: pool) { $0.lent == 1 }
      let quitter = Task { try await pool.withConnection { _ throws(SentinelError) in } }
      await wait(for: pool) { $0.waiting == 1 }
      let next = Task { try await pool.withConnection { _ throws(SentinelError) in } }
      await wait(for: pool) { $0.waiting == 2 }
      quitter.cancel()
      let error = await failure(of: { try await quitter.value })
      #expect(error?.code == .cancelled)
      gate.arrive()
      try await holder.value
      try await next.value
      #expect(await pool.counts.lent == 0)
    }
  }

  @Test func `whoever is cancelled at the moment of being served leaks nothing`() async throws {
    try await withPool(2) { pool, _ in
      for _ in 0..<100 {
        let tasks = (0..<6).map { _ in
          Task {
            try? await pool.withConnection { connection throws(SentinelError) in
              _ = try await connection.send(order("PING"))
            }
          }
        }
        await Task.yield()
        for task in tasks.shuffled().prefix(3) { task.cancel() }
        for task in tasks { await task.value }
      }
      let counts = await pool.counts
      #expect(counts.lent == 0)
      #expect(counts.waiting == 0)
      try await pool.withConnection { connection throws(SentinelError) in
        let replies = try await connection.send(order("PING"))
        #expect(replies == [.bulkString("PING")])
      }
    }
  }

  @Test func `who waits for too long is told`() async throws {
    try await withPool(1, .wait(.milliseconds(200))) { pool, _ in
      // Opening counts too, and on a busy machine it may take longer than that: until it is open, who
      // gives up leaves the connection to the next.
      var isOpen = false
      while !isOpen {
        isOpen =
          await failure(of: {
            try await pool.withConnection { _ throws(SentinelError) in }
          }) == nil
      }
      try await pool.withConnection { _ throws(SentinelError) in
        let error = await failure(of: {
          try await pool.withConnection { _ throws(SentinelError) in }
        })
        #expect(error?.code == .poolExhausted)
      }
      #expect(await pool.counts.waiting == 0)
    }
  }

  @Test func `a pool that is not to wait refuses at once`() async throws {
    try await withPool(1, .fail) { pool, _ in
      try await pool.withConnection { _ throws(SentinelError) in
        let error = await failure(of: {
          try await pool.withConnection { _ throws(SentinelError) in }
        })
        #expect(error?.code == .poolExhausted)
      }
      try await pool.withConnection { _ throws(SentinelError) in }
    }
  }

  @Test func `a switch while a connection is being opened opens another at once`() async throws {
    // The old node takes connections and says nothing, as a frozen one does.
    let script: FakeSentinel.Script = { words, connection in
      connection == 1 ? [] : Self.echo(words, connection)
    }
    try await withPool(1, script: script) { pool, server in
      let caller = Task { try await pool.conversation().send(order("PING")) }
      for await words in server.commands where words.first == "HELLO" { break }
      await pool.retire()
      let replies = try await caller.value
      #expect(replies == [.bulkString("PING")])
      #expect(server.acceptedCount == 2)
    }
  }

  @Test func `an idle connection that dies is replaced`() async throws {
    try await withPool(1) { pool, server in
      try await pool.withConnection { _ throws(SentinelError) in }
      await wait(for: pool) { $0.idle == 1 }
      server.hangUp()
      await wait(for: pool) { $0.idle == 0 }
      try await pool.withConnection { connection throws(SentinelError) in
        let replies = try await connection.send(order("PING"))
        #expect(replies == [.bulkString("PING")])
      }
      #expect(server.acceptedCount == 2)
    }
  }

  @Test func `a lent connection that dies makes room for another`() async throws {
    try await withPool(1) { pool, server in
      let error = await failure(of: {
        try await pool.withConnection { connection throws(SentinelError) in
          try await connection.send(order("QUIT"))
        }
      })
      #expect(error?.code == .connection(.closed))
      try await pool.withConnection { _ throws(SentinelError) in }
      #expect(server.acceptedCount == 2)
    }
  }

  @Test func `a shared conversation that dies is replaced`() async throws {
    try await withPool(1) { pool, server in
      for _ in 0..<20 {
        _ = await failure(of: { try await pool.conversation().send(order("QUIT")) })
        await wait(for: pool) { $0.lent == 0 }
      }
      try await ping(pool)
      #expect(server.acceptedCount == 21)
    }
  }

  @Test func `a connection on which something is still owed is never lent again`() async throws {
    try await withPool(1) { pool, server in
      let blocked = Task {
        try await pool.withConnection { connection throws(SentinelError) in
          try await connection.send(
            [RedisRequest(words: ["HANG"], blocksFor: .zero)])
        }
      }
      for await words in server.commands where words == ["HANG"] { break }
      blocked.cancel()
      let error = await failure(of: { try await blocked.value })
      #expect(error?.code == .cancelled)
      try await pool.withConnection { connection throws(SentinelError) in
        let replies = try await connection.send(order("PING"))
        #expect(replies == [.bulkString("PING")])
      }
      #expect(server.acceptedCount == 2)
    }
  }

  @Test func `a connection that reads another database is never lent again`() async throws {
    try await withPool(1) { pool, server in
      for word in ["SELECT", "WATCH", "PING"] as [RESPBytes] {
        try await pool.withConnection { connection throws(SentinelError) in
          _ = try await connection.send(order(word, "1"))
        }
      }
      #expect(server.acceptedCount == 3)
      try await pool.withConnection { connection throws(SentinelError) in
        _ = try await connection.send(order("WATCH", "k") + order("MULTI") + order("EXEC"))
      }
      try await pool.withConnection { _ throws(SentinelError) in }
      #expect(server.acceptedCount == 3)
    }
  }

  @Test func `a shut-down tells all who wait, all who are served and all who come later`()
    async throws
  {
    try await withPool(1) { pool, server in
      let served = Task {
        try await pool.withConnection { connection throws(SentinelError) in
          try await connection.send(order("HANG"))
        }
      }
      for await words in server.commands where words == ["HANG"] { break }
      let waiter = Task { try await pool.withConnection { _ throws(SentinelError) in } }
      let sharer = Task { try await pool.conversation() }
      await wait(for: pool) { $0.waiting == 2 }
      await pool.shutDown()
      #expect(await failure(of: { try await served.value })?.code == .clientShutDown)
      #expect(await failure(of: { try await waiter.value })?.code == .clientShutDown)
      #expect(await failure(of: { try await sharer.value })?.code == .clientShutDown)
      let late = await failure(of: { try await pool.conversation() })
      #expect(late?.code == .clientShutDown)
      await wait(for: pool) { $0 == (0, 0, 0) }
    }
  }

  @Test func `a shared conversation is over after the shut-down`() async throws {
    try await withPool { pool, _ in
      let connection = try await pool.conversation()
      await pool.shutDown()
      #expect(
        await failure(of: { try await pool.conversation() })?.code == .clientShutDown)
      #expect(await failure(of: { try await connection.send(order("PING")) }) != nil)
    }
  }

  @Test func `ten switches under way leave the capacity whole`() async throws {
    try await withPool(2) { pool, server in
      for _ in 0..<10 {
        _ = try await pool.conversation().send(order("PING"))
        try await pool.withConnection { connection throws(SentinelError) in
          _ = try await connection.send(order("PING"))
          await pool.retire()
        }
      }
      await wait(for: pool) { $0 == (0, 0, 0) }
      #expect(await pool.counts.generation == 10)
      // Both can be had at the same time.
      try await pool.withConnection { _ throws(SentinelError) in
        _ = try await pool.conversation().send(order("PING"))
      }
    }
  }

  @Test func `a command on its way when the service moves fails when the grace is over`()
    async throws
  {
    try await withPool(2) { pool, server in
      let stuck = Task { try await pool.conversation().send(order("HANG")) }
      for await words in server.commands where words == ["HANG"] { break }
      await pool.retire()
      try await ping(pool)
      let error = await failure(of: { try await stuck.value })
      #expect(error?.code == .connectionRetired)
    }
  }

  @Test func `late voices of a node that was left move nobody`() async throws {
    try await withPool { pool, _ in
      let old = try await pool.conversation()
      await pool.retire(since: old)
      let new = try await pool.conversation()
      await pool.retire(since: old)
      let latest = try await pool.conversation()
      #expect(latest === new)
      #expect(await pool.counts.generation == 1)
    }
  }

  @Test func `idle connections go when their time is over`() async throws {
    try await withPool(2, .fail, idleTimeout: .milliseconds(20)) { pool, server in
      try await pool.withConnection { _ throws(SentinelError) in }
      await wait(for: pool) { $0.idle == 0 }
      while server.openCount > 0 { await Task.yield() }
    }
  }

  @Test func `a pool that nobody holds closes its connections`() async throws {
    try await FakeSentinel.open(Self.echo) { server in
      var pool: NodePool? = NodePool(
        PoolConfiguration(),
        connect: { signal throws(SentinelError) in
          try await NodeConnection.connect(to: server.address, Self.patient, signal: signal)
        })
      _ = try await pool?.conversation().send(order("PING"))
      try await pool?.withConnection { _ throws(SentinelError) in }
      #expect(server.openCount == 2)
      pool = nil
      while server.openCount > 0 { await Task.yield() }
    }
  }

  @Test func `an attempt that failed before doesn't end the connection that came of the next`()
    async throws
  {
    // As the resolver does: one signal for several attempts.
    let script: FakeSentinel.Script = { words, connection in
      connection == 1 ? [.send("-LOADING wait\r\n")] : Self.echo(words, connection)
    }
    try await FakeSentinel.open(script) { server in
      let pool = NodePool(
        PoolConfiguration(),
        connect: { signal throws(SentinelError) in
          do throws(SentinelError) {
            return try await NodeConnection.connect(
              to: server.address, Self.patient, signal: signal)
          } catch {
            return try await NodeConnection.connect(
              to: server.address, Self.patient, signal: signal)
          }
        })
      for _ in 0..<10 {
        try await ping(pool)
      }
      #expect(server.acceptedCount == 2)
      await pool.shutDown()
    }
  }
}
