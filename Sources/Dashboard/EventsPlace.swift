/// Which part of the event log is looked at, by the entries' numbers, which stay while the log moves and
/// while other rows are filtered in and out.
package struct EventsPlace: Hashable, Sendable {
  /// The entry under the cursor and the lowest one in view; nil while the newest is followed.
  private var held: Held?

  private struct Held: Hashable {
    var selected: Int
    var bottom: Int
  }

  package init() {}

  package var isFollowing: Bool { held == nil }

  /// The place of the row under the cursor, if one is.
  package func selected(of rows: EventRows) -> Int? {
    guard let held, !rows.isEmpty else { return nil }
    return min(rows.place(of: held.selected), rows.count - 1)
  }

  /// The rows in view, in so much room.
  package func visible(of rows: EventRows, in room: Int) -> Range<Int> {
    guard !rows.isEmpty, room > 0 else { return 0..<0 }
    let bottom = bottom(of: rows, in: room)
    return max(0, bottom - room + 1)..<(bottom + 1)
  }

  private func bottom(of rows: EventRows, in room: Int) -> Int {
    let last = rows.count - 1
    guard let held else { return last }
    // What was looked at may have been dropped since: the oldest stay in view.
    let least = min(last, room - 1)
    return min(max(rows.place(of: held.bottom), least), last)
  }

  /// Moves the cursor by that many lines. Beyond the newest it follows again.
  package mutating func move(by lines: Int, of rows: EventRows, in room: Int) {
    guard !rows.isEmpty else { return }
    let (moved, overflow) = (selected(of: rows) ?? rows.count - 1)
      .addingReportingOverflow(lines)
    if overflow && lines > 0 || moved >= rows.count - 1 {
      held = nil
      return
    }
    select(overflow ? 0 : max(0, moved), of: rows, in: room)
  }

  /// Puts the cursor on a row.
  package mutating func select(_ place: Int, of rows: EventRows, in room: Int) {
    guard place >= 0, place < rows.count else { return }
    let bottom = bottom(of: rows, in: room)
    let top = bottom - max(1, room) + 1
    let shift = place < top ? place - top : max(0, place - bottom)
    held = Held(
      selected: rows[place], bottom: rows[min(max(0, bottom + shift), rows.count - 1)])
  }

  package mutating func follow() { held = nil }
}
