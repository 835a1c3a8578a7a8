/// What one cell shows, or two cells if it is wide: a base character and at most four marks on it.
/// Made only by `Glyphs`, so it never holds anything a terminal would obey.
package struct Glyph: Hashable, Sendable {
  package let text: String
  package let columns: Int

  init(text: String, columns: Int) {
    self.text = text
    self.columns = columns
  }

  init(_ scalar: Unicode.Scalar, columns: Int = 1) {
    self.init(text: String(scalar), columns: columns)
  }

  package static let space = Glyph(text: " ", columns: 1)
  /// Stands in the cell right of a wide glyph.
  package static let second = Glyph(text: "", columns: 0)
  package static let ellipsis = Glyph(text: "…", columns: 1)
  package static let replacement = Glyph(text: "\u{FFFD}", columns: 1)

  /// How many columns a text takes on the screen. Counts no further than is asked for: what it
  /// returns may then be any number above that.
  package static func columns(of text: String, upTo limit: Int = .max) -> Int {
    let bytes = text.utf8
    if bytes.count <= Glyphs.limit, bytes.allSatisfy({ (0x20..<0x7F).contains($0) }) {
      return bytes.count
    }
    var columns = 0
    for glyph in Glyphs(text) {
      columns += glyph.columns
      if columns > limit { break }
    }
    return columns
  }
}

/// A text cut into glyphs: any text, from anybody, made harmless and given its true width.
///
/// Widths are those of the terminals' `wcwidth`, character by character. What terminals disagree on
/// is taken apart: joined emoji become single ones, skin tones and emoji variants are dropped, a
/// flag becomes its two letters. It ends after `limit` scalars with an ellipsis, so cost has a
/// bound.
package struct Glyphs: Sequence, IteratorProtocol {
  package static let limit = 4_096
  static let marksLimit = 4

  private var scalars: String.UnicodeScalarView.Iterator
  private var lookahead: Unicode.Scalar?
  private var left: Int

  package init(_ text: String, limit: Int = Glyphs.limit) {
    scalars = text.unicodeScalars.makeIterator()
    left = limit
    lookahead = scalars.next()
  }

  package mutating func next() -> Glyph? {
    guard let scalar = lookahead else { return nil }
    guard left > 0 else {
      lookahead = nil
      return .ellipsis
    }
    advance()
    switch scalar.printing {
    case .columns(let columns):
      skipVariants(of: scalar)
      return collect(String(scalar), columns)
    case .combining: return collect("\u{25CC}" + String(scalar), 1)
    case .replaced(let mark): return Glyph(mark)
    }
  }

  private mutating func advance() {
    left -= 1
    lookahead = scalars.next()
  }

  private mutating func collect(_ base: String, _ columns: Int) -> Glyph {
    var text = base
    var marks = 0
    while left > 0, let mark = lookahead, mark.value >= 0x300, mark.printing == .combining {
      if marks < Glyphs.marksLimit { text.unicodeScalars.append(mark) }
      marks += 1
      advance()
    }
    return Glyph(text: text, columns: columns)
  }

  private mutating func skipVariants(of base: Unicode.Scalar) {
    guard let next = lookahead, next.isEmojiVariant, base.value > 0xFF, base.properties.isEmoji
    else { return }
    while left > 0, let next = lookahead, next.isEmojiVariant { advance() }
  }
}
