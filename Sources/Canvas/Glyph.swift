/// What one cell shows, or two cells if it is wide: a base character and at most three marks on it.
/// Made only by `Glyphs`, so it never holds anything a terminal would obey.
///
/// A plain handful of bytes: a grid has thousands of them, made, compared and dropped in each frame.
package struct Glyph: Hashable, Sendable {
  // Of 21 bits each; the first one in the lowest.
  private var packedMarks: UInt64 = 0
  package let base: Unicode.Scalar
  private let width: UInt8

  static let marksLimit = 3
  private static let bitsOfMark = 21

  init(_ base: Unicode.Scalar, columns: Int = 1) {
    self.base = base
    width = UInt8(truncatingIfNeeded: columns)
  }

  package var columns: Int { Int(width) }
  package var hasMarks: Bool { packedMarks != 0 }

  /// The base and its marks; nothing in the cell right of a wide glyph.
  package var scalars: String.UnicodeScalarView {
    var scalars = String.UnicodeScalarView()
    append(to: &scalars)
    return scalars
  }

  package var text: String { String(scalars) }

  package func append(to scalars: inout String.UnicodeScalarView) {
    guard columns > 0 else { return }
    scalars.append(base)
    var rest = packedMarks
    while rest != 0, let mark = Unicode.Scalar(UInt32(rest & (1 << Self.bitsOfMark - 1))) {
      scalars.append(mark)
      rest >>= Self.bitsOfMark
    }
  }

  /// Puts a mark on it, where there is room for one more.
  mutating func add(_ mark: Unicode.Scalar) {
    for place in 0..<Self.marksLimit where packedMarks >> (place * Self.bitsOfMark) == 0 {
      packedMarks |= UInt64(mark.value) << (place * Self.bitsOfMark)
      return
    }
  }

  package static let space = Glyph(" ")
  /// Stands in the cell right of a wide glyph.
  package static let second = Glyph("\0", columns: 0)
  package static let ellipsis = Glyph("…")
  package static let replacement = Glyph("\u{FFFD}")

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
    // Most are, and are done with at once.
    if (0x20..<0x7F).contains(scalar.value), (lookahead?.value ?? 0) < 0x300 {
      return Glyph(scalar)
    }
    switch scalar.printing {
    case .columns(let columns):
      skipVariants(of: scalar)
      return collect(Glyph(scalar, columns: columns))
    case .combining:
      var glyph = Glyph("\u{25CC}")
      glyph.add(scalar)
      return collect(glyph)
    case .replaced(let mark): return Glyph(mark)
    }
  }

  private mutating func advance() {
    left -= 1
    lookahead = scalars.next()
  }

  private mutating func collect(_ base: Glyph) -> Glyph {
    var glyph = base
    while left > 0, let mark = lookahead, mark.value >= 0x300, mark.printing == .combining {
      glyph.add(mark)
      advance()
    }
    return glyph
  }

  private mutating func skipVariants(of base: Unicode.Scalar) {
    guard let next = lookahead, next.isEmojiVariant, base.value > 0xFF, base.properties.isEmoji
    else { return }
    while left > 0, let next = lookahead, next.isEmojiVariant { advance() }
  }
}
