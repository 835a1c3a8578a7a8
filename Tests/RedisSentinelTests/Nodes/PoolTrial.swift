import RESP
import SentinelModel
import Testing

@testable import RedisSentinel

/// What tests of pools have in common: a pool of connections to a scripted server.
enum PoolTrial {
  /// Answers with the command's name.
  static let echo = Scripts.greeting { words, _ in
    switch words[0] {
    case "HANG": []
    case "QUIT": [.close]
    default: [.send(Wire.bulk(words[0]))]
    }
  }

  static let patient = ConnectionConfiguration(
    connectTimeout: .seconds(20), commandTimeout: .seconds(20))

  static func withPool(
    _ maximum: Int = 2, _ exhaustion: PoolConfiguration.Exhaustion = .wait(.seconds(20)),
    script: @escaping FakeSentinel.Script = echo, idleTimeout: Duration = .seconds(60),
    healthCheckInterval: Duration? = nil, isStandIn: Bool = false,
    reselectInterval: Duration = .seconds(60), lifetime: Duration? = nil,
    _ body: (NodePool, FakeSentinel) async throws -> Void
  ) async throws {
    var configuration = PoolConfiguration(maximumConnections: maximum, whenExhausted: exhaustion)
    configuration.switchGrace = .milliseconds(20)
    configuration.idleTimeout = idleTimeout
    configuration.replicaReselectInterval = reselectInterval
    configuration.maximumLifetime = lifetime
    try await FakeSentinel.open(script) { server in
      let pool = NodePool(
        configuration, healthCheckInterval: healthCheckInterval,
        connect: { signal throws(SentinelError) in
          try await NodeConnection.connect(
            to: server.address, patient, expecting: .sentinel, isStandIn: isStandIn, signal: signal)
        })
      try await body(pool, server)
      await pool.shutDown()
    }
  }

  /// Waits until the pool is as wanted; the time limit of the suite is the end of patience.
  static func wait(
    for pool: NodePool, until isMet: ((idle: Int, lent: Int, waiting: Int)) -> Bool
  ) async {
    while true {
      let counts = await pool.counts
      if isMet((counts.idle, counts.lent, counts.waiting)) { return }
      await Task.yield()
    }
  }

  static func order(_ words: RESPBytes...) -> [RedisRequest] { [RedisRequest(words: words)] }

  /// Asks something of the conversation that is shared.
  static func ask(
    _ pool: NodePool, _ requests: [RedisRequest]
  ) async throws(SentinelError) -> [RESPValue] {
    try await pool.withConversation { connection throws(SentinelError) in
      try await connection.send(requests)
    }
  }

  static func ping(_ pool: NodePool) async throws {
    #expect(try await ask(pool, order("PING")) == [.bulkString("PING")])
  }

  /// The connection of the conversation that is shared.
  static func conversation(_ pool: NodePool) async throws(SentinelError) -> NodeConnection {
    try await pool.withConversation { connection throws(SentinelError) in connection }
  }
}
