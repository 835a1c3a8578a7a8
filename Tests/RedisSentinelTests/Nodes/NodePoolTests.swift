import RESP
import SentinelModel
import Synchronization
import Testing

@testable import RedisSentinel

/// Borrowing from a pool of connections to a scripted server.
@Suite(.timeLimit(.minutes(1))) struct NodePoolTests {
  @Test func `who waits and is cancelled leaves, and the connection goes to the next`() async throws
  {
    try await PoolTrial.withPool(1) { pool, _ in
      let gate = Gate(1)
      let holder = Task {
        try await pool.withConnection { _ throws(SentinelError) in await gate.wait() }
      }
      await PoolTrial.wait(for: pool) { $0.lent == 1 }
      let quitter = Task { try await pool.withConnection { _ throws(SentinelError) in } }
      await PoolTrial.wait(for: pool) { $0.waiting == 1 }
      let next = Task { try await pool.withConnection { _ throws(SentinelError) in } }
      await PoolTrial.wait(for: pool) { $0.waiting == 2 }
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
    try await PoolTrial.withPool(2) { pool, _ in
      for _ in 0..<100 {
        let tasks = (0..<6).map { _ in
          Task {
            try? await pool.withConnection { connection throws(SentinelError) in
              _ = try await connection.send(PoolTrial.order("PING"))
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
        let replies = try await connection.send(PoolTrial.order("PING"))
        #expect(replies == [.bulkString("PING")])
      }
    }
  }

  @Test func `who waits for too long is told`() async throws {
    try await PoolTrial.withPool(1, .wait(.milliseconds(200))) { pool, _ in
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
    try await PoolTrial.withPool(1, .fail) { pool, _ in
      try await pool.withConnection { _ throws(SentinelError) in
        let error = await failure(of: {
          try await pool.withConnection { _ throws(SentinelError) in }
        })
        #expect(error?.code == .poolExhausted)
      }
      try await pool.withConnection { _ throws(SentinelError) in }
    }
  }

  @Test func `an idle connection that dies is replaced`() async throws {
    try await PoolTrial.withPool(1) { pool, server in
      try await pool.withConnection { _ throws(SentinelError) in }
      await PoolTrial.wait(for: pool) { $0.idle == 1 }
      server.hangUp()
      await PoolTrial.wait(for: pool) { $0.idle == 0 }
      try await pool.withConnection { connection throws(SentinelError) in
        let replies = try await connection.send(PoolTrial.order("PING"))
        #expect(replies == [.bulkString("PING")])
      }
      #expect(server.acceptedCount == 2)
    }
  }

  @Test func `a lent connection that dies makes room for another`() async throws {
    try await PoolTrial.withPool(1) { pool, server in
      let error = await failure(of: {
        try await pool.withConnection { connection throws(SentinelError) in
          try await connection.send(PoolTrial.order("QUIT"))
        }
      })
      #expect(error?.code == .connection(.closed))
      try await pool.withConnection { _ throws(SentinelError) in }
      #expect(server.acceptedCount == 2)
    }
  }

  @Test func `a connection on which something is still owed is never lent again`() async throws {
    try await PoolTrial.withPool(1) { pool, server in
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
        let replies = try await connection.send(PoolTrial.order("PING"))
        #expect(replies == [.bulkString("PING")])
      }
      #expect(server.acceptedCount == 2)
    }
  }

  @Test func `a connection that reads another database is never lent again`() async throws {
    try await PoolTrial.withPool(1) { pool, server in
      for word in ["SELECT", "WATCH", "PING"] as [RESPBytes] {
        try await pool.withConnection { connection throws(SentinelError) in
          _ = try await connection.send(PoolTrial.order(word, "1"))
        }
      }
      #expect(server.acceptedCount == 3)
      try await pool.withConnection { connection throws(SentinelError) in
        _ = try await connection.send(
          PoolTrial.order("WATCH", "k") + PoolTrial.order("MULTI") + PoolTrial.order("EXEC"))
      }
      try await pool.withConnection { _ throws(SentinelError) in }
      #expect(server.acceptedCount == 3)
    }
  }

  @Test func `who waits for a move goes on when the service moves, and when the time is over`()
    async throws
  {
    try await PoolTrial.withPool { pool, _ in
      let waiting = Task { try await pool.waitForMove(atMost: .seconds(3_600)) }
      while await pool.onlookers.isEmpty { await Task.yield() }
      await pool.retire()
      try await waiting.value
      try await pool.waitForMove(atMost: .milliseconds(1))
      #expect(await pool.onlookers.isEmpty)
    }
  }

  @Test func `who waits for a move can give up, and isn't left waiting at the end`() async throws {
    try await PoolTrial.withPool { pool, _ in
      let leaving = Task { try await pool.waitForMove(atMost: .seconds(3_600)) }
      while await pool.onlookers.isEmpty { await Task.yield() }
      leaving.cancel()
      let error = await failure(of: { try await leaving.value })
      #expect(error?.code == .cancelled)
      let staying = Task { try await pool.waitForMove(atMost: .seconds(3_600)) }
      while await pool.onlookers.isEmpty { await Task.yield() }
      await pool.shutDown()
      try await staying.value
    }
  }
}
