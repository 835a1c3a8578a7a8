package import SentinelModel

/// The rhythm in which several watches ask: each tick is a whole number of paces from one moment,
/// so that what they learn comes together and makes one picture.
package struct Beat: Hashable, Sendable {
  private let start: Timestamp

  package init(from start: Timestamp) {
    self.start = start
  }

  /// How long to wait for the next tick: half a pace at least, so that who joins in between isn't
  /// asked twice in a row.
  package func pause(at now: Timestamp, pace: Duration) -> Duration {
    let pace = max(1, pace.inMicroseconds)
    let past = (now.microseconds - start.microseconds) % pace
    let left = pace - (past < 0 ? past + pace : past)
    return .microseconds(left * 2 < pace ? left + pace : left)
  }
}
