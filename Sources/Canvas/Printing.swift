/// How a terminal prints one scalar.
enum Printing: Equatable {
  case columns(Int)
  /// Drawn on top of the character before it.
  case combining
  /// Would move the cursor, reorder or hide text: shown as this mark instead.
  case replaced(Unicode.Scalar)
}

extension Unicode.Scalar {
  var printing: Printing {
    switch value {
    case 0x20..<0x7F: return .columns(1)
    case 0..<0x20: return .replaced(Unicode.Scalar(value + 0x2400) ?? Self.unprintable)
    case 0x7F: return .replaced("\u{2421}")
    case 0xA0..<0x300 where value != 0xAD: return .columns(1)
    case 0x2010...0x2027, 0x2190...0x21FF, 0x2500...0x25FC, 0x2800...0x28FF: return .columns(1)
    // The vowels and final consonants of a Hangul syllable stand on its first.
    case 0x1161...0x11FF, 0xD7B0...0xD7FF: return .combining
    case 0x1F1E6...0x1F1FF:
      return .replaced(Unicode.Scalar(value - 0x1F1E6 + 0x41) ?? Self.unprintable)
    default: return unusualPrinting
    }
  }

  private var unusualPrinting: Printing {
    if properties.isBidiControl { return .replaced("\u{21C4}") }
    if properties.isDefaultIgnorableCodePoint { return .replaced(Self.unprintable) }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return .combining
    case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator:
      return .replaced(Self.unprintable)
    default: return .columns(isWide ? 2 : 1)
    }
  }

  /// Follows an emoji to change its look or to join it to the next one.
  var isEmojiVariant: Bool {
    switch value {
    case 0x200D, 0xFE0E, 0xFE0F, 0x1F3FB...0x1F3FF: true
    default: false
    }
  }

  private static let unprintable: Unicode.Scalar = "\u{FFFD}"

  private var isWide: Bool {
    guard value >= 0x1100 else { return false }
    return properties.isEmojiPresentation || Self.wide.contains { $0.contains(value) }
  }

  // East Asian Width W and F, without the emoji that their own property names.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x2FFF, 0x3000...0x303E, 0x3041...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
    0x1F3FB...0x1F3FF, 0x20000...0x3FFFD,
  ]
}
