import Testing

@testable import Canvas

@Suite struct GlyphTests {
  @Test(arguments: [
    ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("🚀", 2), ("●▲✖◌↻", 5), ("한", 2),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("ｆ", 2), ("❤️", 1), ("👍🏽", 2), ("👨‍👩‍👧", 6), ("🇩🇪", 2), ("", 0),
  ])
  func `a text is as wide as its characters`(text: String, columns: Int) {
    #expect(Glyph.columns(of: text) == columns)
  }

  @Test(arguments: [
    ("\u{1B}[31m", "␛[31m"), ("a\nb\tc\r", "a␊b␉c␍"), ("\u{7F}", "␡"), ("\u{9B}2J", "�2J"),
    ("\u{202E}abc", "⇄abc"), ("\u{2066}\u{2069}\u{200E}\u{200F}\u{61C}", "⇄⇄⇄⇄⇄"),
    ("a\u{200B}b\u{FEFF}\u{AD}\u{2060}", "a�b���"), ("\u{2028}\u{E0041}", "��"),
    ("\u{3164}\u{FFA0}", "��"), ("a\u{FE0F}", "a�"), ("\u{0}", "␀"),
  ])
  func `what would move, hide or reorder text is shown as a mark`(text: String, shown: String) {
    #expect(Glyphs(text).map(\.text).joined() == shown)
    #expect(Glyph.columns(of: text) == shown.unicodeScalars.count)
  }

  @Test func `a mark without a letter before it gets a circle to stand on`() {
    #expect(Glyphs("\u{301}").map(\.text) == ["◌\u{301}"])
  }

  @Test func `a letter carries three marks at most`() {
    let glyphs = Array(Glyphs("a" + String(repeating: "\u{301}", count: 50) + "b"))
    #expect(glyphs.map(\.text.unicodeScalars.count) == [4, 1])
  }

  @Test func `a megabyte ends after the limit with an ellipsis`() {
    let letters = Array(Glyphs(String(repeating: "x", count: 1_000_000)))
    #expect(letters.count == Glyphs.limit + 1)
    #expect(letters.last == .ellipsis)
    let marks = Array(Glyphs("x" + String(repeating: "\u{301}", count: 500_000)))
    #expect(marks.map(\.columns) == [1, 1])
    #expect(Glyph.columns(of: String(repeating: "x", count: 1_000_000)) == Glyphs.limit + 1)
  }

  @Test func `counting may stop where nobody asks further`() {
    #expect(Glyph.columns(of: "日本語", upTo: 3) > 3)
    #expect(Glyph.columns(of: "日本語", upTo: 6) == 6)
  }

  @Test func `no scalar at all gives a glyph without width or with a control character`() async {
    for value in UInt32(0)...0x10FFFF {
      if value.isMultiple(of: 10_000) { await Task.yield() }
      guard let scalar = Unicode.Scalar(value) else { continue }
      for glyph in Glyphs(String(scalar)) {
        let isHarmless = glyph.text.unicodeScalars.allSatisfy {
          $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
        }
        if !isHarmless || !(1...2).contains(glyph.columns) {
          Issue.record("U+\(String(value, radix: 16)) gives \(glyph)")
        }
      }
    }
  }

  @Test func `glyphs of glyphs are the same glyphs`() {
    let text = "a\u{1B}e\u{301}👨‍👩‍👧\u{202E}日🇩🇪\u{301}"
    let once = Glyphs(text).map(\.text).joined()
    #expect(Glyphs(once).map(\.text).joined() == once)
  }
}
