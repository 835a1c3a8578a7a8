import Canvas
import Testing

@Suite struct FrameTests {
  @Test func `a frame has its title at the left, its state at the right, its place below`() {
    var grid = Grid(Size(columns: 24, rows: 3))
    let frame = Frame("Masters", trailing: "all", footer: "1 of 9", isFocused: true)
    let inside = frame.draw(into: &grid, in: grid.bounds)
    #expect(
      grid.text == """
        ┌ Masters ──────── all ┐
        │                      │
        └────────────── 1 of 9 ┘
        """)
    #expect(inside == Rect(left: 1, top: 1, columns: 22, rows: 1))
    #expect(grid.style(of: "Masters")?.role == .title)
    #expect(grid[.origin].style.role == .borderFocused)
  }

  @Test func `the title yields where both do not fit`() {
    var grid = Grid(Size(columns: 16, rows: 2))
    Frame("Replicas of session", trailing: "2").draw(into: &grid, in: grid.bounds)
    #expect(grid.text(row: 0) == "┌ Replica… ─ 2 ┐")
  }

  @Test func `a frame that joins shares the border it meets`() {
    var grid = Grid(Size(columns: 6, rows: 5))
    Frame(isFocused: true).draw(into: &grid, in: Rect(left: 0, top: 0, columns: 6, rows: 3))
    Frame(joins: true).draw(into: &grid, in: Rect(left: 0, top: 2, columns: 6, rows: 3))
    #expect(
      grid.text == """
        ┌────┐
        │    │
        ├────┤
        │    │
        └────┘
        """)
    #expect(grid[Position(column: 2, row: 2)].style.role == .borderFocused)
    #expect(grid[Position(column: 2, row: 4)].style.role == .border)
  }

  @Test func `an ASCII frame is drawn with plus, minus and bar`() {
    var grid = Grid(Size(columns: 6, rows: 3), symbols: .ascii)
    Frame("é").draw(into: &grid, in: grid.bounds)
    #expect(grid.text == "+ ? -+\n|    |\n+----+")
  }

  @Test func `a frame is drawn at every size`() {
    for columns in 0...12 {
      for rows in 0...4 {
        var grid = Grid(Size(columns: columns, rows: rows))
        let frame = Frame("日本語", trailing: "x", footer: "yy", joins: true)
        let inside = frame.draw(into: &grid, in: grid.bounds)
        #expect(inside.intersection(grid.bounds) == inside || inside.isEmpty)
        #expect(inside == Frame.inside(of: grid.bounds))
        _ = frame.drawOverlay(into: &grid, in: grid.bounds, content: Size(columns: 5, rows: 2))
      }
    }
  }

  @Test func `an overlay covers what was there and lies in the middle`() {
    var grid = Grid(Size(columns: 20, rows: 5))
    grid.fill(grid.bounds, with: "x", role: .text)
    let inside = Frame("Sure?").drawOverlay(
      into: &grid, in: grid.bounds, content: Size(columns: 8, rows: 1))
    #expect(inside == Rect(left: 6, top: 2, columns: 8, rows: 1))
    #expect(
      grid.text == """
        xxxxxxxxxxxxxxxxxxxx
        xxxx┌ Sure? ───┐xxxx
        xxxx│          │xxxx
        xxxx└──────────┘xxxx
        xxxxxxxxxxxxxxxxxxxx
        """)
    #expect(grid[inside.topLeft].style.ground == .overlay)
  }
}
