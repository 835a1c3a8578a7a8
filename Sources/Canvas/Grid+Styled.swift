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
  /// A row as a terminal with that theme would show it. With `separatesUnusual`, each glyph that a
  /// font may have in another width than its neighbours is a run of its own.
  func styledRuns(
    row: Int, _ theme: Theme, _ depth: ColorDepth, separatesUnusual: Bool = false
  ) -> [StyledRun] {
    var runs: [StyledRun] = []
    var last: (style: Style, family: Glyph.Family?)?
    for (column, cell) in cells(inRow: row).enumerated() where cell.glyph != .second {
      let family = separatesUnusual ? cell.glyph.family : .letters
      if let last, last.style == cell.style, family != nil, last.family == family {
        runs[runs.count - 1].text += cell.glyph.text
        runs[runs.count - 1].columns += cell.glyph.columns
      } else {
        runs.append(
          StyledRun(
            text: cell.glyph.text, look: theme.look(for: cell.style, depth, indexed: 256),
            column: column, columns: cell.glyph.columns))
      }
      last = (cell.style, family)
    }
    return runs
  }
}

extension Glyph {
  /// Glyphs that a font has all in one width.
  fileprivate enum Family {
    case letters, lines, braille
  }

  fileprivate var family: Family? {
    guard columns == 1, !hasMarks else { return nil }
    return switch base.value {
    case 0x20..<0x7F: .letters
    case 0x2500...0x259F: .lines
    case 0x2800...0x28FF: .braille
    default: nil
    }
  }
}
