import Canvas
import Testing

@Suite struct SparklineTests {
  @Test func `the greatest number reaches the top and a zero stands on the ground`() {
    #expect(Sparkline([0, 1, 2, 3, 4, 5, 6, 7]).text(columns: 8).plain == "▁▂▃▄▅▆▇█")
    #expect(Sparkline([0, 0]).text(columns: 2).plain == "▁▁")
  }

  @Test func `a missing number is a gap, not a zero`() {
    #expect(Sparkline([7, nil, 0]).text(columns: 3).plain == "█ ▁")
    #expect(Sparkline([7, .nan, 0]).text(columns: 3).plain == "█ ▁")
    #expect(Sparkline([3, 3, nil, nil, nil, 3], marks: .braille).text(columns: 3).plain == "⣿ ⢸")
  }

  @Test func `the newest stand at the right, the oldest are left out`() {
    #expect(Sparkline([7, 0, 7]).text(columns: 2).plain == "▁█")
    #expect(Sparkline([7]).text(columns: 3).plain == "  █")
  }

  @Test func `a given top keeps two lines comparable`() {
    #expect(Sparkline([1], top: 7).text(columns: 1).plain == "▂")
    #expect(Sparkline([99], top: 7).text(columns: 1).plain == "█")
  }

  @Test func `odd numbers do no harm, and the width is always as asked`() {
    let values: [Double?] = [
      .infinity, -.infinity, .nan, -3, .greatestFiniteMagnitude, nil, 1e-300,
    ]
    for marks in [Sparkline.Marks.braille, .blocks, .ascii] {
      for columns in 0...9 {
        #expect(Sparkline(values, marks: marks).text(columns: columns).columns == columns)
      }
      #expect(Sparkline([], marks: marks).text(columns: 3).plain == "   ")
    }
  }

  @Test func `ASCII marks are ASCII`() {
    let text = Sparkline([0, 3, 7], marks: .ascii).text(columns: 3).plain
    #expect(text == "_=@")
  }
}
