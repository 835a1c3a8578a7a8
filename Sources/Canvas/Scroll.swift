/// Which part of a list is in view. It may be kept over changes of the list and of the room: every
/// question takes both and answers within them.
package struct Scroll: Hashable, Sendable {
  /// The first line wanted in view. More than there are means the end.
  package var top: Int

  package init(top: Int = 0) {
    self.top = top
  }

  /// Stays at the end as the list grows.
  package static let end = Scroll(top: .max)

  /// What is in view of that many lines in so much room. Room is not wasted while lines are left.
  package func visible(of count: Int, in room: Int) -> Range<Int> {
    guard count > 0, room > 0 else { return 0..<0 }
    let first = min(max(0, top), max(0, count - room))
    return first..<min(count, first + room)
  }

  /// Moved as little as needed to have a line in view.
  package func revealing(_ line: Int?, of count: Int, in room: Int) -> Scroll {
    let visible = visible(of: count, in: room)
    guard let line, (0..<count).contains(line), room > 0 else {
      return Scroll(top: visible.lowerBound)
    }
    if line < visible.lowerBound { return Scroll(top: line) }
    if line >= visible.upperBound { return Scroll(top: line - room + 1) }
    return Scroll(top: visible.lowerBound)
  }

  /// Moved by that many lines, and stopped at both ends.
  package func moved(by lines: Int, of count: Int, in room: Int) -> Scroll {
    let first = visible(of: count, in: room).lowerBound
    let (moved, overflow) = first.addingReportingOverflow(lines)
    let last = max(0, count - room)
    return Scroll(top: overflow ? (lines < 0 ? 0 : last) : min(max(0, moved), last))
  }

  /// A page keeps one line of the page before in view.
  package static func page(_ room: Int) -> Int { max(1, room - 1) }

  /// The part of a bar that long which stands for what is in view; `nil` where all of it is.
  package func thumb(of count: Int, in room: Int, length: Int) -> Range<Int>? {
    guard count > room, room > 0, length > 0 else { return nil }
    let visible = visible(of: count, in: room)
    let size = min(length, max(1, length * room / count))
    let first = (length - size) * visible.lowerBound / (count - room)
    return first..<first + size
  }

  /// Draws that part as `┃` down the first column of a rect, such as the right border of a frame.
  package func drawBar(into grid: inout Grid, in rect: Rect, of count: Int, room: Int) {
    guard let thumb = thumb(of: count, in: room, length: rect.rows) else { return }
    for row in thumb {
      grid.put("┃", at: Position(column: rect.left, row: rect.top + row), role: .dim, in: rect)
    }
  }
}
