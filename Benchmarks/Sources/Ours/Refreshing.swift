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
    for survey in try await client.survey(of: service).replies() {
      guard !survey.masters.isEmpty, !survey.replicas.isEmpty, !survey.otherSentinels.isEmpty else {
        throw BadArguments()
      }
    }
  }
}
