package import SentinelModel

/// Something that a rule of the doctor has found: what, on which evidence, and what to do.
package struct Finding: Hashable, Sendable {
  /// The rule's id: `D1`.
  package var rule: String
  package var severity: Severity
  package var standing: Standing
  package var subject: Subject
  /// What is the matter, in one line.
  package var title: String
  package var evidence: [Evidence]
  package var advice: String
  /// A command that would help, fit to be copied.
  package var command: String?
  /// Since when it is so, as far as is known.
  package var since: Timestamp
  /// Who asked not to be told, and why.
  package var mute: Mute?

  package init(
    rule: String, severity: Severity, standing: Standing, subject: Subject, title: String,
    evidence: [Evidence], advice: String, command: String? = nil, since: Timestamp,
    mute: Mute? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.standing = standing
    self.subject = subject
    self.title = title
    self.evidence = evidence
    self.advice = advice
    self.command = command
    self.since = since
    self.mute = mute
  }

  /// How sure the doctor is.
  package enum Standing: Hashable, Sendable {
    /// It is so.
    case present
    /// It is so, but a failover runs: it may be on its way to be right.
    case settling
    /// Nobody knows: data or a permission is missing.
    case unknown
  }

  /// What a finding is about: a service, a node or a Sentinel of it, or one for itself.
  package struct Subject: Hashable, Sendable, Comparable {
    package var service: ServiceName?
    package var node: NodeAddress?

    package init(service: ServiceName? = nil, node: NodeAddress? = nil) {
      self.service = service
      self.node = node
    }

    package static func < (left: Subject, right: Subject) -> Bool {
      if left.service != right.service { return left.service.isBefore(right.service) }
      return left.node.isBefore(right.node)
    }
  }

  /// What counts towards the verdict on the whole: neither muted, nor on its way to be right.
  package var counts: Bool { mute == nil && standing != .settling }

  /// The finding's subject in words, with the Sentinels' short names.
  package func subjectWords(in topology: Topology) -> String {
    let words = [
      subject.service?.rawValue,
      subject.node.map { node in
        topology[node] == nil ? "\(node)" : "\(topology.label(of: node)) \(node)"
      },
    ].compactMap { $0 }
    return words.isEmpty ? "deployment" : words.joined(separator: " ")
  }
}

/// One thing that was seen: by whom, which field, its value, and what it should have been.
package struct Evidence: Hashable, Sendable {
  /// Who told it: a Sentinel, a node, or nobody but the program itself.
  package var source: NodeAddress?
  /// Whose field it is, where that isn't the source itself.
  package var node: NodeAddress?
  /// The field's name, as the server spells it.
  package var field: String
  package var value: String
  /// What would have been in order.
  package var limit: String?
  /// When it was told.
  package var at: Timestamp
  /// Since when it has been so, where that is told.
  package var since: Timestamp?

  package init(
    _ field: String, _ value: String, limit: String? = nil, of node: NodeAddress? = nil,
    from source: NodeAddress?, at: Timestamp, since: Timestamp? = nil
  ) {
    self.source = source
    self.node = node
    self.field = field
    self.value = value
    self.limit = limit
    self.at = at
    self.since = since
  }

  /// The evidence in one line: `s1: 10.0.0.1:6379 quorum 1, limit at least 2`.
  package func words(in topology: Topology) -> String {
    var text = source.map { "\(topology.label(of: $0)): " } ?? ""
    if let node, node != source { text += "\(node) " }
    text += "\(field) \(value)"
    if let limit { text += ", should be \(limit)" }
    return text
  }
}

/// Findings that somebody knows of and doesn't want to be told until then.
package struct Mute: Hashable, Sendable {
  /// The rule's id.
  package var rule: String
  /// Only findings about that; everything where it is nil.
  package var subject: Finding.Subject?
  package var reason: String
  /// When it is told again; never, where it is nil.
  package var until: Timestamp?

  package init(
    _ rule: String, about subject: Finding.Subject? = nil, reason: String, until: Timestamp? = nil
  ) {
    self.rule = rule
    self.subject = subject
    self.reason = reason
    self.until = until
  }

  /// Whether it silences a finding at that moment.
  package func covers(_ rule: String, _ subject: Finding.Subject, at now: Timestamp) -> Bool {
    guard rule == self.rule, until.map({ now < $0 }) ?? true else { return false }
    return self.subject == nil || self.subject == subject
  }
}

extension Optional where Wrapped: Comparable {
  fileprivate func isBefore(_ other: Wrapped?) -> Bool {
    switch (self, other) {
    case (nil, .some): true
    case (let left?, let right?): left < right
    default: false
    }
  }
}
