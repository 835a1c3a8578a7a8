import SentinelInsight
import SentinelModel

/// Incidents as lines that a person can judge.
struct IncidentText {
  var topology: Topology
  var start: Timestamp

  func lines(of incident: Incident) -> [String] {
    let now = incident.closedAt ?? incident.startedAt.advanced(by: .seconds(100_000))
    var head =
      "\(incident.service): \(incident.stage), \(incident.cause?.rawValue ?? "no failover")"
    head += ", \(incident.oldMaster)"
    if let new = incident.newMaster { head += " -> \(new)" }
    if let epoch = incident.epoch { head += ", epoch \(epoch)" }
    if let leader = incident.leader { head += ", \(label(leader)) leads" }
    var lines = [head]
    lines.append(
      "  began \(offset(incident.startedAt)), closed \(incident.closedAt.map(offset) ?? "no")")
    if let unwatched = incident.unwatched {
      lines.append(
        "  nobody watched from \(unwatched.after.map(offset) ?? "?") to \(offset(unwatched.before))"
      )
    }
    let isCounting = incident.isWithoutMaster
    lines.append(
      "  without a master \(isCounting ? "still" : words(incident.withoutMaster(at: now)))"
        + ", agreed after \(words(incident.untilAgreed))"
        + ", two masters \(words(incident.demotedAt == nil ? nil : incident.twoMasters(at: now)))")
    for phase in incident.phases { lines.append(line(phase, since: incident.startedAt)) }
    for attempt in incident.attempts { lines += self.lines(attempt, of: incident) }
    if !incident.missing.isEmpty {
      let missing = incident.missing.sorted { $0.key < $1.key }
        .map { "\(topology.label(of: $0.key)) \($0.value.words)" }
      lines.append("  missing: \(missing.joined(separator: ", "))")
    }
    return lines
  }

  private func line(_ phase: Phase, since begin: Timestamp) -> String {
    var line = "  \(pad(words(phase.start.duration(since: begin)), 8)) \(pad(phase.title, 10))"
    line += " \(pad(phase.end.map { words($0.duration(since: phase.start)) } ?? "–", 8))"
    switch phase.state {
    case .running: line += " running"
    case .done: line += " done"
    case .failed(let failure): line += " failed: \(failure.words)"
    }
    if let limit = phase.limit { line += ", limit \(limit.inSeconds)" }
    if let progress = phase.progress {
      line += ", \(progress.done) of \(progress.of.map { "\($0)" } ?? "?")"
    }
    line += " [\(phase.sources.map(label).joined(separator: " "))]"
    return phase.isObserved ? line + " observed" : line
  }

  private func lines(_ attempt: Attempt, of incident: Incident) -> [String] {
    let who = attempt.leader.map(label) ?? attempt.leaderID.map { topology.label(id: $0) } ?? "?"
    let votes = attempt.votes.inOrder.map { label($0.source) }.joined(separator: " ")
    var line = "  attempt: epoch \(attempt.epoch.map { "\($0)" } ?? "?") \(who), votes [\(votes)]"
    if let step = attempt.step { line += ", got to \(step)" }
    if let candidate = attempt.candidate { line += ", chose \(candidate)" }
    if attempt.hasSucceeded { line += ", succeeded" }
    if attempt.endedByTimeout { line += " by time limit" }
    if let failure = attempt.failure {
      line += ", failed: \(failure.words)"
      if let at = attempt.failedAt {
        line += " after \(words(at.at.duration(since: incident.startedAt)))"
      }
    }
    let replicas = attempt.replicas.sorted { $0.key < $1.key }.map { address, following in
      "\(address) \(following.stage)\(following.timedOut ? " late" : "")"
    }
    return [line] + (replicas.isEmpty ? [] : ["    replicas: \(replicas.joined(separator: ", "))"])
  }

  private func label(_ address: NodeAddress) -> String {
    let ports = topology.vantages.map(\.address.port).sorted()
    return ports.firstIndex(of: address.port).map { "s\($0 + 1)" } ?? "\(address)"
  }

  private func offset(_ moment: Timestamp) -> String { words(moment.duration(since: start)) }

  private func words(_ time: Duration?) -> String {
    guard let time else { return "–" }
    let milliseconds = time.inMilliseconds
    let rest = abs(milliseconds % 1_000)
    return "\(milliseconds < 0 ? "-" : "")\(abs(milliseconds / 1_000))."
      + String(String(rest + 1_000).dropFirst())
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension Recording {
  /// All its incidents as text.
  var incidentText: String {
    let incidents = timeline.incidents
    guard let start = observations.first?.at else { return "nothing" }
    let text = IncidentText(topology: topology, start: start)
    guard !incidents.isEmpty else { return "nothing" }
    return incidents.map { text.lines(of: $0).joined(separator: "\n") }.joined(separator: "\n\n")
  }
}
