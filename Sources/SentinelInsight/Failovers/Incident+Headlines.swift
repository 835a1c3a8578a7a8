package import SentinelModel

extension Incident {
  /// Who answers, monitors the service, and hasn't moved to the new master.
  package var notYetSwitched: [NodeAddress] {
    participants.filter { switches[$0] == nil && lost[$0] == nil }.sorted()
  }

  /// When the last of the Sentinels that answer had moved to the new master; nil until then.
  package var agreedAt: Timestamp? {
    guard newMaster != nil, notYetSwitched.isEmpty else { return nil }
    return switches.last
  }

  /// How long it took from the first sign until all Sentinels agreed.
  package var untilAgreed: Duration? { agreedAt?.duration(since: startedAt) }

  /// When there was first a new master that a client could be told of.
  package var promotedAt: Timestamp? {
    guard newMaster != nil else { return nil }
    let promoted = decisive.flatMap { $0.hasSucceeded ? $0.reached[.promoted]?.first : nil }
    return [promoted?.sighting.at, switches.first?.sighting.at].compactMap(\.self).min()
  }

  /// When the old master was known to be a replica.
  package var demotedAt: Timestamp? { demotions.first?.sighting.at }

  /// When the master was lost, as far as can be told: it had answered nothing good for the time after
  /// which it counts as down, or had said that it was no master. Nil where it was never down, as in a failover that somebody asked for.
  package var lostAt: Timestamp? {
    guard cause == .automatic || cause == nil,
      let first = sDowns.values.compactMap(\.first?.start.at).min()
    else { return nil }
    let silent = first.advanced(by: .zero - (downAfter ?? .zero))
    return min(silent, strayedAt ?? silent)
  }

  /// When the old master was back; nil where it never was away, or hasn't come back.
  package var recoveredAt: Timestamp? {
    guard newMaster == nil, !sDowns.isEmpty else { return nil }
    var ends: [Timestamp] = []
    for (source, spans) in sDowns {
      guard let last = spans.last else { continue }
      if let end = last.end {
        ends.append(end.at)
      } else if lost[source] == nil {
        return nil
      }
    }
    // Who was lost can't say that it is over.
    return ends.min()
  }

  /// How long there was no writable master that a client could be told of, until now where there is
  /// none yet. Zero in a failover that somebody asked for: there the old one went on. Nil where
  /// nobody watched.
  package func withoutMaster(at now: Timestamp) -> Duration? {
    guard stage != .unwatched else { return nil }
    if cause == .manual { return .zero }
    // In concert with the master, writes are held back for a moment that nobody announces.
    // What only some hold down may be fine.
    guard cause != .coordinated, let lostAt, !oDowns.isEmpty || newMaster != nil else {
      return nil
    }
    let end = promotedAt ?? recoveredAt ?? (isOpen ? now : nil)
    return end.map { max(.zero, $0.duration(since: lostAt)) }
  }

  /// Whether there is no writable master at this moment.
  package var isWithoutMaster: Bool {
    isOpen && newMaster == nil && lostAt != nil && recoveredAt == nil && cause != .manual
      && !oDowns.isEmpty
  }

  /// How long there were two masters, until now where there still are: what was written to the old
  /// one meanwhile is lost. Nil where the old one was down, or came back as a replica.
  package func twoMasters(at now: Timestamp) -> Duration? {
    guard let promotedAt, stage != .unwatched else { return nil }
    // One that somebody replaced went on all the time; one that was down comes back as it was.
    guard let start = cause == .manual ? promotedAt : returnedAt,
      let end = demotedAt ?? (isOpen && missing[oldMaster] != .down ? now : nil)
    else { return nil }
    return max(.zero, end.duration(since: start))
  }

  /// Whether there are two masters at this moment.
  package var hasTwoMasters: Bool {
    isOpen && demotedAt == nil && twoMasters(at: openedAt) != nil
  }

  /// When it was over for those who use the service: the master's address is settled.
  package var settledAt: Timestamp? {
    newMaster == nil ? (isOpen ? nil : recoveredAt ?? closedAt) : agreedAt
  }
}
