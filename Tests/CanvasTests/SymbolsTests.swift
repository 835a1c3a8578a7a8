import Canvas
import Testing

@Suite struct SymbolsTests {
  @Test func `each state has a symbol of its own, in ASCII too`() {
    let states: [Role] = [.healthy, .warning, .critical, .unknown, .running]
    let ascii = states.map { $0.symbol.unicodeScalars.map(Symbols.ascii) }
    #expect(ascii == [["o"], ["!"], ["X"], ["?"], ["~"]])
    #expect(Set(states.map(\.symbol)).count == states.count)
  }

  @Test func `an ASCII grid holds ASCII only and keeps every column`() {
    let text = "│日本 é e\u{301} ●▲ ▁█ ⣿ … \u{1B} 👍🏽 x"
    var unicode = Grid(Size(columns: 40, rows: 1))
    var ascii = Grid(Size(columns: 40, rows: 1), symbols: .ascii)
    let end = unicode.put(text, at: .origin)
    let same = ascii.put(text, at: .origin)
    #expect(same == end)
    #expect(ascii.text.utf8.allSatisfy { $0 < 0x80 })
    #expect(ascii.text == "|???? ? e o! _@ # ~ ^ ?? x")
  }
}
