/// Where a table stands: which columns fit, how wide they are, which rows are in view. It answers
/// what lies under the mouse.
package struct TableLayout: Hashable, Sendable {
  /// A column's place: its number in the table, where it begins, how wide it is.
  package struct Slot: Hashable, Sendable {
    package let column: Int
    package let left: Int
    package let width: Int
  }

  package let slots: [Slot]
  /// The line of titles; `nil` where there is no room for it.
  package let header: Rect?
  package let body: Rect
  /// The rows in view.
  package let visible: Range<Int>

  /// The row drawn at that place.
  package func row(at position: Position) -> Int? {
    guard body.contains(position) else { return nil }
    let row = visible.lowerBound + position.row - body.top
    return visible.contains(row) ? row : nil
  }

  /// The column whose title is drawn at that place, or just left of it.
  package func column(atHeader position: Position) -> Int? {
    guard let header, header.contains(position) else { return nil }
    return slots.last { $0.left <= position.column }?.column
  }
}
