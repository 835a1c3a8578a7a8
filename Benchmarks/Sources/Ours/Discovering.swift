import RedisSentinel
import SentinelModel

/// The first question of a program that has just begun: where is the master? With nothing open yet.
enum Discovering {
  static func measure(
    _ service: ServiceName, rounds: Int, _ configuration: SentinelConfiguration
  ) async throws -> Figure {
    for _ in 0..<max(1, rounds / 5) { try await discover(service, configuration) }
    return try await Figure.timing(rounds) { try await discover(service, configuration) }
  }

  private static func discover(
    _ service: ServiceName, _ configuration: SentinelConfiguration
  ) async throws {
    let client = SentinelClient(configuration: configuration)
    let address = try await client.discoverMaster(of: service)
    await client.shutdown()
    guard address.port > 0 else { throw BadArguments() }
  }
}
