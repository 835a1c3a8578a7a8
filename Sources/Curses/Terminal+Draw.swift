internal import CNcurses
package import Canvas

extension Terminal {
  /// Shows a grid. What is the same as before is not written again; what is larger than the screen
  /// is cut off.
  package func draw(_ grid: Grid) {
    guard isOpen else { return }
    let known = drawn?.size == grid.size ? drawn : nil
    if known == nil { curses_erase() }
    var count = 0
    for row in 0..<min(size.rows, grid.size.rows) {
      if let known, known.isSame(grid, inRow: row) { continue }
      draw(grid.cells(inRow: row).prefix(size.columns), row: row)
      count += 1
    }
    let isSame = count == 0 && known != nil && drawn?.cursor == grid.cursor
    drawn = grid
    guard !isSame else { return }
    // One line is shown at once anyway.
    update(cursor: grid.cursor, asFrame: count > 1)
  }

  /// Writes everything anew, as after something else wrote on the screen.
  package func redraw() {
    guard isOpen else { return }
    curses_repaint()
    update(cursor: drawn?.cursor)
  }

  /// Shows everything in another theme from now on. The screen keeps the old one until it is drawn.
  package func use(_ theme: Theme) {
    palette = Palette(theme: theme, depth: depth, indexed: palette.indexed)
    drawn = nil
  }

  private func draw(_ cells: ArraySlice<Cell>, row: Int) {
    var rest = cells
    while let first = rest.first {
      let (ink, end) = run(rest, first)
      var text: [wchar_t] = []
      for cell in rest[..<end] { append(cell.glyph, to: &text) }
      let column = rest.startIndex - cells.startIndex
      curses_write(
        Int32(row), Int32(column), ink.attributes, ink.pair, text, Int32(text.count))
      rest = rest[end...]
    }
  }

  /// The ink of the cells that can be drawn at once, and where they end. Spaces go along with what is
  /// written beside them where they look the same: changing the ink costs more than they do.
  private func run(_ cells: ArraySlice<Cell>, _ first: Cell) -> (ink: Palette.Ink, end: Int) {
    var style = first.style
    var ink = palette.ink(for: style)
    var isBlank = true
    for (index, cell) in zip(cells.indices, cells) {
      // A wide glyph is drawn as one, even where a ground ends in its middle.
      if cell.glyph == .second { continue }
      if cell.style != style {
        let other = palette.ink(for: cell.style)
        guard other.ground == ink.ground, isBlank || cell.glyph == .space else {
          return (ink, index)
        }
        if cell.glyph != .space { (style, ink) = (cell.style, other) }
      }
      if cell.glyph != .space { isBlank = false }
    }
    return (ink, cells.endIndex)
  }

  /// Adds the glyph as ncurses is to get it. The C library decides how wide a character is, since
  /// ncurses asks it: one of which it thinks otherwise would shift the rest of the line.
  private func append(_ glyph: Glyph, to text: inout [wchar_t]) {
    if glyph.base.isASCII, glyph.columns == 1, !glyph.hasMarks {
      return text.append(wchar_t(glyph.base.value))
    }
    let characters = glyph.scalars.map { wchar_t($0.value) }
    let width = characters.reduce(0) { $0 + Int(curses_width($1)) }
    if glyph.columns == 0 || isUTF8 && width == glyph.columns {
      text += characters
    } else {
      text += Array(repeating: isUTF8 ? 0xFFFD : 0x3F, count: glyph.columns)
    }
  }

  func update(cursor: Position?, asFrame: Bool = true) {
    if let cursor, cursor.row < size.rows, cursor.column < size.columns {
      curses_leave_cursor(false)
      curses_move(Int32(cursor.row), Int32(cursor.column))
      curs_set(1)
    } else {
      curses_leave_cursor(true)
      curs_set(0)
    }
    curses_stage()
    let isFrame = hasFrames && asFrame
    if isFrame { Sequences.write(ControlText.beginFrame) }
    doupdate()
    if isFrame { Sequences.write(ControlText.endFrame) }
  }
}
