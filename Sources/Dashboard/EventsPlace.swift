/// Which part of the event log is looked at, by the entries' numbers, which stay while the log moves.
package struct EventsPlace: Hashable, Sendable {
  /// The entry under the cursor and the lowest one in view; nil while the newest is followed.
  private var held: Held?

  private struct Held: Hashable {
    var selected: Int
    var bottom: Int
  }

  package init() {}

  package var isFollowing: Bool { held == nil }

  /// The entry under the cursor, if one is.
  package var selected: Int? { held?.selected }

  /// The lowest entry in view of a log with those numbers, in so much room.
  package func bottom(of numbers: Range<Int>, in room: Int) -> Int {
    let last = numbers.upperBound - 1
    guard let held else { return last }
    // What was looked at may have been dropped since: the oldest stay in view.
    let least = min(last, numbers.lowerBound + room - 1)
    return min(max(held.bottom, least), last)
  }

  /// Moves the cursor by that many lines. Beyond the newest it follows again.
  package mutating func move(by lines: Int, of numbers: Range<Int>, in room: Int) {
    guard !numbers.isEmpty else { return }
    let last = numbers.upperBound - 1
    let bottom = bottom(of: numbers, in: room)
    let (moved, overflow) = (held?.selected ?? last).addingReportingOverflow(lines)
    if overflow && lines > 0 || moved >= last {
      held = nil
      return
    }
    let selected = overflow ? numbers.lowerBound : max(numbers.lowerBound, moved)
    let top = bottom - max(1, room) + 1
    let shift = selected < top ? selected - top : max(0, selected - bottom)
    held = Held(selected: selected, bottom: bottom + shift)
  }

  package mutating func follow() { held = nil }
}
