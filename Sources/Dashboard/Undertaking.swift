package import SentinelInsight
package import SentinelModel

/// A change that was agreed to here: how it stands, and what leads back.
package struct Undertaking: Hashable, Sendable {
  package let request: Request
  package let facts: Preflight.Facts
  package internal(set) var progress: ChangeProgress

  package init(_ request: Request, _ preflight: Preflight, at now: Timestamp) {
    self.request = request
    facts = preflight.facts
    progress = ChangeProgress(preflight.command, preflight.facts, at: now)
  }

  /// The same once more, for those who haven't got it; nil where there is nothing to be tried.
  package var retry: Request? {
    guard progress.isFinal, !progress.isDone else { return nil }
    // A reset is no state that a Sentinel has or hasn't: it is asked for anew, after a look.
    if case .reset = request { return nil }
    return request
  }

  /// What leads back to what was before; nil where nothing does.
  package var wayBack: Request? {
    guard progress.isFinal, let service = request.service, !progress.accepted.isEmpty else {
      return nil
    }
    switch request {
    case .set, .restore:
      let accepted = Set(progress.accepted)
      // What Sentinels don't tell can't be put back.
      guard facts.replaced.allSatisfy({ $0.old != nil }) else { return nil }
      let old = facts.replaced.filter { accepted.contains($0.sentinel) }
      return .restore(
        service,
        Dictionary(grouping: old, by: \.sentinel).mapValues { changes in
          changes.map { .custom($0.option, $0.old ?? "") }
        })
    default: return nil
    }
  }
}
