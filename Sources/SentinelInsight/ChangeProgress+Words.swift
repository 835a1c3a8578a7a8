package import SentinelModel

extension ChangeProgress {
  /// What it is about: `RESET cache`.
  package var title: String {
    switch command {
    case .set(let service, _): "SET \(service)"
    case .monitor(let service, _, _): "MONITOR \(service)"
    default: command.publicWords.dropFirst().joined(separator: " ")
    }
  }

  /// What goes on just now, in a sentence; how it ended where it has.
  package func words(in topology: Topology, at now: Timestamp) -> String {
    if isFinal { return closingWords(in: topology) }
    guard let step = steps.last(where: { $0.askedAt != nil && !$0.stage.isFinal }) else {
      return "asking"
    }
    let label = topology.label(of: step.sentinel)
    let time = Measure.time(
      .seconds(now.duration(since: step.askedAt ?? now).inMicroseconds / 1_000_000))
    switch step.stage {
    case .settling(let missing): return "\(label): \(missing), \(time)"
    default: return "\(label): asked, \(time)"
    }
  }

  package var severity: Severity { !isFinal ? .info : isDone ? .notice : .warning }

  /// How it ended: who has it, who hasn't, and why.
  private func closingWords(in topology: Topology) -> String {
    func labels(_ isMeant: (Stage) -> Bool) -> [NodeAddress] {
      steps.filter { isMeant($0.stage) }.map(\.sentinel)
    }
    let took = Measure.time(endedAt?.duration(since: startedAt) ?? .zero)
    let done = labels { if case .done = $0 { true } else { false } }
    let doneWords = "done at \(Preflight.list(done, in: topology))"
    if isDone { return "\(doneWords), after \(took)" }
    var parts = done.isEmpty ? ["done nowhere"] : [doneWords]
    for step in steps {
      let label = topology.label(of: step.sentinel)
      switch step.stage {
      case .unconfirmed(let words): parts.append("\(label) said yes, but \(words)")
      case .failed(let words): parts.append("\(label): \(words)")
      case .waiting, .asked, .settling, .done, .skipped: break
      }
    }
    let skipped = labels { if case .skipped = $0 { true } else { false } }
    if !skipped.isEmpty {
      parts.append(
        "not asked: \(Preflight.list(skipped, in: topology)), since \(halt ?? "it ended")")
    }
    return parts.joined(separator: "; ") + ", after \(took)"
  }

  /// The line for the log when it has come to its end; nil before.
  package func closingEntry(in topology: Topology) -> LogEntry? {
    guard let endedAt else { return nil }
    return LogEntry(
      .note("\(title): \(words(in: topology, at: endedAt))", severity), at: endedAt,
      service: service)
  }
}
