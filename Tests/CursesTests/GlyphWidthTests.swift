import CNcurses
import Testing

@testable import Canvas
@testable import Curses

@Suite struct GlyphWidthTests {
  @Test func `a glyph is as wide as the C library says, wherever both know the character`() throws {
    _ = setlocale(LC_ALL, "C.UTF-8")
    try #require(curses_width(0x65E5) == 2, "needs the locale C.UTF-8")
    var differ: [String] = []
    for value in UInt32(0x20)...0x3FFFF {
      guard let scalar = Unicode.Scalar(value), !scalar.properties.isDefaultIgnorableCodePoint
      else { continue }
      let glyphs = Array(Glyphs(String(scalar)))
      let theirs = Int(curses_width(wchar_t(value)))
      // What is shown as a mark has the mark's width; what stands on another has none of its own.
      guard glyphs.count == 1, glyphs[0].text == String(scalar), theirs >= 0 else { continue }
      if theirs != glyphs[0].columns { differ.append(String(value, radix: 16)) }
    }
    // A few have changed from one version of Unicode to the next.
    #expect(differ.count <= 40, "\(differ)")
  }
}
