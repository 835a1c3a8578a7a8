import Canvas
import Testing

@Suite struct GeometryTests {
  @Test func `a size is never negative and never larger than a terminal`() {
    #expect(Size(columns: -1, rows: 5) == Size(columns: 0, rows: 5))
    #expect(Size(columns: .max, rows: .max).columns == Size.limit)
  }

  @Test func `what two rects share is empty where they do not meet`() {
    let one = Rect(left: 0, top: 0, columns: 4, rows: 4)
    #expect(
      one.intersection(Rect(left: 2, top: 3, columns: 9, rows: 9))
        == Rect(left: 2, top: 3, columns: 2, rows: 1))
    #expect(one.intersection(Rect(left: 7, top: 0, columns: 2, rows: 2)).isEmpty)
  }

  @Test func `a centred rect is cut down to its surroundings`() {
    let room = Rect(left: 10, top: 10, columns: 10, rows: 4)
    #expect(
      room.centered(Size(columns: 4, rows: 2)) == Rect(left: 13, top: 11, columns: 4, rows: 2))
    #expect(room.centered(Size(columns: 40, rows: 20)) == room)
  }

  @Test func `an inset larger than the rect leaves nothing`() {
    #expect(Rect(left: 0, top: 0, columns: 3, rows: 3).inset(by: 2).isEmpty)
    #expect(Rect(left: 0, top: 0, columns: 3, rows: 3).row(3).isEmpty)
  }
}
