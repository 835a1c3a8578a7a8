import RedisSentinel
import SentinelModel

/// Many callers of one client of the master, each with GET and SET in turn.
enum Commanding {
  static func measure(
    _ service: ServiceName, callers: Int, milliseconds: Int, _ client: SentinelClient
  ) async throws -> Figure {
    let master = try client.makeMasterClient(for: service)
    _ = try await calls(callers, for: .milliseconds(milliseconds / 5), master)
    let figure = try await Figure.counting {
      try await calls(callers, for: .milliseconds(milliseconds), master)
    }
    await client.shutdown()
    return figure
  }

  private static func calls(
    _ callers: Int, for time: Duration, _ master: RedisClient
  ) async throws -> Int {
    let end = ContinuousClock.now + time
    return try await withThrowingTaskGroup { group in
      for caller in 0..<callers {
        group.addTask {
          let key = "bench:\(caller)"
          let value = "sixteen bytes ok"
          var count = 0
          while ContinuousClock.now < end {
            try await master.set(key, value)
            let back: String? = try await master.get(key)
            guard back == value else { throw BadArguments() }
            count += 2
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
  }
}
