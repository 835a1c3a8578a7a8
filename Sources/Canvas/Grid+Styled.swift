/// A stretch of a row that looks the same: what an export writes at once.
struct StyledRun {
  var text: String
  var look: Look
  /// Where it begins, and how many columns it takes.
  var column: Int
  var columns: Int

  var isBlank: Bool { text.allSatisfy { $0 == " " } }
}

extension Grid {
  /// A row as a terminal with that theme would show it. With `separatesUnusual`, each glyph that not
  /// every font has in the width of a column is a run of its own.
  func styledRuns(
    row: Int, _ theme: Theme, _ depth: ColorDepth, separatesUnusual: Bool = false
  ) -> [StyledRun] {
    var runs: [StyledRun] = []
    var last: (style: Style, isUsual: Bool)?
    for (column, cell) in cells(inRow: row).enumerated() where cell.glyph != .second {
      let isUsual =
        !separatesUnusual || cell.glyph.columns == 1 && cell.glyph.text.utf8.count == 1
      if let last, last.style == cell.style, last.isUsual, isUsual {
        runs[runs.count - 1].text += cell.glyph.text
        runs[runs.count - 1].columns += cell.glyph.columns
      } else {
        runs.append(
          StyledRun(
            text: cell.glyph.text, look: theme.look(for: cell.style, depth, indexed: 256),
            column: column, columns: cell.glyph.columns))
      }
      last = (cell.style, isUsual)
    }
    return runs
  }
}
