import Canvas

/// Rows under titles, each column as wide as its widest cell.
struct TableOutput {
  private var rows: [[String]]

  init(_ titles: [String]) {
    rows = [titles]
  }

  mutating func add(_ cells: [String]) {
    rows.append(cells.map(\.printable))
  }

  /// The lines, without spaces at their ends.
  var lines: [String] {
    let widths = rows[0].indices.map { column in
      rows.map { Glyph.columns(of: $0[column]) }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (cell, width) in zip(row, widths) {
        line += cell + String(repeating: " ", count: width - Glyph.columns(of: cell) + 2)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
