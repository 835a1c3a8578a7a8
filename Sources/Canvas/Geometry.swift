/// A cell's place: columns and rows right of and below the top left one, which is 0, 0.
package struct Position: Hashable, Sendable {
  package var column: Int
  package var row: Int

  package init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }

  package static let origin = Position(column: 0, row: 0)
}

/// How many columns and rows there are; never negative, and never more than any terminal has.
package struct Size: Hashable, Sendable {
  package static let limit = 2_000

  package let columns: Int
  package let rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = min(max(0, columns), Size.limit)
    self.rows = min(max(0, rows), Size.limit)
  }
}

/// A part of the screen. It may be empty; its size is never negative.
package struct Rect: Hashable, Sendable {
  package let left: Int
  package let top: Int
  package let size: Size

  package init(left: Int, top: Int, columns: Int, rows: Int) {
    self.left = left
    self.top = top
    size = Size(columns: columns, rows: rows)
  }

  package init(_ size: Size) {
    self.init(left: 0, top: 0, columns: size.columns, rows: size.rows)
  }

  package var columns: Int { size.columns }
  package var rows: Int { size.rows }
  /// The first column to the right of it.
  package var right: Int { left + columns }
  /// The first row below it.
  package var bottom: Int { top + rows }
  package var isEmpty: Bool { columns == 0 || rows == 0 }
  package var topLeft: Position { Position(column: left, row: top) }

  package func contains(_ position: Position) -> Bool {
    (left..<right).contains(position.column) && (top..<bottom).contains(position.row)
  }

  package func intersection(_ other: Rect) -> Rect {
    let left = max(left, other.left)
    let top = max(top, other.top)
    return Rect(
      left: left, top: top,
      columns: min(right, other.right) - left, rows: min(bottom, other.bottom) - top)
  }

  /// What is left after taking that much from its edges; empty where they meet.
  package func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
    Rect(
      left: self.left + left, top: self.top + top,
      columns: columns - left - right, rows: rows - top - bottom)
  }

  package func inset(by margin: Int) -> Rect {
    inset(left: margin, top: margin, right: margin, bottom: margin)
  }

  /// One row of it, counted from its top; empty where it has no such row.
  package func row(_ index: Int) -> Rect {
    let exists = (0..<rows).contains(index)
    return Rect(left: left, top: top + index, columns: columns, rows: exists ? 1 : 0)
  }

  /// A rect of that size in the middle of this one, cut down where it would not fit.
  package func centered(_ wanted: Size) -> Rect {
    let columns = min(wanted.columns, self.columns)
    let rows = min(wanted.rows, self.rows)
    return Rect(
      left: left + (self.columns - columns) / 2, top: top + (self.rows - rows) / 2,
      columns: columns, rows: rows)
  }
}
