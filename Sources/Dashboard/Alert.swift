internal import SentinelInsight
internal import SentinelModel

/// Something that a person should be told of who isn't looking at the screen.
package struct Alert: Hashable, Sendable {
  package var rings: Bool
  /// What the desktop is told, if it is.
  package var notice: String?
}

extension State {
  /// Hands out what somebody should be told, once.
  package mutating func takeAlert() -> Alert? {
    defer { alert = nil }
    return alert
  }

  /// The worst of the new lines is told, if it is bad enough. What was there at the start isn't new.
  mutating func watchForAlerts(in log: EventLog) {
    guard settings.bell != nil || settings.notice != nil, let latest else { return }
    let old = max(latest.log.entries.next, log.entries.dropped)
    let fresh = (old..<max(old, log.entries.next)).compactMap { log.entries[number: $0] }
    guard let worst = fresh.max(by: { $0.severity < $1.severity }) else { return }
    let rings = settings.bell.map { worst.severity >= $0 } ?? false
    let isTold = settings.notice.map { worst.severity >= $0 } ?? false
    guard rings || isTold else { return }
    let words = [
      deployment, worst.service?.shown, worst.title, worst.words(in: topology),
    ].compactMap(\.self).joined(separator: " · ")
    alert = Alert(rings: rings, notice: isTold ? words : nil)
  }
}
