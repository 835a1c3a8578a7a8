internal import Canvas
internal import SentinelInsight
internal import SentinelModel

extension State {
  /// Takes in what happened, and says what the world is asked for. The one door to the state.
  package mutating func update(_ message: Message) -> Effect? {
    let effect = take(message)
    if message.mayMoveRows { settleScrolls() }
    return effect
  }

  private mutating func take(_ message: Message) -> Effect? {
    switch message {
    case .key(let key, let moment):
      advance(to: moment)
      notice = nil
      if case .paste = key, case .confirming = mode {
        say("Pasted text can't answer a question.", .warning)
        return nil
      }
      guard let action = keymap.action(for: key, in: mode.kind) else { return nil }
      return perform(action, at: moment)
    case .observed(let snapshot): return observe(snapshot)
    case .ticked(let moment): advance(to: moment)
    case .drawn(let moment):
      if case .confirming(var question) = mode, ConfirmOverlay.isReadable(question, self) {
        question.show(at: moment)
        mode = .confirming(question)
      }
    case .resized(let size): resize(to: size)
    case .finished(let outcome): finish(outcome)
    case .noted(let text, let severity): say(text, severity)
    }
    return nil
  }

  mutating func say(_ text: String, _ severity: Severity) {
    notice = Notice(text, severity, at: now)
  }

  private mutating func advance(to moment: Timestamp) {
    now = max(now, moment)
    if let notice, notice.until <= now { self.notice = nil }
  }

  private mutating func resize(to size: Size) {
    self.size = size
    // What was readable may be cut off now.
    guard case .confirming(var question) = mode else { return }
    question.hide()
    mode = .confirming(question)
  }

  private mutating func observe(_ snapshot: Snapshot) -> Effect? {
    let before = selectedService.name
    topology = snapshot.topology
    log = snapshot.log
    announceEnds(of: snapshot.progress)
    failovers = snapshot.progress
    incidents = snapshot.incidents
    findings = snapshot.findings
    clock = snapshot.clock
    sum()
    review()
    return selectedService.name == before ? nil : .focus(selectedService.name)
  }

  /// Sums up what is known, so that no frame has to.
  mutating func sum() {
    services = ServiceSummary.all(in: topology)
    tally = Tally(services, topology)
    selectedService.follow(services, by: \.name)
    sumSelected()
    markChanges()
  }

  /// Sums up what is known of the selected service.
  mutating func sumSelected() {
    let name = service?.name
    replicas = name.flatMap { ReplicaSummary.all(of: $0, in: topology) }
    sentinels = SentinelSummary.all(of: name, in: topology)
    outlook = name.map { CandidateOutlook(of: $0, in: topology, at: now) }
    lags = name.map { Lag.all(of: $0, in: topology, at: now) } ?? [:]
    selectedReplica.follow(replicas ?? [], by: \.address)
    selectedSentinel.follow(sentinels, by: \.address)
  }

  /// Notes which cells say something else than before, of the rows in view.
  mutating func markChanges() {
    changes.note(
      MastersPane.watched(self) + ReplicasPane.watched(self) + SentinelsPane.watched(self), at: now)
  }

  private mutating func announceEnds(of failovers: [FailoverProgress]) {
    for failover in failovers where failover.stage.isFinal {
      let wasRunning = self.failovers.contains {
        $0.service == failover.service && $0.startedAt == failover.startedAt && !$0.stage.isFinal
      }
      guard wasRunning, let words = failover.closingWords(at: now) else { continue }
      say("\(failover.service): \(words.words(in: topology))", words.severity)
    }
  }

  /// Holds an open question against what is known now.
  private mutating func review() {
    guard case .confirming(var question) = mode else { return }
    question.review(in: topology, at: now)
    mode = .confirming(question)
  }

  private mutating func finish(_ outcome: Outcome) {
    if let number = underWay.removeValue(forKey: outcome.command), commandLog[number: number] != nil
    {
      commandLog[number: number]?.at = outcome.startedAt
      commandLog[number: number]?.answers = outcome.answers
    } else {
      commandLog.append(
        CommandLogEntry(
          at: outcome.startedAt, command: outcome.command, target: outcome.command.target,
          answers: outcome.answers))
    }
    let entry = LogEntry(.outcome(outcome), at: outcome.endedAt)
    let title = outcome.command.publicWords.dropFirst().joined(separator: " ")
    say("\(title): \(entry.words(in: topology))", entry.severity)
  }
}

extension Message {
  /// Whether other rows may have to be brought into view after it.
  fileprivate var mayMoveRows: Bool {
    switch self {
    case .key, .observed, .resized: true
    case .ticked, .drawn, .finished, .noted: false
    }
  }
}
