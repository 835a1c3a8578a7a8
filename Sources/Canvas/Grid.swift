/// A screen as a value: what stands in each cell. `put` is the one door through which text reaches
/// it, and `Glyphs` stands in that door: no name, however hostile, gets a control character in.
///
/// No write ever traps or leaves its clip, and a wide glyph is never cut in half: where only one of
/// its cells would be left, a space stands instead.
package struct Grid: Equatable, Sendable {
  package let size: Size
  package let symbols: Symbols
  /// Where the terminal's cursor is shown, if it is.
  package var cursor: Position?
  private var cells: [Cell]

  package init(_ size: Size, symbols: Symbols = .unicode) {
    self.size = size
    self.symbols = symbols
    cells = [Cell](repeating: Cell(), count: size.columns * size.rows)
  }

  package var bounds: Rect { Rect(size) }

  /// The cell there; a blank one outside of the grid.
  package subscript(position: Position) -> Cell {
    bounds.contains(position) ? cells[index(position)] : Cell()
  }

  /// The cells of one row, from left to right; none where there is no such row.
  package func cells(inRow row: Int) -> ArraySlice<Cell> {
    guard (0..<size.rows).contains(row) else { return [] }
    return cells[row * size.columns..<(row + 1) * size.columns]
  }

  /// Whether a row looks the same in two grids.
  package func isSame(_ other: Grid, inRow row: Int) -> Bool {
    cells(inRow: row) == other.cells(inRow: row)
  }

  /// Writes a text on one line, clipped to a rect, and returns the column behind it. The ground of
  /// the cells stays as it is.
  @discardableResult
  package mutating func put(
    _ text: String, at position: Position, role: Role = .text, in clip: Rect? = nil
  ) -> Int {
    put(text, at: position, role: role, isChanged: false, in: clip)
  }

  /// Puts one glyph there, where it is whole on the grid. The ground stays as it is.
  mutating func put(_ glyph: Glyph, at position: Position, role: Role) {
    let shown = symbols.shown(glyph)
    guard shown.columns > 0, (0..<size.rows).contains(position.row), position.column >= 0,
      position.column + shown.columns <= size.columns
    else { return }
    set(shown, role, false, position.column, position.row)
  }

  @discardableResult
  package mutating func put(_ text: Text, at position: Position, in clip: Rect? = nil) -> Int {
    var position = position
    for run in text.runs {
      position.column = put(
        run.text, at: position, role: run.role, isChanged: run.isChanged, in: clip)
    }
    return position.column
  }

  /// Writes a text on the first line of a rect, aligned in it, with an ellipsis where it is cut.
  package mutating func put(_ text: Text, in rect: Rect, _ alignment: Alignment = .left) {
    guard !rect.isEmpty else { return }
    let fitted = text.truncated(to: rect.columns)
    let spare = alignment == .left ? 0 : max(0, rect.columns - fitted.columns)
    let left = rect.left + (alignment == .center ? spare / 2 : spare)
    put(fitted, at: Position(column: left, row: rect.top), in: rect)
  }

  /// Blanks a rect and lays it on a ground.
  package mutating func fill(_ rect: Rect, on ground: Role? = nil, role: Role = .text) {
    fill(rect, with: " ", role: role)
    tint(rect, on: ground)
  }

  /// Repeats the first glyph of a text, if it is one column wide, all over a rect.
  package mutating func fill(_ rect: Rect, with text: String, role: Role) {
    guard let glyph = Glyphs(text).first(where: { _ in true }), glyph.columns == 1 else { return }
    let shown = symbols.shown(glyph)
    let area = rect.intersection(bounds)
    for row in area.top..<area.bottom {
      for column in area.left..<area.right { set(shown, role, false, column, row) }
    }
  }

  /// Changes the ground under a rect and leaves its text as it is.
  package mutating func tint(_ rect: Rect, on ground: Role?) {
    let area = rect.intersection(bounds)
    for row in area.top..<area.bottom {
      for column in area.left..<area.right {
        cells[row * size.columns + column].style.ground = ground
      }
    }
  }

  private func index(_ position: Position) -> Int { position.row * size.columns + position.column }

  private mutating func put(
    _ text: String, at position: Position, role: Role, isChanged: Bool, in clip: Rect?
  ) -> Int {
    let area = clip.map(bounds.intersection) ?? bounds
    guard (area.top..<area.bottom).contains(position.row), position.column < area.right else {
      return position.column
    }
    var column = position.column
    for glyph in Glyphs(text) {
      guard column < area.right else { break }
      let shown = symbols.shown(glyph)
      let isWhole = column >= area.left && column + glyph.columns <= area.right
      if isWhole, shown.columns == 2 {
        set(shown, role, isChanged, column, position.row)
      } else {
        for cell in max(column, area.left)..<max(area.left, min(column + glyph.columns, area.right))
        {
          set(isWhole ? shown : .space, role, isChanged, cell, position.row)
        }
      }
      column += glyph.columns
    }
    return column
  }

  /// Puts a whole glyph there, and blanks the other half of whatever wide glyph it breaks.
  private mutating func set(
    _ glyph: Glyph, _ role: Role, _ isChanged: Bool, _ column: Int, _ row: Int
  ) {
    let start = row * size.columns
    let last = column + glyph.columns - 1
    if cells[start + column].glyph == .second { cells[start + column - 1].glyph = .space }
    if last + 1 < size.columns, cells[start + last + 1].glyph == .second {
      cells[start + last + 1].glyph = .space
    }
    for column in column...last {
      cells[start + column].style.role = role
      cells[start + column].style.isChanged = isChanged
      cells[start + column].glyph = .second
    }
    cells[start + column].glyph = glyph
  }
}
