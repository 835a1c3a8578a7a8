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
      return press(key, at: moment)
    case .observed(let snapshot): return observe(snapshot)
    case .ticked(let moment):
      advance(to: moment)
      if playback.isLive { noteTrends() }
    case .drawn(let moment):
      if case .confirming(var question) = mode, ConfirmOverlay.isReadable(question, self) {
        question.show(at: moment)
        mode = .confirming(question)
      }
    case .resized(let size): resize(to: size)
    case .progressed(let progress): follow(progress)
    case .finished(let outcome): finish(outcome)
    case .noted(let text, let severity): say(text, severity)
    case .lab(let nodes): labNodes = nodes
    }
    return nil
  }

  private mutating func press(_ key: Key, at moment: Timestamp) -> Effect? {
    if case .mouse(let what, let position) = key { return point(what, at: position, moment) }
    if case .paste = key, case .confirming = mode {
      say("Pasted text can't answer a question.", .warning)
      return nil
    }
    guard let action = keymap.action(for: key, in: mode.kind) else {
      typeInForm(key, at: moment)
      return type(key)
    }
    return perform(action, at: moment)
  }

  mutating func say(_ text: String, _ severity: Severity) {
    notice = Notice(text, severity, at: present)
  }

  private mutating func advance(to moment: Timestamp) {
    present = max(present, moment)
    if playback.isLive { now = present }
    if let notice, notice.until <= present { self.notice = nil }
  }

  private mutating func resize(to size: Size) {
    self.size = size
    // What was readable may be cut off now.
    guard case .confirming(var question) = mode else { return }
    question.hide()
    mode = .confirming(question)
  }

  private mutating func observe(_ snapshot: Snapshot) -> Effect? {
    announceEnds(of: snapshot.progress)
    watchForAlerts(in: snapshot.log)
    latest = snapshot
    playback.record(snapshot, at: present)
    guard playback.isLive else {
      // A list that is cut at its old end may have to be moved up.
      log = snapshot.log
      sumEvents()
      return nil
    }
    return show(snapshot)
  }

  /// Shows what is known, or was known, and tells which service is looked at now.
  mutating func show(_ snapshot: Snapshot) -> Effect? {
    let before = selectedService.name
    topology = snapshot.topology
    failovers = snapshot.progress
    incidents = snapshot.incidents
    findings = snapshot.findings
    clock = snapshot.clock
    if playback.isLive { log = snapshot.log }
    sum()
    review()
    return selectedService.name == before ? nil : .focus(selectedService.name)
  }

  private mutating func announceEnds(of failovers: [FailoverProgress]) {
    for failover in failovers where failover.stage.isFinal {
      let wasRunning = (latest?.progress ?? []).contains {
        $0.service == failover.service && $0.startedAt == failover.startedAt && !$0.stage.isFinal
      }
      guard wasRunning, let words = failover.closingWords(at: present) else { continue }
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
    // Its end was told by its progress, and stands in the overlay.
    guard !undertakings.contains(where: { $0.progress.command == outcome.command }) else { return }
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
    case .ticked, .drawn, .progressed, .finished, .noted, .lab: false
    }
  }
}
