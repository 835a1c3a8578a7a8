import RedisSentinel
import SentinelInsight
import SentinelModel
import SentinelMonitor

/// Carries out what the dashboard wants of the deployment.
struct Performer: Sendable {
  let monitor: Monitor
  let operations: Operator
  private let stopSigns = StopSigns()

  init(monitor: Monitor, operations: Operator) {
    self.monitor = monitor
    self.operations = operations
  }

  /// Sends a command, follows it to its end, and notes what came of it in the log.
  func run(
    _ command: Command, _ target: Target, _ facts: Preflight.Facts?,
    report: @escaping @Sendable (ChangeProgress) -> Void = { _ in }
  ) async -> Outcome {
    let outcome: Outcome
    var closing: LogEntry?
    switch command {
    case .checkQuorum:
      let everybody = await monitor.snapshot.topology.vantages.filter(\.isReachable)
      outcome = await operations.run(
        command, on: facts?.sentinels ?? everybody.map(\.address))
    case .failover: outcome = await failOver(command, facts)
    case .reset, .monitor, .remove, .set, .flushConfiguration:
      // A change without the facts on which it was agreed to goes to nobody.
      let facts = facts ?? Preflight.Facts(service: command.service, sentinels: [])
      let progress = await Rollout(monitor, operations).run(
        command, facts, stop: await stopSigns.sign(for: command), report: report)
      await stopSigns.forget(command)
      closing = progress.closingEntry(in: await monitor.snapshot.topology)
      outcome = progress.outcome(at: monitor.clock.now())
    }
    await monitor.note(
      LogEntry(.outcome(outcome), at: outcome.startedAt, service: command.service ?? facts?.service)
    )
    if let closing { await monitor.note(closing) }
    return outcome
  }

  /// Lets a change that is under way ask no further Sentinel.
  func stop(_ command: Command) async { await stopSigns.raise(for: command) }

  private func failOver(_ command: Command, _ facts: Preflight.Facts?) async -> Outcome {
    let start = monitor.clock.now()
    let outcome = await operations.run(command, on: facts?.sentinels ?? [])
    // One whose answer was lost may have begun: its events will tell.
    if let service = command.service, let via = outcome.answers.first, let master = facts?.master,
      via.verdict.mayHaveBegun
    {
      await monitor.follow(
        FailoverProgress(of: service, via: via.sentinel, from: master, at: start))
    }
    return outcome
  }
}

/// The signs by which changes that are under way are stopped.
private actor StopSigns {
  private var signs: [Command: StopSign] = [:]

  func sign(for command: Command) -> StopSign {
    let sign = StopSign()
    signs[command] = sign
    return sign
  }

  func raise(for command: Command) { signs[command]?.raise() }

  func forget(_ command: Command) { signs[command] = nil }
}

extension Outcome.Verdict {
  fileprivate var mayHaveBegun: Bool {
    switch self {
    case .accepted, .unknown: true
    case .refused, .failed: false
    }
  }
}
