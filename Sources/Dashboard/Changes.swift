package import SentinelModel

/// Which cells say something else than before, and since when. Only what is in view is remembered.
package struct Changes: Hashable, Sendable {
  /// A cell, by what it belongs to and not by its place.
  package struct Cell: Hashable, Sendable {
    package var pane: Pane
    package var service: ServiceName?
    package var row: String
    package var column: String
  }

  /// How long a change stays marked.
  package static let stay = Duration.seconds(3)

  private var texts: [Cell: String] = [:]
  private var changedAt: [Cell: Timestamp] = [:]

  package init() {}

  /// Takes what the cells in view say now. What wasn't in view before is no change.
  mutating func note(_ cells: [(Cell, String)], at moment: Timestamp) {
    var texts: [Cell: String] = [:]
    texts.reserveCapacity(cells.count)
    for (cell, text) in cells {
      texts[cell] = text
      if let old = self.texts[cell], old != text { changedAt[cell] = moment }
    }
    self.texts = texts
    changedAt = changedAt.filter { moment.duration(since: $0.value) < Self.stay }
  }

  /// Whether nothing is marked.
  var isEmpty: Bool { changedAt.isEmpty }

  package func isMarked(_ cell: Cell, at moment: Timestamp) -> Bool {
    guard let changed = changedAt[cell] else { return false }
    return moment.duration(since: changed) < Self.stay
  }
}
