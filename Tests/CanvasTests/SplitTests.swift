import Canvas
import Testing

@Suite struct SplitTests {
  let rect = Rect(left: 2, top: 1, columns: 20, rows: 10)

  @Test func `fills share what the fixed parts leave`() {
    let rows = rect.rows(.fixed(1), .fill, .fill, .fixed(2)).map(\.rows)
    #expect(rows == [1, 3, 4, 2])
  }

  @Test func `parts lie side by side without a gap`() {
    let parts = rect.columns(.fraction(0.3), .fixed(5), .fill)
    #expect(parts.map(\.left) == [2, 8, 13])
    #expect(parts.map(\.right) == [8, 13, 22])
  }

  @Test func `fixed parts are served before fractions where room is short`() {
    #expect(rect.rows(.fraction(0.9), .fixed(8), .fixed(5)).map(\.rows) == [0, 8, 2])
  }

  @Test func `there are as many rects as parts, and they never exceed the whole`() {
    for length in 0...30 {
      let whole = Rect(left: 0, top: 0, columns: length, rows: length)
      let parts = whole.columns(.fixed(3), .fraction(0.5), .fill, .fraction(7), .fixed(-2), .fill)
      #expect(parts.count == 6)
      #expect(parts.reduce(0) { $0 + $1.columns } == length)
    }
  }
}
