import RedisSentinel
import SentinelInsight
import SentinelLab
import SentinelModel
import Testing

@testable import SentinelMonitor

/// Runs a monitor as long as the body needs it.
func watching<Result>(
  _ seeds: [NodeAddress], password: String? = nil, timeout: Duration = .seconds(1),
  nodes: ConnectionConfiguration? = nil, _ body: (Monitor) async throws -> Result
) async throws -> Result {
  var configuration = Monitor.Configuration(
    seeds: seeds,
    connection: ConnectionConfiguration(
      connectTimeout: timeout, commandTimeout: timeout,
      authentication: password.map { Authentication(password: $0) }))
  configuration.nodes = nodes
  let monitor = Monitor(configuration)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { await monitor.run() }
    defer { group.cancelAll() }
    return try await body(monitor)
  }
}

extension Monitor {
  /// Waits until what is known is as wanted, and records an issue where it doesn't come to that.
  func expect(
    _ wanted: Comment, within time: Duration = .seconds(90),
    sourceLocation: SourceLocation = #_sourceLocation,
    until isMet: @escaping @Sendable (Snapshot) -> Bool
  ) async throws {
    let came = await wait(atMost: time, until: isMet)
    try #require(came, wanted, sourceLocation: sourceLocation)
  }

  /// Waits until all Sentinels of a lab are watched and have told everything.
  func expectWhole(_ lab: Lab, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let count = lab.sentinels.count
    try await expect("everybody is there", sourceLocation: sourceLocation) { snapshot in
      snapshot.topology.vantages.count(where: \.isReachable) == count
        && snapshot.topology.isSurveyed
        && snapshot.topology.vantages.allSatisfy { vantage in
          vantage.services.values.allSatisfy { view in
            view.sentinels?.value.count == count - 1
              && view.replicas?.value.allSatisfy { $0.masterLink.isUp && !$0.flags.isDown } == true
          }
        }
    }
  }
}

extension Snapshot {
  /// The lines of the log about an event, in order.
  func lines(_ name: EventName) -> [LogEntry] {
    log.entries.filter { if case .event(let event) = $0.fact { event.name == name } else { false } }
  }
}
