extension Grid {
  /// The screen with its colours, to be shown by `cat`: a line for each row, ended by a reset.
  package func ansi(_ theme: Theme, _ depth: ColorDepth) -> String {
    (0..<size.rows).map { row in
      var runs = styledRuns(row: row, theme, depth)
      // Spaces at the end that look like nothing are nothing.
      while let last = runs.last, last.look.isInvisibleWhenBlank, last.text.hasSuffix(" ") {
        runs[runs.count - 1].text.removeLast()
        if last.text == " " { runs.removeLast() }
      }
      return runs.map { run in
        let codes = run.look.codes
        return codes.isEmpty ? run.text : "\u{1B}[\(codes)m\(run.text)\u{1B}[0m"
      }.joined() + "\n"
    }.joined()
  }
}

extension Look {
  /// Whether spaces in it can't be told from none.
  var isInvisibleWhenBlank: Bool {
    background == nil && emphasis.isDisjoint(with: [.underline, .reverse])
  }

  /// The numbers of the sequence that sets it; empty if there is nothing to set.
  var codes: String {
    let all: [(Emphasis, String)] = [
      (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
    ]
    let emphases = all.filter { emphasis.contains($0.0) }.map(\.1)
    let colors = [foreground?.code(base: 30), background?.code(base: 40)].compactMap(\.self)
    return (emphases + colors).joined(separator: ";")
  }
}

extension Color {
  fileprivate func code(base: Int) -> String {
    switch self {
    case .rgb(let red, let green, let blue): "\(base + 8);2;\(red);\(green);\(blue)"
    case .indexed(let index) where index < 8: "\(base + Int(index))"
    case .indexed(let index) where index < 16: "\(base + 52 + Int(index))"
    case .indexed(let index): "\(base + 8);5;\(index)"
    }
  }
}
