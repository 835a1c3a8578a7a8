internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// The numbers of the lines of the log that are shown, the oldest first.
///
/// Without a filter that is all of them. With one it grows with the log: lines that are settled aren't
/// looked at again.
package struct EventRows: Hashable, Sendable {
  /// Nil where all are shown.
  private var chosen: [Int]?
  private var range = 0..<0
  /// What was asked for when they were chosen.
  private var view = ListView()

  /// The newest lines may still get another voice.
  private static let unsettled = 200

  package init() {}

  package var count: Int { chosen?.count ?? range.count }
  package var isEmpty: Bool { count == 0 }
  /// The number of the row at a place from 0 up.
  package subscript(place: Int) -> Int { chosen?[place] ?? range.lowerBound + place }
  package var last: Int? { isEmpty ? nil : self[count - 1] }

  /// The place of the first row with that number or a greater one.
  package func place(of number: Int) -> Int {
    guard let chosen else { return min(max(0, number - range.lowerBound), range.count) }
    var (low, high) = (0, chosen.count)
    while low < high {
      let middle = (low + high) / 2
      if chosen[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Follows the log up to a line.
  mutating func follow(
    _ log: EventLog, before end: Int, _ view: ListView, _ columns: [Column<LogEntry>]
  ) {
    let entries = log.entries
    let now = entries.dropped..<max(entries.dropped, min(end, entries.next))
    defer { (range, self.view) = (now, view) }
    guard view.isPartial else {
      chosen = nil
      return
    }
    var kept: [Int] = []
    var start = now.lowerBound
    let isSame =
      view.filter == self.view.filter && view.onlyProblems == self.view.onlyProblems
      && now.upperBound >= range.upperBound
    if isSame, let chosen {
      start = max(now.lowerBound, range.upperBound - Self.unsettled)
      kept = chosen.filter { $0 >= now.lowerBound && $0 < start }
    }
    let filter = view.filter.map { RowFilter($0, columns) }
    for number in start..<max(start, now.upperBound) {
      guard let entry = entries[number: number] else { continue }
      if view.onlyProblems, entry.severity < .warning { continue }
      if filter?.matches(entry) ?? true { kept.append(number) }
    }
    chosen = kept
  }
}
