import RedisSentinel
import SentinelInsight
package import SentinelModel

/// Resets a service at one Sentinel after another, and waits each time until that one has found
/// everybody again. Stops at the first that doesn't: a second one that forgets would make it worse.
package struct RollingReset: Sendable {
  private let monitor: Monitor
  private let operations: Operator

  /// How long a Sentinel may take to find the others. Replicas come with the master's next INFO,
  /// within ten seconds.
  package static let patience = Duration.seconds(30)

  package init(_ monitor: Monitor, _ operations: Operator) {
    self.monitor = monitor
    self.operations = operations
  }

  /// Resets the service at those Sentinels, in that order, and says what became of each.
  package func run(
    _ service: ServiceName, at sentinels: [NodeAddress],
    progress: @Sendable (Outcome.Answer) async -> Void = { _ in }
  ) async -> Outcome {
    let command = Command.reset(pattern: service.literalPattern)
    let startedAt = monitor.clock.now()
    await monitor.look(at: service)
    var answers: [Outcome.Answer] = []
    var obstacle: String?
    for (position, sentinel) in sentinels.enumerated() {
      if let obstacle {
        answers.append(
          Outcome.Answer(
            sentinel: sentinel, verdict: .failed("not sent: \(obstacle)"), elapsed: .zero))
        continue
      }
      let before = await monitor.snapshot.topology[sentinel]?.services[service]
      guard let answer = await operations.run(command, on: [sentinel]).answers.first else {
        continue
      }
      let resetAt = monitor.clock.now()
      answers.append(answer)
      await progress(answer)
      if !answer.verdict.isAccepted {
        obstacle = "\(sentinel) didn't do it"
      } else if position + 1 < sentinels.count, let before {
        let isBack = await monitor.wait(atMost: Self.patience) { snapshot in
          snapshot.topology[sentinel]?.services[service]?.hasFoundAgain(before, since: resetAt)
            ?? false
        }
        if !isBack { obstacle = "\(sentinel) hasn't found everybody again in 30 s" }
      }
    }
    return Outcome(
      command: command, startedAt: startedAt, endedAt: monitor.clock.now(), answers: answers)
  }
}

extension ServiceView {
  /// Whether it knows as many living replicas and Sentinels as it did, by reports that are newer.
  fileprivate func hasFoundAgain(_ before: ServiceView, since resetAt: Timestamp) -> Bool {
    func isAlive(_ flags: InstanceFlags) -> Bool { !flags.isDown }
    let replicas = before.replicas?.value.count { isAlive($0.flags) } ?? 0
    let sentinels = before.sentinels?.value.count { isAlive($0.flags) } ?? 0
    guard let nowReplicas = self.replicas, let nowSentinels = self.sentinels,
      nowReplicas.at > resetAt, nowSentinels.at > resetAt
    else { return false }
    return nowReplicas.value.count { isAlive($0.flags) } >= replicas
      && nowSentinels.value.count { isAlive($0.flags) } >= sentinels
  }
}
