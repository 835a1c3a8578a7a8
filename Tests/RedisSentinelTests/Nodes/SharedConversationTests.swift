import RESP
import SentinelModel
import Synchronization
import Testing

@testable import RedisSentinel

/// The conversation that plain commands share, and a pool whose service moves.
@Suite(.timeLimit(.minutes(1))) struct SharedConversationTests {
  @Test func `callers who come at once share one conversation`() async throws {
    try await PoolTrial.withPool { pool, server async throws in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<50 {
          group.addTask { _ = try await PoolTrial.ask(pool, PoolTrial.order("PING")) }
        }
        try await group.waitForAll()
      }
      #expect(server.acceptedCount == 1)
      #expect(await pool.counts.lent == 1)
    }
  }

  @Test func `a switch while a connection is being opened opens another at once`() async throws {
    // The old node takes connections and says nothing, as a frozen one does.
    let script: FakeSentinel.Script = { words, connection in
      connection == 1 ? [] : PoolTrial.echo(words, connection)
    }
    try await PoolTrial.withPool(1, script: script) { pool, server async throws in
      let caller = Task { try await PoolTrial.ask(pool, PoolTrial.order("PING")) }
      for await words in server.commands where words.first == "HELLO" { break }
      await pool.retire()
      let replies = try await caller.value
      #expect(replies == [.bulkString("PING")])
      #expect(server.acceptedCount == 2)
    }
  }

  @Test func `a shared conversation that dies is replaced`() async throws {
    try await PoolTrial.withPool(1) { pool, server async throws in
      for _ in 0..<20 {
        _ = await failure(of: { try await PoolTrial.ask(pool, PoolTrial.order("QUIT")) })
        await PoolTrial.wait(for: pool) { $0.lent == 0 }
      }
      try await PoolTrial.ping(pool)
      #expect(server.acceptedCount == 21)
    }
  }

  @Test func `a shut-down tells all who wait, all who are served and all who come later`()
    async throws
  {
    try await PoolTrial.withPool(1) { pool, server async throws in
      let served = Task {
        try await pool.withConnection { connection throws(SentinelError) in
          try await connection.send(PoolTrial.order("HANG"))
        }
      }
      for await words in server.commands where words == ["HANG"] { break }
      let waiter = Task { try await pool.withConnection { _ throws(SentinelError) in } }
      let sharer = Task { try await PoolTrial.conversation(pool) }
      await PoolTrial.wait(for: pool) { $0.waiting == 2 }
      await pool.shutDown()
      #expect(await failure(of: { try await served.value })?.code == .clientShutDown)
      #expect(await failure(of: { try await waiter.value })?.code == .clientShutDown)
      #expect(await failure(of: { try await sharer.value })?.code == .clientShutDown)
      let late = await failure(of: { try await PoolTrial.conversation(pool) })
      #expect(late?.code == .clientShutDown)
      await PoolTrial.wait(for: pool) { $0 == (0, 0, 0) }
    }
  }

  @Test func `a shared conversation is over after the shut-down`() async throws {
    try await PoolTrial.withPool { pool, _ async throws in
      let connection = try await PoolTrial.conversation(pool)
      await pool.shutDown()
      #expect(
        await failure(of: { try await PoolTrial.conversation(pool) })?.code == .clientShutDown)
      #expect(await failure(of: { try await connection.send(PoolTrial.order("PING")) }) != nil)
    }
  }

  @Test func `ten switches under way leave the capacity whole`() async throws {
    try await PoolTrial.withPool(2) { pool, server async throws in
      for _ in 0..<10 {
        _ = try await PoolTrial.ask(pool, PoolTrial.order("PING"))
        try await pool.withConnection { connection throws(SentinelError) in
          _ = try await connection.send(PoolTrial.order("PING"))
          await pool.retire()
        }
      }
      await PoolTrial.wait(for: pool) { $0 == (0, 0, 0) }
      #expect(await pool.counts.generation == 10)
      // Both can be had at the same time.
      try await pool.withConnection { _ throws(SentinelError) in
        _ = try await PoolTrial.ask(pool, PoolTrial.order("PING"))
      }
    }
  }

  @Test func `a command on its way when the service moves fails when the grace is over`()
    async throws
  {
    try await PoolTrial.withPool(2) { pool, server async throws in
      let stuck = Task { try await PoolTrial.ask(pool, PoolTrial.order("HANG")) }
      for await words in server.commands where words == ["HANG"] { break }
      await pool.retire()
      try await PoolTrial.ping(pool)
      let error = await failure(of: { try await stuck.value })
      #expect(error?.code == .connectionRetired)
    }
  }

  @Test func `late voices of a node that was left move nobody`() async throws {
    try await PoolTrial.withPool { pool, _ async throws in
      let old = try await PoolTrial.conversation(pool)
      await pool.retire(since: old)
      let new = try await PoolTrial.conversation(pool)
      await pool.retire(since: old)
      let latest = try await PoolTrial.conversation(pool)
      #expect(latest === new)
      #expect(await pool.counts.generation == 1)
    }
  }

  @Test func `idle connections go when their time is over`() async throws {
    try await PoolTrial.withPool(2, .fail, idleTimeout: .milliseconds(20)) {
      pool, server async throws in
      try await pool.withConnection { _ throws(SentinelError) in }
      await PoolTrial.wait(for: pool) { $0.idle == 0 }
      while server.openCount > 0 { await Task.yield() }
    }
  }

  @Test func `a pool that nobody holds closes its connections`() async throws {
    try await FakeSentinel.open(PoolTrial.echo) { server in
      var pool: NodePool? = NodePool(
        PoolConfiguration(whenExhausted: .wait(.seconds(50))),
        connect: { signal throws(SentinelError) in
          try await NodeConnection.connect(to: server.address, PoolTrial.patient, signal: signal)
        })
      _ = try await PoolTrial.ask(#require(pool), PoolTrial.order("PING"))
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
      connection == 1 ? [.send("-LOADING wait\r\n")] : PoolTrial.echo(words, connection)
    }
    try await FakeSentinel.open(script) { server in
      let pool = NodePool(
        PoolConfiguration(whenExhausted: .wait(.seconds(50))),
        connect: { signal throws(SentinelError) in
          do throws(SentinelError) {
            return try await NodeConnection.connect(
              to: server.address, PoolTrial.patient, signal: signal)
          } catch {
            return try await NodeConnection.connect(
              to: server.address, PoolTrial.patient, signal: signal)
          }
        })
      for _ in 0..<10 {
        try await PoolTrial.ping(pool)
      }
      #expect(server.acceptedCount == 2)
      await pool.shutDown()
    }
  }

  @Test(arguments: [.wait(.seconds(20)), .fail] as [PoolConfiguration.Exhaustion])
  func `with room for one only, who borrows gets the connection that was shared`(
    exhaustion: PoolConfiguration.Exhaustion
  ) async throws {
    try await PoolTrial.withPool(1, exhaustion) { pool, server async throws in
      for _ in 0..<3 {
        try await PoolTrial.ping(pool)
        try await pool.withConnection { connection throws(SentinelError) in
          _ = try await connection.send(PoolTrial.order("PING"))
        }
      }
      #expect(server.acceptedCount == 1)
    }
  }

  @Test func `with room for one only, who borrows waits for what is under way`() async throws {
    let script = Scripts.greeting { words, _ in
      words == ["SLOW"] ? [] : [.send(Wire.bulk(words[0]))]
    }
    try await PoolTrial.withPool(1, script: script) { pool, server async throws in
      let slow = Task { try await PoolTrial.ask(pool, PoolTrial.order("SLOW")) }
      for await words in server.commands where words == ["SLOW"] { break }
      let borrower = Task {
        try await pool.withConnection { connection throws(SentinelError) in
          try await connection.send(PoolTrial.order("MINE"))
        }
      }
      await PoolTrial.wait(for: pool) { $0.waiting == 1 }
      let late = Task { try await PoolTrial.ask(pool, PoolTrial.order("LATE")) }
      await PoolTrial.wait(for: pool) { $0.waiting == 2 }
      #expect(server.orders == [["SLOW"]])
      server.push(Wire.bulk("slow"))
      #expect(try await slow.value == [.bulkString("slow")])
      #expect(try await borrower.value == [.bulkString("MINE")])
      #expect(try await late.value == [.bulkString("LATE")])
      #expect(server.orders == [["SLOW"], ["MINE"], ["LATE"]])
      #expect(server.acceptedCount == 1)
    }
  }

  @Test func `with room for one only, who borrows after many plain commands has their turn`()
    async throws
  {
    try await PoolTrial.withPool(1) { pool, server async throws in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<200 {
          group.addTask {
            guard index.isMultiple(of: 5) else { return try await PoolTrial.ping(pool) }
            try await pool.withConnection { connection throws(SentinelError) in
              _ = try await connection.send(PoolTrial.order("MINE"))
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(server.acceptedCount == 1)
      #expect(await pool.counts.waiting == 0)
    }
  }

  @Test func `where there is room for two, plain commands never wait for who borrows`() async throws
  {
    try await PoolTrial.withPool(2) { pool, _ async throws in
      try await PoolTrial.ping(pool)
      try await pool.withConnection { _ throws(SentinelError) in
        let waiter = Task { try await pool.withConnection { _ throws(SentinelError) in } }
        await PoolTrial.wait(for: pool) { $0.waiting == 1 }
        do { try await PoolTrial.ping(pool) } catch { Issue.record(error) }
        waiter.cancel()
        _ = await failure(of: { try await waiter.value })
      }
    }
  }
}
