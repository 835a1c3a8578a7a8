import RESP
import SentinelModel
import Testing

@testable import RedisSentinel

/// What a pool does with connections that nobody uses.
@Suite(.timeLimit(.minutes(1))) struct NodePoolUpkeepTests {
  /// A server that is fit from its second connection on; each answers with its number.
  private static func server(unfit: String?) -> FakeSentinel.Script {
    Scripts.greeting { words, connection in
      switch words[0] {
      case "PING": connection == 1 ? unfit.map { [.send($0)] } ?? [] : [.send("+PONG\r\n")]
      case "HANG": []
      default: [.send(Wire.bulk("\(connection)"))]
      }
    }
  }

  private static let loading = "-LOADING Redis is loading the dataset in memory\r\n"

  private func who(_ pool: NodePool) async throws -> String? {
    try await pool.withConnection { connection throws(SentinelError) in
      try await connection.send(PoolTrial.order("WHO")).first?.text
    }
  }

  @Test func `a connection that was used just now is lent as it is`() async throws {
    try await PoolTrial.withPool(
      script: Self.server(unfit: Self.loading), healthCheckInterval: .seconds(60)
    ) { pool, server async throws in
      for _ in 0..<3 { #expect(try await who(pool) == "1") }
      _ = try await PoolTrial.ask(pool, PoolTrial.order("WHO"))
      #expect(!server.orders.contains(["PING"]))
    }
  }

  @Test(arguments: [loading, "-MASTERDOWN Link with MASTER is down\r\n", "-NOAUTH who?\r\n"])
  func `one that was idle for too long is tried before it is lent, and replaced where it is unfit`(
    unfit: String
  ) async throws {
    try await PoolTrial.withPool(
      1, script: Self.server(unfit: unfit), healthCheckInterval: .seconds(60)
    ) { pool, server async throws in
      #expect(try await who(pool) == "1")
      await pool.age()
      #expect(try await who(pool) == "2")
      await pool.age()
      #expect(try await who(pool) == "2")
      #expect(server.orders.count { $0 == ["PING"] } == 2)
      #expect(await pool.counts == (0, 1, 0, 0, 0))
    }
  }

  @Test func `so is the conversation that is shared`() async throws {
    try await PoolTrial.withPool(
      1, script: Self.server(unfit: Self.loading), healthCheckInterval: .seconds(60)
    ) { pool, server async throws in
      #expect(try await PoolTrial.ask(pool, PoolTrial.order("WHO")) == [.bulkString("1")])
      await pool.age()
      #expect(try await PoolTrial.ask(pool, PoolTrial.order("WHO")) == [.bulkString("2")])
      #expect(try await PoolTrial.ask(pool, PoolTrial.order("WHO")) == [.bulkString("2")])
      #expect(server.orders.count { $0 == ["PING"] } == 1)
    }
  }

  @Test func `who gives up during the trial of a shared conversation breaks it for nobody`()
    async throws
  {
    try await PoolTrial.withPool(
      script: Self.server(unfit: nil), healthCheckInterval: .seconds(60)
    ) { pool, server async throws in
      _ = try await PoolTrial.ask(pool, PoolTrial.order("WHO"))
      let other = Task { try await PoolTrial.ask(pool, PoolTrial.order("HANG")) }
      for await words in server.commands where words == ["HANG"] { break }
      await pool.age()
      let quitter = Task { try await PoolTrial.ask(pool, PoolTrial.order("WHO")) }
      for await words in server.commands where words == ["PING"] { break }
      quitter.cancel()
      #expect(await failure(of: { try await quitter.value })?.code == .cancelled)
      server.push(Wire.bulk("late") + "+PONG\r\n")
      #expect(try await other.value == [.bulkString("late")])
    }
  }

  @Test func `idle connections are tried though nobody asks, and closed where they are unfit`()
    async throws
  {
    try await PoolTrial.withPool(
      script: Self.server(unfit: Self.loading), healthCheckInterval: .milliseconds(5)
    ) { pool, server async throws in
      #expect(try await who(pool) != nil)
      for await words in server.commands where words == ["PING"] { break }
      while try await who(pool) == "1" {}
      // The one that is fit stays.
      for await words in server.commands where words == ["PING"] { break }
      #expect(try await who(pool) == "2")
    }
  }

  @Test func `a trial doesn't keep an idle connection alive for ever`() async throws {
    try await PoolTrial.withPool(
      script: Self.server(unfit: "+PONG\r\n"), healthCheckInterval: .seconds(60)
    ) { pool, server async throws in
      #expect(try await who(pool) == "1")
      await pool.age()
      let idleSince = ContinuousClock.now
      #expect(await pool.checkAll(unusedFor: .seconds(60)))
      for await words in server.commands where words == ["PING"] { break }
      await PoolTrial.wait(for: pool) { $0.idle == 1 }
      await pool.prune(idleSince: idleSince)
      #expect(await pool.counts.idle == 0)
    }
  }

  @Test func `a connection goes when its time is over, but not with somebody in it`() async throws {
    try await PoolTrial.withPool(
      script: Self.server(unfit: nil), lifetime: .milliseconds(20)
    ) { pool, server async throws in
      let other = Task { try await PoolTrial.ask(pool, PoolTrial.order("HANG")) }
      for await words in server.commands where words == ["HANG"] { break }
      #expect(try await who(pool) == "2")
      // Nobody is in the second one: it goes by itself.
      while server.openCount > 1 { await Task.yield() }
      while pool.shared.current != nil { await Task.yield() }
      #expect(server.openCount == 1)
      server.push(Wire.bulk("late"))
      #expect(try await other.value == [.bulkString("late")])
      while server.openCount > 0 { await Task.yield() }
    }
  }

  @Test func `a master that stands in for replicas is left when its time is over`() async throws {
    try await PoolTrial.withPool(
      script: Self.server(unfit: nil), isStandIn: true, reselectInterval: .milliseconds(20)
    ) { pool, server async throws in
      #expect(try await PoolTrial.ask(pool, PoolTrial.order("WHO")) == [.bulkString("1")])
      #expect(try await who(pool) == "2")
      while try await PoolTrial.ask(pool, PoolTrial.order("WHO")) == [.bulkString("1")] {}
      while try await who(pool) == "2" {}
      while server.openCount > 2 { await Task.yield() }
    }
  }

  @Test func `what is under way on a master that stands in isn't broken off`() async throws {
    try await PoolTrial.withPool(script: Self.server(unfit: nil), isStandIn: true) {
      pool, server async throws in
      let other = Task { try await PoolTrial.ask(pool, PoolTrial.order("HANG")) }
      for await words in server.commands where words == ["HANG"] { break }
      await pool.reselect()
      #expect(try await PoolTrial.ask(pool, PoolTrial.order("WHO")) == [.bulkString("2")])
      server.push(Wire.bulk("late"))
      #expect(try await other.value == [.bulkString("late")])
      while server.openCount > 1 { await Task.yield() }
    }
  }

  @Test func `a node that can't be used any more is left, and any other kept`() async throws {
    try await PoolTrial.withPool(script: Self.server(unfit: nil)) { pool, server async throws in
      #expect(try await who(pool) == "1")
      let stuck = Task { try await PoolTrial.ask(pool, PoolTrial.order("HANG")) }
      for await words in server.commands where words == ["HANG"] { break }
      await pool.leave(FakeSentinel.deserted)
      #expect(server.openCount == 1)
      await pool.leave(server.address)
      #expect(await failure(of: { try await stuck.value })?.code == .connectionRetired)
      while server.openCount > 0 { await Task.yield() }
      #expect(try await who(pool) == "2")
    }
  }

  @Test func `a Sentinel's word that a replica is down ends the connections to it`() async throws {
    let node = Scripts.always(
      Wire.map([("mode", "standalone"), ("proto", "3"), ("role", "replica"), ("version", "7")]))
    try await FakeSentinel.open(node) { replica in
      let sentinel = Scripts.greeting { words, _ in
        switch words.dropFirst().first {
        case "REPLICAS", "SLAVES": [.send(Wire.list([Wire.replica(replica.address.port)]))]
        default: [.send(words[0] == "PSUBSCRIBE" ? Wire.subscribed : "*0\r\n")]
        }
      }
      try await withServers(playing: [sentinel]) { client, servers async throws in
        let reader = try client.makeReplicaClient(for: "mymaster")
        try await reader.pool.withConnection { _ throws(SentinelError) in }
        #expect(replica.openCount == 1)
        let run = Task { await client.run() }
        while await client.diagnostics().sentinels[0].eventLink != .listening { await Task.yield() }
        let address = "127.0.0.1 \(replica.address.port)"
        servers[0].push(
          Wire.push([
            "pmessage", "*", "+sdown", "slave 127.0.0.1:1 \(address) @ mymaster 127.0.0.1 6379",
          ]))
        while replica.openCount > 0 { await Task.yield() }
        run.cancel()
        await run.value
      }
    }
  }
}

extension NodePool {
  /// Makes as if nobody had used any connection for an hour.
  fileprivate func age() {
    let past = ContinuousClock.now - .seconds(3_600)
    for number in holdings.keys { holdings[number]?.usedAt = past }
    shared.wasUsed(at: past)
  }
}
