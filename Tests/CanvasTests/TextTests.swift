import Canvas
import Testing

@Suite struct TextTests {
  @Test func `joined texts keep their roles`() {
    let text = "a " + Text("b", .critical) + "\(1 + 1)"
    #expect(text.plain == "a b2")
    #expect(text.runs.map(\.role) == [.text, .critical, .text])
    #expect([Text("x", .key), Text("y", .hint)].joined(separator: " ").plain == "x y")
  }

  @Test(arguments: [
    ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("日本語", 6, "日本語"), ("日本語", 5, "日本…"),
    ("日本語", 4, "日…"), ("日本語", 1, "…"), ("abc", 0, ""), ("e\u{301}e\u{301}", 1, "…"),
  ])
  func `a text is cut to a width, never inside of a glyph`(
    text: String, columns: Int, expected: String
  ) {
    #expect(Text(text).truncated(to: columns).plain == expected)
  }

  @Test func `the ellipsis has the role of what it replaces`() {
    let text = Text("ab", .healthy) + Text("cd", .critical)
    #expect(text.truncated(to: 3).runs == (Text("ab", .healthy) + Text("…", .critical)).runs)
  }

  @Test func `padding makes a text exactly as wide as asked`() {
    for columns in 0...9 {
      for alignment in [Alignment.left, .center, .right] {
        #expect(Text("日x本").padded(to: columns, alignment).columns == columns)
      }
    }
  }

  @Test func `lines break at spaces, and inside of words longer than a line`() {
    let lines = (Text("one two ", .key) + "verylongword x").wrapped(to: 7).map(\.plain)
    #expect(lines == ["one two", "verylon", "gword x"])
  }

  @Test func `no line is wider than asked and no character is lost`() {
    let text = Text("日本語 a\u{301}bc the quick brown fox 🚀 ") + Text("jumps", .critical)
    for columns in 2...20 {
      let lines = text.wrapped(to: columns)
      #expect(lines.allSatisfy { $0.columns <= columns })
      let letters = lines.map(\.plain).joined().filter { $0 != " " }
      #expect(letters == text.plain.filter { $0 != " " })
    }
  }

  @Test func `a megabyte wraps into no more lines than allowed`() {
    let lines = Text(String(repeating: "ab ", count: 300_000)).wrapped(to: 10, limit: 5)
    #expect(lines.count == 5)
    #expect(lines.last?.plain.last == "…")
  }
}
