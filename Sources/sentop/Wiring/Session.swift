import Foundation
import RedisSentinel
import SentinelInsight
import SentinelModel
import SentinelMonitor

/// A monitor that runs as long as somebody needs it.
enum Session {
  /// Watches the deployment, lends the monitor, and ends the watch when the body is done.
  static func watching<Result>(
    _ connection: Connection, detailBudget: Int = 4, interval: Duration = .seconds(1),
    logCapacity: Int = 10_000, keepsHistory: Bool = false,
    _ body: (Monitor) async throws -> Result
  ) async throws -> Result {
    let keeper = keepsHistory ? HistoryKeeper() : nil
    defer { keeper?.finish() }
    var configuration = Monitor.Configuration(
      seeds: connection.seeds, connection: connection.configuration)
    configuration.detailBudget = detailBudget
    configuration.interval = interval
    configuration.logCapacity = logCapacity
    configuration.nodes = connection.nodes
    configuration.history = keeper?.history
    let monitor = Monitor(configuration)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await monitor.run() }
      defer { group.cancelAll() }
      do {
        let result = try await body(monitor)
        await keeper?.keepOpen(of: monitor)
        return result
      } catch {
        await keeper?.keepOpen(of: monitor)
        throw error
      }
    }
  }

  /// How long to wait for the data nodes: where they don't answer, there are the Sentinels' words.
  private static let nodePatience = Duration.milliseconds(150)

  /// Watches until everybody has answered or was given up, and lends the monitor with what it knows;
  /// `waitsForNodes` gives the data nodes a moment to tell of themselves, too.
  ///
  /// - Throws: `Trouble` where no Sentinel answers, with each one's reason.
  static func surveying<Result>(
    _ connection: Connection, interval: Duration = .seconds(1), keepsHistory: Bool = false,
    waitsForNodes: Bool = false, _ body: (Monitor, Topology) async throws -> Result
  ) async throws -> Result {
    try await watching(
      connection, detailBudget: .max, interval: interval, keepsHistory: keepsHistory
    ) { monitor in
      let patience = connection.configuration.connectTimeout * 2 + .seconds(1)
      _ = await monitor.wait(atMost: patience) { $0.topology.isSurveyed }
      if waitsForNodes, connection.nodes != nil {
        _ = await monitor.wait(atMost: nodePatience) { snapshot in
          NodeChoice.nodes(of: snapshot.topology, focus: nil).allSatisfy {
            snapshot.topology.nodes[$0].map { $0.contact != .connecting } ?? false
          }
        }
      }
      let topology = await monitor.snapshot.topology
      guard topology.vantages.contains(where: \.isReachable) else {
        throw Trouble(topology.nobodyAnswers)
      }
      return try await body(monitor, topology)
    }
  }
}

extension Topology {
  /// Why no Sentinel answers, and what to do about it.
  var nobodyAnswers: String {
    let reasons = vantages.map { vantage -> String in
      if case .unreachable(_, let reason) = vantage.contact {
        return "  \(vantage.address) – \(reason)"
      }
      return "  \(vantage.address) – no answer yet"
    }
    let text = reasons.joined(separator: "\n")
    return "no Sentinel answers\n" + text + Advice.line(on: text)
  }
}

/// What can be done where nobody could be asked.
enum Advice {
  /// A line of its own, after the reasons; empty where nothing helps.
  static func line(on reasons: String) -> String {
    if reasons.contains("password") {
      return "\nGive the password in SENTOP_PASSWORD, by --password-file or by --askpass; "
        + "the user by --user."
    }
    if reasons.contains("no Sentinel") {
      return "\nSentinels listen on port 26379 as a rule, data nodes on 6379."
    }
    if reasons.contains("refused") {
      return "\nName a Sentinel by -s HOST:PORT or in SENTOP_SEEDS."
    }
    return ""
  }
}
