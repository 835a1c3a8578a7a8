import RedisSentinel
import SentinelModel

/// One caller who sends a hundred commands in one go, SET and GET in turn, again and again.
enum Pipelining {
  static func measure(
    _ service: ServiceName, milliseconds: Int, _ client: SentinelClient
  ) async throws -> Figure {
    let master = try client.makeMasterClient(for: service)
    _ = try await calls(for: .milliseconds(milliseconds / 5), master)
    let figure = try await Figure.counting {
      try await calls(for: .milliseconds(milliseconds), master)
    }
    await client.shutdown()
    return figure
  }

  private static func calls(for time: Duration, _ master: RedisClient) async throws -> Int {
    let end = ContinuousClock.now + time
    let value = "sixteen bytes ok"
    var count = 0
    while ContinuousClock.now < end {
      let commands = (0..<100).map { index in
        let key = "bench:\(index / 2)"
        return index.isMultiple(of: 2)
          ? RedisCommand("SET", key, value, as: String?.self, isReplayable: true) : .get(key)
      }
      for (index, result) in try await master.pipeline(commands).enumerated() {
        guard try result.get() == (index.isMultiple(of: 2) ? "OK" : value) else {
          throw BadArguments()
        }
      }
      count += commands.count
    }
    return count
  }
}
