import SentinelModel

extension Incident {
  /// A replica that shows no progress is given up after so long.
  package static let replicaLimit = Duration.seconds(10)
  /// An old master is told to follow after 8 s, and says so in its next INFO, 10 s later at most.
  package static let demotionLimit = Duration.seconds(20)
  private static let electionLimit = Duration.seconds(10)

  /// The phases so far: those that follow each other up to the end of the failover, then those that
  /// run beside and behind them. Of several attempts it is the decisive one's: see `phases(of:)`.
  package var phases: [Phase] {
    let attempt = decisive
    return chain(with: attempt) + following(attempt)
  }

  /// The phases of one attempt alone.
  package func phases(of attempt: Attempt) -> [Phase] {
    link(milestones(of: attempt), attempt)
  }

  private struct Milestone {
    var kind: Phase.Kind
    var voices: Voices
  }

  private func chain(with attempt: Attempt?) -> [Phase] {
    var steps: [Milestone] = []
    for (kind, spans) in [(Phase.Kind.sDown, sDowns), (.oDown, oDowns)] {
      var voices = Voices()
      for (source, list) in spans {
        guard let first = list.first else { continue }
        voices.add(source, first.start)
      }
      if !voices.isEmpty { steps.append(Milestone(kind: kind, voices: voices)) }
    }
    return link(steps + (attempt.map(milestones) ?? []), attempt)
  }

  private func milestones(of attempt: Attempt) -> [Milestone] {
    Attempt.Step.allCases.compactMap { step in
      attempt.reached[step].map { Milestone(kind: step.kind, voices: $0) }
    }
  }

  private func link(_ steps: [Milestone], _ attempt: Attempt?) -> [Phase] {
    var phases: [Phase] = []
    for (index, step) in steps.enumerated() {
      guard let first = step.voices.first else { continue }
      var phase = Phase(
        kind: step.kind, start: first.sighting.at, end: nil,
        limit: limit(of: step.kind), state: .done,
        sources: step.voices.inOrder.map(\.source),
        isObserved: step.voices.by.values.allSatisfy(\.isObserved))
      let next = steps[(index + 1)...].compactMap(\.voices.first?.sighting.at).first
      if let next {
        phase.end = max(next, phase.start)
      } else if step.kind == .ended {
        phase.end = phase.start
      } else if let attempt, let failure = attempt.failure, step.kind.isOfAttempt {
        phase.end = attempt.failedAt?.at
        phase.state = .failed(failure)
      } else if newMaster == nil, let recoveredAt {
        phase.end = max(recoveredAt, phase.start)
      } else if let leader = attempt?.leader, newMaster != nil, let end = switches[leader] {
        // A leader switches last: that is its end.
        phase.end = max(end.at, phase.start)
      } else if isOpen, homeAt == nil, unwatched == nil {
        phase.state = .running
      }
      if step.kind == .promoted, let attempt { phase.progress = attempt.progress }
      phases.append(phase)
    }
    return phases
  }

  private func limit(of kind: Phase.Kind) -> Duration? {
    switch kind {
    case .voting: failoverTimeout.map { min(Self.electionLimit, $0) } ?? Self.electionLimit
    case .selected, .ordered, .promoted: failoverTimeout
    case .demoting: Self.demotionLimit
    case .sDown, .oDown, .elected, .ended, .switched, .homecoming: nil
    }
  }

  /// What runs beside and behind the chain: the Sentinels' switches, the old master's demotion, the
  /// rest's way home.
  private func following(_ attempt: Attempt?) -> [Phase] {
    guard let newMaster, unwatched == nil || stage != .unwatched else { return [] }
    var phases: [Phase] = []
    if let first = switches.first {
      let agreedAt = agreedAt
      phases.append(
        Phase(
          kind: .switched, start: first.sighting.at, end: agreedAt, limit: nil,
          state: agreedAt == nil && isOpen ? .running : .done,
          sources: switches.inOrder.map(\.source),
          isObserved: switches.by.values.allSatisfy(\.isObserved),
          progress: .init(done: switches.count, of: switches.count + notYetSwitched.count)))
    }
    guard let promotedAt else { return phases }
    let demotedAt = demotedAt
    phases.append(
      Phase(
        kind: .demoting, start: promotedAt, end: demotedAt,
        limit: missing[oldMaster] == .down ? nil : limit(of: .demoting),
        state: demotedAt == nil && isOpen ? .running : .done,
        sources: demotions.inOrder.map(\.source),
        isObserved: demotions.by.values.allSatisfy(\.isObserved) && !demotions.isEmpty))
    let start =
      [switches.last, attempt?.reached[.ended]?.first?.sighting.at].compactMap(\.self).max()
      ?? promotedAt
    let gone = Set(missing.keys).subtracting([newMaster])
    phases.append(
      Phase(
        kind: .homecoming, start: start, end: homeAt.map { max($0, start) }, limit: nil,
        state: homeAt == nil && isOpen ? .running : .done, sources: gone.sorted(),
        isObserved: true))
    return phases
  }
}

extension Attempt {
  /// How many replicas follow the new master, of those that have to.
  package var progress: Phase.Progress {
    let done = replicas.values.count { $0.stage == .done }
    return Phase.Progress(done: done, of: replicaCount.map { max($0, replicas.count) })
  }
}

extension Attempt.Step {
  var kind: Phase.Kind {
    switch self {
    case .voting: .voting
    case .elected: .elected
    case .selected: .selected
    case .ordered: .ordered
    case .promoted: .promoted
    case .ended: .ended
    }
  }
}

extension Phase.Kind {
  var isOfAttempt: Bool {
    switch self {
    case .sDown, .oDown, .switched, .demoting, .homecoming: false
    default: true
    }
  }
}
