/// Which characters the screen may use. Everything is written in Unicode; a grid for a terminal
/// that can't show it translates at `Grid.put`, column for column.
package enum Symbols: Sendable {
  case unicode, ascii

  /// The glyph as these symbols can show it. One column wide if it had to be translated.
  func shown(_ glyph: Glyph) -> Glyph {
    guard self == .ascii, glyph.hasMarks || !glyph.base.isASCII else { return glyph }
    return Glyph(Symbols.ascii(glyph.base))
  }

  /// The ASCII character that comes nearest to a symbol; `?` where none does.
  package static func ascii(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.isASCII { return scalar }
    if let known = table[scalar] { return known }
    switch scalar.value {
    case 0x2400...0x2421: return "^"
    case 0x2500...0x257F: return "+"
    case 0x2800...0x28FF: return densities[(scalar.value & 0xFF).nonzeroBitCount]
    case 0xA0, 0x2000...0x200A: return " "
    default: return "?"
    }
  }

  private static let densities: [Unicode.Scalar] = [" ", ".", ".", ":", "-", "=", "+", "*", "#"]

  private static let table: [Unicode.Scalar: Unicode.Scalar] = [
    "●": "o", "▲": "!", "✖": "X", "◌": "?", "↻": "~", "○": "o", "✓": "v", "✔": "v", "✗": "x",
    "…": "~", "–": "-", "—": "-", "·": ".", "•": "*", "×": "x", "≤": "<", "≥": ">", "µ": "u",
    "▸": ">", "◂": "<", "▾": "v", "▴": "^", "→": ">", "←": "<", "↑": "^", "↓": "v", "⇧": "^",
    "─": "-", "━": "=", "┄": "-", "╌": "-", "╍": "-", "│": "|", "┃": "#", "┆": "|",
    "▁": "_", "▂": ".", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "#", "█": "@",
    "░": ":", "▒": "%", "▓": "#", "‘": "'", "’": "'", "“": "\"", "”": "\"",
  ]
}

extension Role {
  /// The symbol that says the same as its colour; empty for roles that are no state.
  package var symbol: String {
    switch self {
    case .healthy: "●"
    case .warning: "▲"
    case .critical: "✖"
    case .unknown: "◌"
    case .running: "↻"
    default: ""
    }
  }
}
