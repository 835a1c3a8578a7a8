internal import SentinelInsight
internal import SentinelModel

/// The recorded past of this run, and the moment of it that is shown.
///
/// The older a moment is the fewer there are beside it, so that seconds can be told apart a minute ago and
/// minutes an hour ago, in bounded room; moments at which something was announced stay longer.
package struct Playback: Sendable {
  /// All that was known then. The log isn't kept again: the one of now holds its beginning.
  struct Moment: Sendable {
    var at: Timestamp
    var snapshot: Snapshot
    /// The number that the next line of the log was going to get.
    var nextEvent: Int
    /// Whether something was announced since the moment before.
    var isNotable: Bool
  }

  private var moments: [Moment] = []
  /// When the moment that is shown was; nil while it is now.
  private var shownAt: Timestamp?

  /// How much is kept: rows of masters, of all moments together.
  private static let rowLimit = 16_000
  private static let momentLimits = 12...360
  /// How far apart moments are: when nothing happens, while a failover runs, when something is announced.
  private static let pauses = (calm: 1_000, incident: 200, event: 50)

  package init() {}

  package var isLive: Bool { shownAt == nil }
  var canStepBack: Bool {
    guard let first = moments.first else { return false }
    return shownAt.map { first.at < $0 } ?? true
  }

  /// The moment that is shown; nil while it is now.
  var shown: Moment? { shownAt.flatMap { at in moments.last { $0.at <= at } } }

  /// How many moments there are, and which one of them is shown.
  var place: (number: Int, of: Int) {
    (shownAt.map { at in moments.count { $0.at <= at } } ?? moments.count, moments.count)
  }

  /// Keeps what is known now, if enough is new.
  mutating func record(_ snapshot: Snapshot, at now: Timestamp, isForced: Bool = false) {
    let nextEvent = snapshot.log.entries.next
    if let last = moments.last, !isForced {
      let isAnnounced = nextEvent != last.nextEvent
      let hasIncident = snapshot.incidents.last?.isOpen == true
      let pause =
        isAnnounced
        ? Self.pauses.event : hasIncident ? Self.pauses.incident : Self.pauses.calm
      guard now.duration(since: last.at) >= .milliseconds(pause) else { return }
    }
    guard moments.last.map({ $0.at < now }) ?? true else { return }
    var kept = snapshot
    kept.log = EventLog(capacity: 1)
    moments.append(
      Moment(
        at: now, snapshot: kept, nextEvent: nextEvent,
        isNotable: moments.last.map { $0.nextEvent != nextEvent } ?? true))
    let rows = max(1, snapshot.topology.vantages.reduce(0) { $0 + $1.services.count })
    let limits = Self.momentLimits
    let limit = min(max(Self.rowLimit / rows, limits.lowerBound), limits.upperBound)
    while moments.count > limit { thin(at: now) }
  }

  /// Leaves out the moment that is missed least: near to its neighbours, and long ago.
  private mutating func thin(at now: Timestamp) {
    func worth(_ index: Int) -> Double {
      let gap = moments[index + 1].at.duration(since: moments[index - 1].at).inMicroseconds
      let age = now.duration(since: moments[index].at).inMicroseconds
      return Double(gap) / Double(age + 1_000_000) * (moments[index].isNotable ? 8 : 1)
    }
    let inner = moments.indices.dropFirst().dropLast().filter { moments[$0].at != shownAt }
    guard let least = inner.min(by: { worth($0) < worth($1) }) else {
      moments.removeFirst()
      return
    }
    moments.remove(at: least)
  }

  /// Shows the last moment for good.
  mutating func freeze() { shownAt = moments.last?.at }
  mutating func goLive() { shownAt = nil }

  mutating func stepBack() {
    let end = shownAt ?? moments.last?.at
    guard let end, let before = moments.last(where: { $0.at < end }) else { return }
    shownAt = before.at
  }

  /// Beyond the last moment it is now.
  mutating func stepForward() {
    guard let shownAt else { return }
    self.shownAt = moments.first { $0.at > shownAt }?.at
  }
}
