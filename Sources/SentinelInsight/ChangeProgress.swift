package import SentinelModel

/// Follows a change from Sentinel to Sentinel to its end: whom to ask next, what is waited for, and
/// why it stopped. Knows no socket and no clock.
///
/// OK from a Sentinel is not the end: the change is there when the Sentinel shows it.
package struct ChangeProgress: Hashable, Sendable {
  package let command: Command
  package let service: ServiceName?
  /// The master that it is about, as long as it is.
  package let master: NodeAddress?
  package let startedAt: Timestamp
  /// One for each Sentinel, in the order in which they are asked.
  package private(set) var steps: [Step]
  /// Why those who are left aren't asked any more.
  package private(set) var halt: String?
  package private(set) var endedAt: Timestamp?

  /// What has become of it at one Sentinel.
  package struct Step: Hashable, Sendable {
    package let sentinel: NodeAddress
    /// What it is told.
    package let order: Command
    package fileprivate(set) var stage = Stage.waiting
    package fileprivate(set) var askedAt: Timestamp?
    package fileprivate(set) var answeredAt: Timestamp?
    package fileprivate(set) var answer: Outcome.Answer?
    /// What it said of the service before.
    fileprivate(set) var before: ServiceView?
  }

  /// Where a Sentinel stands.
  package enum Stage: Hashable, Sendable {
    /// Not asked so far.
    case waiting
    /// Asked, and not answered so far.
    case asked
    /// It did it; what is still missing.
    case settling(String)
    /// It did it, and it shows.
    case done(String)
    /// It said yes, and doesn't show it.
    case unconfirmed(String)
    /// It said no, or nothing.
    case failed(String)
    /// It isn't asked any more.
    case skipped(String)

    package var isFinal: Bool {
      switch self {
      case .waiting, .asked, .settling: false
      case .done, .unconfirmed, .failed, .skipped: true
      }
    }
  }

  /// What is to be done now.
  package enum Next: Hashable, Sendable {
    case ask(NodeAddress, Command)
    /// Look again when something is known, and at that moment at the latest.
    case wait(until: Timestamp)
    case end
  }

  package init(_ command: Command, _ facts: Preflight.Facts, at startedAt: Timestamp) {
    self.command = command
    service = facts.service ?? command.service
    master = facts.master
    self.startedAt = startedAt
    steps = facts.sentinels.map { Step(sentinel: $0, order: facts.orders[$0] ?? command) }
  }

  /// How long a Sentinel may take to show it. Replicas are found again by the master's next INFO,
  /// within ten seconds; all else shows with its next report.
  package static func patience(with command: Command) -> Duration {
    if case .reset = command { .seconds(30) } else { .seconds(5) }
  }

  /// Whether one Sentinel has to be whole again before the next one is asked: a second one that
  /// forgets would make it worse.
  private var isRolling: Bool { if case .reset = command { true } else { false } }

  /// Whether nobody else is asked once somebody didn't do it: what one refuses, all would.
  private var stopsAtFailure: Bool {
    switch command {
    case .reset, .set: true
    case .failover, .checkQuorum, .monitor, .remove, .flushConfiguration: false
    }
  }
}

// How it goes on.
extension ChangeProgress {
  /// Says what is to be done. To be asked again after each answer and each observation.
  package mutating func next(at now: Timestamp) -> Next {
    let settling = steps.filter { if case .settling = $0.stage { true } else { false } }
    let deadline = settling.compactMap(\.answeredAt).min()?
      .advanced(by: Self.patience(with: command))
    if isRolling, halt == nil, let deadline { return .wait(until: deadline) }
    if let halt {
      for index in steps.indices where steps[index].stage == .waiting {
        steps[index].stage = .skipped(halt)
      }
    } else if let index = steps.firstIndex(where: { $0.stage == .waiting }) {
      return .ask(steps[index].sentinel, steps[index].order)
    }
    if let deadline { return .wait(until: deadline) }
    if endedAt == nil { endedAt = now }
    return .end
  }

  /// A Sentinel is being asked.
  package mutating func ask(_ sentinel: NodeAddress, in topology: Topology, at now: Timestamp) {
    guard let index = index(of: sentinel) else { return }
    steps[index].stage = .asked
    steps[index].askedAt = now
    if let service { steps[index].before = topology[sentinel]?.services[service] }
  }

  /// A Sentinel has answered, or will never do so.
  package mutating func take(_ answer: Outcome.Answer, in topology: Topology, at now: Timestamp) {
    guard let index = index(of: answer.sentinel) else { return }
    steps[index].answer = answer
    steps[index].answeredAt = now
    if answer.verdict.isAccepted {
      steps[index].stage = .settling("not shown yet")
    } else {
      steps[index].stage = .failed(answer.verdict.text)
      if stopsAtFailure, halt == nil {
        halt = "\(topology.label(of: answer.sentinel)) didn't do it"
      }
    }
    observe(topology, at: now)
  }

  /// Takes in what is known now.
  package mutating func observe(_ topology: Topology, at now: Timestamp) {
    for index in steps.indices {
      guard case .settling = steps[index].stage, let answeredAt = steps[index].answeredAt else {
        continue
      }
      let took = now.duration(since: answeredAt)
      switch sight(of: steps[index], since: answeredAt, in: topology) {
      case .there(let words): steps[index].stage = .done(words)
      case .missing(let words) where took < Self.patience(with: command):
        steps[index].stage = .settling(words)
      case .missing(let words):
        steps[index].stage = .unconfirmed(words)
        if isRolling, halt == nil {
          halt =
            "\(topology.label(of: steps[index].sentinel)) hasn't found everybody again in "
            + Measure.time(took)
        }
      }
    }
    if isRolling, halt == nil, endedAt == nil { halt = anomaly(in: topology) }
  }

  /// Nobody else is to be asked. Whoever was asked already is followed to the end.
  package mutating func stop() {
    if halt == nil, !isFinal { halt = "you stopped it" }
  }

  private func index(of sentinel: NodeAddress) -> Int? {
    steps.firstIndex { $0.sentinel == sentinel }
  }

  /// What makes it unwise to let another Sentinel forget.
  private func anomaly(in topology: Topology) -> String? {
    guard let service, steps.contains(where: { $0.askedAt != nil }) else { return nil }
    guard let summary = ServiceSummary(of: service, in: topology) else {
      return "\(service) is no longer monitored"
    }
    for step in steps where topology[step.sentinel]?.isReachable != true {
      return "\(topology.label(of: step.sentinel)) no longer answers"
    }
    if let running = summary.failover {
      return "a failover runs on \(topology.label(of: running.sentinel))"
    }
    if summary.health == .sDown || summary.health == .oDown {
      return "the master is \(summary.health.word) now"
    }
    if let master, summary.address != master { return "the master is now \(summary.address)" }
    return nil
  }
}

// How it stands.
extension ChangeProgress {
  package var isFinal: Bool { endedAt != nil }

  /// Whether every Sentinel did it and shows it.
  package var isDone: Bool {
    !steps.isEmpty && steps.allSatisfy { if case .done = $0.stage { true } else { false } }
  }

  /// Whether somebody may still be kept from it.
  package var canBeStopped: Bool {
    !isFinal && halt == nil && steps.contains { $0.stage == .waiting }
  }

  /// Who has said yes.
  package var accepted: [NodeAddress] {
    steps.filter { $0.answer?.verdict.isAccepted == true }.map(\.sentinel)
  }

  /// What came of it: of those who weren't asked, why.
  package func outcome(at now: Timestamp) -> Outcome {
    Outcome(
      command: command, startedAt: startedAt, endedAt: endedAt ?? now,
      answers: steps.map { step in
        if let answer = step.answer { return answer }
        return Outcome.Answer(
          sentinel: step.sentinel, verdict: .failed("not sent: \(halt ?? "not asked yet")"),
          elapsed: .zero)
      })
  }
}
