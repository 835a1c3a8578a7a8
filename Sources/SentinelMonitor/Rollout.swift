import RedisSentinel
package import SentinelInsight
package import SentinelModel
import Synchronization

/// Carries a change from Sentinel to Sentinel, and follows it to its end, as `ChangeProgress` decides.
package struct Rollout: Sendable {
  private let monitor: Monitor
  private let operations: Operator

  package init(_ monitor: Monitor, _ operations: Operator) {
    self.monitor = monitor
    self.operations = operations
  }

  /// Asks one Sentinel after another, and says at each turn how it stands.
  package func run(
    _ command: Command, _ facts: Preflight.Facts, stop: StopSign = StopSign(),
    report: @Sendable (ChangeProgress) async -> Void = { _ in }
  ) async -> ChangeProgress {
    let clock = monitor.clock
    var progress = ChangeProgress(command, facts, at: clock.now())
    // What is waited for is told soonest of the service that is looked at.
    if case .reset = command { await monitor.look(at: progress.service) }
    while true {
      if stop.isUp { progress.stop() }
      let topology = await monitor.snapshot.topology
      progress.observe(topology, at: clock.now())
      let next = progress.next(at: clock.now())
      await report(progress)
      switch next {
      case .ask(let sentinel, let order):
        progress.ask(sentinel, in: topology, at: clock.now())
        await report(progress)
        let answer = await operations.run(order, on: [sentinel]).answers.first
        progress.take(
          answer ?? .nobodyAsked(sentinel), in: await monitor.snapshot.topology, at: clock.now())
      case .wait(let deadline):
        let known = progress
        let canStop = progress.canBeStopped
        _ = await monitor.wait(atMost: max(.zero, deadline.duration(since: clock.now()))) {
          snapshot in
          var seen = known
          seen.observe(snapshot.topology, at: clock.now())
          return seen != known || canStop && stop.isUp
        }
      case .end: return progress
      }
    }
  }
}

extension Outcome.Answer {
  fileprivate static func nobodyAsked(_ sentinel: NodeAddress) -> Self {
    Self(sentinel: sentinel, verdict: .failed("it was not asked"), elapsed: .zero)
  }
}

/// Whether somebody wants a change to stop before the next Sentinel.
package final class StopSign: Sendable {
  private let state = Mutex(false)

  package init() {}

  package var isUp: Bool { state.withLock { $0 } }

  package func raise() { state.withLock { $0 = true } }
}
