import RESP
import RedisSentinel
import SentinelModel

extension Examples {
  static func writingAndReading(_ sentinels: [NodeAddress], _ print: Page) async throws {
    let client = SentinelClient(configuration: try SentinelConfiguration(endpoints: sentinels))
    // snippet: writing-and-reading
    let master = try client.makeMasterClient(for: "mymaster")
    let replicas = try client.makeReplicaClient(for: "mymaster")

    let copies = try await master.withConnection { connection throws(SentinelError) in
      try await connection.set("greeting", "hello")
      return try await connection.wait(replicas: 2, timeout: .seconds(5))
    }
    print("copies:", copies, "read:", try await replicas.get("greeting") ?? "nothing")
    // end
    await client.shutdown()
  }

  static func commands(_ master: RedisClient, _ print: Page) async throws {
    // snippet: commands
    try await master.set("visits", 41, expiring: .after(.seconds(60)))
    let visits = try await master.incr("visits")  // 42
    let picture = try await master.get("picture", as: RESPBytes.self)  // bytes, nil where none are

    // Several in one go, each with its own type, and each with its own result.
    let (text, number) = try await master.pipeline(.get("visits"), .get("visits", as: Int.self))
    print(visits, picture?.count ?? 0, try text.get() ?? "", try number.get() ?? 0)

    // Any other command by its words.
    let idle = try await master.execute(
      RedisCommand("OBJECT", "IDLETIME", "visits", as: Int.self, isReplayable: true))
    print("idle for", idle, "s")
    // end
  }

  static func replicasOnly(_ client: SentinelClient, _ print: Page) async throws {
    // snippet: replicas-only
    var pool = client.configuration.pool
    pool.fallsBackToMaster = false
    let replicas = try client.makeReplicaClient(for: "mymaster", pool: pool)
    do throws(SentinelError) {
      print(try await replicas.get("greeting") ?? "nothing")
    } catch {
      guard error.code == .replicaNotFound else { throw error }
      print("no replica can be had:", error)
    }
    // end
  }

  static func transaction(_ master: RedisClient, _ print: Page) async throws {
    // snippet: transaction
    let isSold = try await master.withConnection { connection throws(SentinelError) in
      try await connection.execute(.watch("stock"))
      guard let stock = try await connection.get("stock", as: Int.self), stock > 0 else {
        return false
      }
      switch try await connection.transaction(.decr("stock"), .rpush("sold", "one")) {
      case .executed: return true
      case .invalidated: return false  // somebody else was quicker: look again
      }
    }
    // end
    print(isSold)
  }
}
