import RedisSentinel
import SentinelInsight
import SentinelModel
import SentinelMonitor

/// Carries out what the dashboard wants of the deployment.
struct Performer: Sendable {
  let monitor: Monitor
  let operations: Operator

  /// Sends a command, follows a failover, and notes what came of it in the log.
  func run(_ command: Command, _ target: Target, _ facts: Preflight.Facts?) async -> Outcome {
    let sentinels: [NodeAddress]
    if let facts {
      sentinels = facts.sentinels
    } else {
      sentinels = await monitor.snapshot.topology.vantages.filter(\.isReachable).map(\.address)
    }
    let outcome = await send(command, target, to: sentinels, facts)
    await monitor.note(
      LogEntry(.outcome(outcome), at: outcome.startedAt, service: command.service ?? facts?.service)
    )
    return outcome
  }

  private func send(
    _ command: Command, _ target: Target, to sentinels: [NodeAddress], _ facts: Preflight.Facts?
  ) async -> Outcome {
    switch command {
    case .reset:
      guard target == .all, let service = facts?.service else { break }
      return await RollingReset(monitor, operations).run(service, at: sentinels)
    case .failover(let service):
      guard let via = sentinels.first, let master = facts?.master else { break }
      let start = monitor.clock.now()
      let outcome = await operations.run(command, on: [via])
      // One whose answer was lost may have begun: its events will tell.
      if outcome.answers.contains(where: \.verdict.mayHaveBegun) {
        await monitor.follow(FailoverProgress(of: service, via: via, from: master, at: start))
      }
      return outcome
    case .checkQuorum, .monitor, .remove, .set, .flushConfiguration:
      break
    }
    return await operations.run(command, on: sentinels)
  }
}

extension Outcome.Verdict {
  fileprivate var mayHaveBegun: Bool {
    switch self {
    case .accepted, .unknown: true
    case .refused, .failed: false
    }
  }
}
