extension Grid {
  /// The screen as a picture, in the theme's colours; where a theme leaves its ground to the
  /// terminal, light on black.
  ///
  /// Each stretch of text is given the width of its columns, so that nothing shifts whatever font
  /// there is.
  package func svg(_ theme: Theme, title: String = "") -> String {
    let paper = theme.paper ?? .black
    let ink = Color.rgb(red: 229, green: 229, blue: 229)
    let (width, height) = (pixels(size.columns), size.rows * SVG.rowHeight)
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\" "
        + "viewBox=\"0 0 \(width) \(height)\">",
      "<title>\(escaped(title))</title>",
      "<rect width=\"100%\" height=\"100%\" fill=\"\(paper.hex)\"/>",
      "<g font-family=\"\(SVG.fonts)\" font-size=\"\(SVG.fontSize)\" xml:space=\"preserve\">",
    ]
    for row in 0..<size.rows {
      let runs = styledRuns(row: row, theme, .direct, separatesUnusual: true)
        .map { SVGRun($0, ink: ink, paper: paper) }
      lines += runs.compactMap { $0.ground(row: row, paper) }
      lines += runs.compactMap { $0.text(row: row) }
    }
    return (lines + ["</g>", "</svg>"]).joined(separator: "\n") + "\n"
  }
}

private enum SVG {
  /// What most fonts of this kind need for a row, so that lines and blocks touch.
  static let (fontSize, rowHeight, baseline) = (14, 16, 12)
  static let fonts = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
  /// The width of a column, in tenths.
  static let column = 84
}

/// Tenths as a decimal number.
private func pixels(_ columns: Int) -> String {
  let tenths = columns * SVG.column
  return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
}

private func escaped(_ text: String) -> String {
  Glyphs(text).reduce(into: "") { escaped, glyph in
    switch glyph.text {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    default: escaped += glyph.text
    }
  }
}

extension Color {
  fileprivate var hex: String {
    let (red, green, blue) = components
    return Color.rgb(red: UInt8(red), green: UInt8(green), blue: UInt8(blue)).description
  }
}

/// A run with all that a terminal would have worked out: whether it is reversed, what is beneath.
private struct SVGRun {
  let run: StyledRun
  let foreground: Color
  let background: Color

  init(_ run: StyledRun, ink: Color, paper: Color) {
    self.run = run
    let (front, back) = (run.look.foreground ?? ink, run.look.background ?? paper)
    let isReversed = run.look.emphasis.contains(.reverse)
    (foreground, background) = isReversed ? (back, front) : (front, back)
  }

  /// The ground under it, where it is not the paper.
  func ground(row: Int, _ paper: Color) -> String? {
    guard background.hex != paper.hex else { return nil }
    return "<rect x=\"\(pixels(run.column))\" y=\"\(row * SVG.rowHeight)\" "
      + "width=\"\(pixels(run.columns))\" height=\"\(SVG.rowHeight)\" fill=\"\(background.hex)\"/>"
  }

  func text(row: Int) -> String? {
    let emphasis = run.look.emphasis
    // Spaces are left out where nothing is seen of them: some programs would shrink them.
    let isUnderlined = emphasis.contains(.underline)
    let before = isUnderlined ? 0 : run.text.prefix { $0 == " " }.count
    let after = isUnderlined ? 0 : run.text.reversed().prefix { $0 == " " }.count
    guard before < run.text.count else { return nil }
    let text = run.text.dropFirst(before).dropLast(after)
    var marks = "fill=\"\(foreground.hex)\""
    if emphasis.contains(.bold) { marks += " font-weight=\"bold\"" }
    if emphasis.contains(.italic) { marks += " font-style=\"italic\"" }
    if isUnderlined { marks += " text-decoration=\"underline\"" }
    if emphasis.contains(.dim) { marks += " opacity=\"0.65\"" }
    return "<text x=\"\(pixels(run.column + before))\" y=\"\(row * SVG.rowHeight + SVG.baseline)\" "
      + "textLength=\"\(pixels(run.columns - before - after))\" lengthAdjust=\"spacingAndGlyphs\" \(marks)>"
      + escaped(String(text)) + "</text>"
  }
}
