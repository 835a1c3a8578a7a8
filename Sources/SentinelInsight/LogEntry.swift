package import SentinelModel

/// One line of the event log: one fact, with everybody who said it.
package struct LogEntry: Hashable, Sendable {
  /// What happened.
  package var fact: Fact
  /// When it was first heard of.
  package var at: Timestamp
  /// The service it is about; nil where it is about none.
  package var service: ServiceName?
  /// Who said it and when, in the order in which they did.
  package var sources: [Source]
  /// How often the same was said again by those who had said it.
  package var repeats = 0

  /// What can stand in the log.
  package enum Fact: Hashable, Sendable {
    /// A Sentinel announced it.
    case event(SentinelEvent)
    /// Seen by polling, and announced by nobody: the event that should have come.
    case observed(SentinelEvent)
    /// A Sentinel answers for the first time.
    case found(version: String?)
    /// A Sentinel no longer answers, for this reason.
    case lost(String)
    /// It answers again, after so long.
    case back(after: Duration)
    /// Nobody had listened to its events for so long: some may be missing.
    case gap(Duration)
    /// It doesn't let us listen.
    case deaf(String)
    /// Part of its answers made no sense.
    case unreadable(String)
    /// What came of an operator's command.
    case outcome(Outcome)
    /// Something the program has to say about a command that goes on.
    case note(String, Severity)
  }

  /// Who said it, and when.
  package struct Source: Hashable, Sendable {
    package var sentinel: NodeAddress
    package var at: Timestamp

    package init(sentinel: NodeAddress, at: Timestamp) {
      self.sentinel = sentinel
      self.at = at
    }
  }

  package init(_ fact: Fact, at: Timestamp, service: ServiceName? = nil, sources: [Source] = []) {
    self.fact = fact
    self.at = at
    self.service = service
    self.sources = sources
  }

  /// How far apart the first and the last who said it were.
  package var spread: Duration {
    sources.map(\.at).max().map { $0.duration(since: at) } ?? .zero
  }
}

extension LogEntry {
  /// The name of the event, or of what else stands in the line.
  package var title: String {
    switch fact {
    case .event(let event), .observed(let event): event.channel
    case .found: "sentinel found"
    case .lost: "sentinel lost"
    case .back: "sentinel back"
    case .gap: "gap"
    case .deaf: "no events"
    case .unreadable: "unreadable"
    case .outcome(let outcome): "you: \(outcome.command.publicWords.dropFirst().first ?? "")"
    case .note: "note"
    }
  }

  package var severity: Severity {
    switch fact {
    case .event(let event), .observed(let event): EventText.severity(of: event)
    case .found: .info
    case .lost, .gap, .deaf, .unreadable: .warning
    case .back: .notice
    case .outcome(let outcome): outcome.isAccepted ? .notice : .warning
    case .note(_, let severity): severity
    }
  }

  /// The fact in words, with the Sentinels' short names.
  package func words(in topology: Topology) -> String {
    switch fact {
    case .event(let event): EventText.words(for: event) { topology.label(id: $0) }
    case .observed(let event):
      "seen by polling: \(EventText.words(for: event) { topology.label(id: $0) })"
    case .found(let version): version.map { "answers, version \($0)" } ?? "answers"
    case .lost(let reason): reason
    case .back(let time): "answers again after \(time.inSeconds)"
    case .gap(let time): "listener was off for \(time.inSeconds): events may be missing"
    case .deaf(let reason): "polling only: \(reason)"
    case .unreadable(let what): what
    case .outcome(let outcome):
      outcome.answers.isEmpty
        ? "nobody was asked"
        : Self.words(for: outcome.answers, in: topology)
    case .note(let words, _): words
    }
  }
}

extension LogEntry {
  /// What each answered; the same of several stands once.
  private static func words(for answers: [Outcome.Answer], in topology: Topology) -> String {
    var groups: [(labels: [String], text: String)] = []
    for answer in answers {
      let label = topology.label(of: answer.sentinel)
      if let index = groups.firstIndex(where: { $0.text == answer.verdict.text }) {
        groups[index].labels.append(label)
      } else {
        groups.append(([label], answer.verdict.text))
      }
    }
    return groups.map { "\($0.labels.joined(separator: " ")): \($0.text)" }.joined(separator: "; ")
  }
}

extension Duration {
  /// The time in seconds with one digit behind the point, or two below ten seconds.
  package var inSeconds: String {
    let hundredths = (inMicroseconds + 5_000) / 10_000
    let whole = hundredths / 100
    if whole >= 10 { return "\(whole).\(hundredths % 100 / 10) s" }
    let rest = hundredths % 100
    return "\(whole).\(rest < 10 ? "0" : "")\(rest) s"
  }
}
