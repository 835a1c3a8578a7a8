extension Grid {
  /// The grid as lines of plain text, without the spaces at their ends: what goldens hold.
  package var text: String {
    (0..<size.rows).map { text(row: $0) }.joined(separator: "\n")
  }

  package func text(row: Int) -> String {
    var line = cells(inRow: row).reduce(into: "") { $0 += $1.glyph.text }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// The styles of one row, each with the text it is given to. Blank runs are left out if they lie
  /// on no ground.
  package func runs(row: Int) -> [(text: String, style: Style)] {
    var runs: [(text: String, style: Style)] = []
    for cell in cells(inRow: row) {
      if let last = runs.last, last.style == cell.style {
        runs[runs.count - 1].text += cell.glyph.text
      } else {
        runs.append((cell.glyph.text, cell.style))
      }
    }
    return runs.filter { $0.style.ground != nil || $0.text.contains { $0 != " " } }
  }

  /// The role of each cell of a row where that text stands first; empty if it stands nowhere. So a
  /// test can ask for what it sees: `grid.style(of: "odown")`.
  package func style(of text: String) -> Style? {
    let wanted = Glyphs(text).map(\.text)
    guard !wanted.isEmpty else { return nil }
    for row in 0..<size.rows {
      let cells = cells(inRow: row).filter { $0.glyph != .second }
      guard cells.count >= wanted.count else { continue }
      for start in 0...cells.count - wanted.count {
        let found = cells[start..<start + wanted.count]
        if found.map(\.glyph.text) == wanted { return found.first?.style }
      }
    }
    return nil
  }
}
