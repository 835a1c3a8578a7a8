import RedisSentinel
import SentinelModel

/// What a monitor asks in one round: of every Sentinel all masters, and one service's replicas and
/// Sentinels; read into states.
enum Refreshing {
  static func measure(
    _ service: ServiceName, rounds: Int, _ client: SentinelClient
  ) async throws -> Figure {
    for _ in 0..<max(1, rounds / 5) { try await refresh(service, client) }
    let figure = try await Figure.timing(rounds) { try await refresh(service, client) }
    await client.shutdown()
    return figure
  }

  private static func refresh(_ service: ServiceName, _ client: SentinelClient) async throws {
    try await withThrowingTaskGroup { group in
      for endpoint in client.configuration.endpoints {
        group.addTask {
          async let masters = client.masters(on: .one(endpoint))
          async let replicas = client.replicas(of: service, on: .one(endpoint))
          async let sentinels = client.otherSentinels(of: service, on: .one(endpoint))
          return try await [masters.count, replicas.count, sentinels.count].allSatisfy { $0 > 0 }
        }
      }
      for try await isWhole in group where !isWhole { throw BadArguments() }
    }
  }
}
