import RedisSentinel
import SentinelModel

/// Messages of one channel: a script makes the server publish ten thousand at a time, and when all of
/// them have come the next ones.
enum Subscribing {
  private static let burst = 10_000
  private static let channel = "bench:subscribe"
  private static let payload = "sixteen bytes ok"
  private static let publish = RedisCommand(
    "EVAL", "for i = 1, ARGV[1] do redis.call('PUBLISH', KEYS[1], ARGV[2]) end", 1, channel, burst,
    payload, as: String?.self)

  static func measure(
    _ service: ServiceName, milliseconds: Int, _ client: SentinelClient
  ) async throws -> Figure {
    let master = try client.makeMasterClient(for: service)
    let figure = try await master.subscribe(to: channel, buffer: 2 * burst) { messages in
      _ = try await take(messages, for: .milliseconds(milliseconds / 5), master)
      return try await Figure.counting {
        try await take(messages, for: .milliseconds(milliseconds), master)
      }
    }
    await client.shutdown()
    return figure
  }

  private static func take(
    _ messages: Subscription, for time: Duration, _ master: RedisClient
  ) async throws -> Int {
    let end = ContinuousClock.now + time
    var count = 0
    while ContinuousClock.now < end {
      async let published = master.execute(publish)
      var missing = burst
      for try await element in messages {
        guard case .message(let message) = element, message.payload.text == payload else {
          throw BadArguments()
        }
        missing -= 1
        if missing == 0 { break }
      }
      _ = try await published
      count += burst
    }
    return count
  }
}
