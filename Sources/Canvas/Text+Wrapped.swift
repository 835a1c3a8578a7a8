extension Text {
  /// The text on as many lines as it needs, broken at spaces, or inside of a word that is longer
  /// than a line. Never more than `limit` lines; what does not fit in them is cut with `…`.
  package func wrapped(to columns: Int, limit: Int = 200) -> [Text] {
    guard columns > 0, limit > 0 else { return [] }
    var lines: [Text] = []
    var line = Text()
    var used = 0
    for word in words {
      let width = word.columns
      if used > 0, used + 1 + width > columns {
        lines.append(line)
        (line, used) = (Text(), 0)
      }
      if used > 0 {
        line += Text(" ")
        used += 1
      }
      for piece in width > columns ? word.pieces(of: columns) : [word] {
        let width = piece.columns
        if used > 0, used + width > columns {
          lines.append(line)
          (line, used) = (Text(), 0)
        }
        line += piece
        used += width
      }
      if lines.count > limit { break }
    }
    lines.append(line)
    guard lines.count > limit else { return lines }
    let last = (lines[limit - 1] + " …").truncated(to: columns)
    return lines[..<(limit - 1)] + [last]
  }

  private var words: [Text] {
    var words: [Text] = []
    var word = Text()
    for run in runs {
      for (index, part) in run.text.split(separator: " ", omittingEmptySubsequences: false)
        .enumerated()
      {
        if index > 0 {
          words.append(word)
          word = Text()
        }
        word += Text(String(part), run.role).changed(run.isChanged)
      }
    }
    return (words + [word]).filter { !$0.isEmpty }
  }

  private func pieces(of columns: Int) -> [Text] {
    var pieces: [Text] = []
    var piece = Text()
    var used = 0
    for run in runs {
      for glyph in Glyphs(run.text) {
        if used > 0, used + glyph.columns > columns {
          pieces.append(piece)
          (piece, used) = (Text(), 0)
        }
        piece += Text(glyph.text, run.role).changed(run.isChanged)
        used += glyph.columns
      }
    }
    return pieces + [piece]
  }
}
