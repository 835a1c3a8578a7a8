import Canvas
import Testing

@Suite struct GridTests {
  @Test func `text goes where it is put and says where it ended`() {
    var grid = Grid(Size(columns: 8, rows: 2))
    let end = grid.put("abc", at: Position(column: 2, row: 1), role: .healthy)
    #expect(end == 5)
    #expect(grid.text == "\n  abc")
    #expect(grid[Position(column: 2, row: 1)].style.role == .healthy)
    #expect(grid[Position(column: 5, row: 1)].style.role == .text)
  }

  @Test func `a wide glyph fills two cells, the second empty`() {
    var grid = Grid(Size(columns: 4, rows: 1))
    grid.put("日x", at: .origin)
    #expect(grid.cells(inRow: 0).map(\.glyph.text) == ["日", "", "x", " "])
  }

  @Test func `a wide glyph at an edge becomes a space, never a half`() {
    var grid = Grid(Size(columns: 5, rows: 1))
    grid.put("ab日", at: Position(column: 2, row: 0))
    #expect(grid.text == "  ab")
    grid.put("日x", at: Position(column: -1, row: 0))
    #expect(grid.text == " xab")
  }

  @Test func `writing over half of a wide glyph blanks the other half`() {
    var grid = Grid(Size(columns: 4, rows: 1))
    grid.put("日本", at: .origin)
    grid.put("x", at: Position(column: 1, row: 0))
    #expect(grid.text == " x本")
    grid.put("y", at: Position(column: 2, row: 0))
    #expect(grid.text == " xy")
    grid.put("日本", at: .origin)
    grid.put("語", at: Position(column: 1, row: 0))
    #expect(grid.text == " 語")
  }

  @Test func `nothing is written outside of the clip`() {
    var grid = Grid(Size(columns: 10, rows: 3))
    let clip = Rect(left: 3, top: 1, columns: 4, rows: 1)
    for row in -2...5 {
      grid.put("0123456789", at: Position(column: 0, row: row), in: clip)
    }
    #expect(grid.text == "\n   3456\n")
  }

  @Test func `the ground stays under text that is put on it`() {
    var grid = Grid(Size(columns: 6, rows: 1))
    grid.put("ab", at: .origin, role: .critical)
    grid.tint(grid.bounds, on: .selection)
    grid.put("x", at: .origin, role: .warning)
    #expect(grid[.origin].style == Style(.warning, on: .selection))
    #expect(grid[Position(column: 1, row: 0)].style == Style(.critical, on: .selection))
    grid.fill(grid.bounds)
    #expect(grid == Grid(Size(columns: 6, rows: 1)))
  }

  @Test func `text in a rect is aligned, and cut with an ellipsis`() {
    func put(_ text: Text, _ alignment: Alignment) -> String {
      var grid = Grid(Size(columns: 6, rows: 1))
      grid.put(text, in: grid.bounds, alignment)
      return grid.text
    }
    #expect(put("abc", .right) == "   abc")
    #expect(put("ab", .center) == "  ab")
    #expect(put("abcdefg", .right) == "abcde…")
    #expect(put("日本語語", .left) == "日本…")
  }

  // Not the test's arguments: those would be printed, all megabytes of them.
  static let hostile = [
    "\u{1B}]0;owned\u{7}\u{1B}[2J", "\u{202E}\u{200B}\u{0}\u{9B}31m",
    String(repeating: "A\u{301}", count: 500_000), String(repeating: "日\u{1B}", count: 100_000),
  ]

  @Test func `no hostile name gets a control character onto the screen`() {
    for (name, columns) in Self.hostile.flatMap({ name in [1, 2, 3, 7, 80].map { (name, $0) } }) {
      var grid = Grid(Size(columns: columns, rows: 1))
      grid.put(name, at: .origin)
      grid.put(Text(name, .critical), in: grid.bounds, .right)
      let scalars = grid.cells(inRow: 0).flatMap { Array($0.glyph.text.unicodeScalars) }
      #expect(
        scalars.allSatisfy {
          $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) && !$0.properties.isBidiControl
        })
      #expect(grid.cells(inRow: 0).reduce(0) { $0 + $1.glyph.columns } == columns)
    }
  }

  @Test func `every place of every small grid can be written to`() {
    for columns in 0...4 {
      for rows in 0...3 {
        var grid = Grid(Size(columns: columns, rows: rows))
        for column in -3...6 {
          for row in -2...4 {
            grid.put("a日", at: Position(column: column, row: row))
            grid.fill(Rect(left: column, top: row, columns: 2, rows: 2), with: "x", role: .dim)
            grid.tint(Rect(left: column, top: row, columns: 9, rows: 9), on: .bar)
            _ = grid[Position(column: column, row: row)]
          }
        }
      }
    }
  }

  @Test func `the runs of a row name its styles`() {
    var grid = Grid(Size(columns: 12, rows: 1))
    grid.put("up " + Text("odown", .critical), at: .origin)
    let runs = grid.runs(row: 0)
    #expect(runs.map(\.text) == ["up ", "odown"])
    #expect(runs.map(\.style.role) == [.text, .critical])
    #expect(grid.style(of: "down")?.role == .critical)
    #expect(grid.style(of: "sdown") == nil)
  }
}
