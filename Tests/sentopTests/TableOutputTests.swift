import Testing

@testable import sentop

struct TableOutputTests {
  @Test func `a column is as wide as its widest cell, and lines end without spaces`() {
    var table = TableOutput(["NAME", "STATE", "X"])
    table.add(["a-long-name", "up", ""])
    table.add(["b", "odown", "3"])
    #expect(
      table.lines == [
        "NAME         STATE  X",
        "a-long-name  up",
        "b            odown  3",
      ])
  }

  @Test func `wide and combining characters take the columns that they fill`() {
    var table = TableOutput(["NAME", "STATE"])
    table.add(["東京", "up"])
    table.add(["e\u{301}e\u{301}", "up"])
    #expect(table.lines == ["NAME  STATE", "東京  up", "e\u{301}e\u{301}    up"])
  }

  @Test func `control characters become marks before they are measured`() {
    var table = TableOutput(["NAME", "STATE"])
    table.add(["a\u{1B}[2J\nb", "up"])
    let line = table.lines[1]
    #expect(line.hasSuffix("  up"))
    #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
    #expect(line.hasPrefix("a␛[2J␊b"))
  }
}
