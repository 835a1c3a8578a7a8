import Canvas
import Testing

@Suite struct ScrollTests {
  @Test func `no room is wasted at the end of a list`() {
    #expect(Scroll(top: 95).visible(of: 100, in: 10) == 90..<100)
    #expect(Scroll.end.visible(of: 100, in: 10) == 90..<100)
    #expect(Scroll(top: -5).visible(of: 3, in: 10) == 0..<3)
  }

  @Test func `it moves as little as needed to show a line`() {
    let scroll = Scroll(top: 20)
    #expect(scroll.revealing(25, of: 100, in: 10) == scroll)
    #expect(scroll.revealing(10, of: 100, in: 10) == Scroll(top: 10))
    #expect(scroll.revealing(30, of: 100, in: 10) == Scroll(top: 21))
    #expect(scroll.revealing(nil, of: 100, in: 10) == scroll)
  }

  @Test func `it stops at both ends`() {
    #expect(Scroll(top: 5).moved(by: -99, of: 100, in: 10) == Scroll(top: 0))
    #expect(Scroll.end.moved(by: .max, of: 100, in: 10) == Scroll(top: 90))
    #expect(Scroll(top: 50).moved(by: .min, of: 100, in: 10) == Scroll(top: 0))
    #expect(Scroll.end.moved(by: -1, of: 100, in: 10) == Scroll(top: 89))
  }

  @Test func `a shown line is always within what is visible`() {
    for count in 0...7 {
      for room in 0...9 {
        for line in 0..<max(1, count) where count > 0 && room > 0 {
          let scroll = Scroll(top: 3).revealing(line, of: count, in: room)
          #expect(scroll.visible(of: count, in: room).contains(line))
        }
        #expect(Scroll(top: 2).visible(of: count, in: room).count == min(count, room))
      }
    }
  }

  @Test func `the thumb reaches both ends of its bar and is there only if needed`() {
    #expect(Scroll(top: 0).thumb(of: 100, in: 10, length: 10) == 0..<1)
    #expect(Scroll.end.thumb(of: 100, in: 10, length: 10) == 9..<10)
    #expect(Scroll(top: 0).thumb(of: 10, in: 10, length: 10) == nil)
    #expect(Scroll.end.thumb(of: 1_000_000, in: 1, length: 1) == 0..<1)
  }
}
