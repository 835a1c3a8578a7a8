import Canvas
import Synchronization
import Testing

@Suite struct TableTests {
  struct Row {
    var state = Role.healthy
    var name = "cache"
    var address = "127.0.0.1:6379"
    var word = "up"
  }

  static let columns: [Column<Row>] = [
    Column("", .fixed(1), priority: 9) { .symbol($0.state) },
    Column("NAME", .fill, priority: 8) { Text($0.name) },
    Column("ADDRESS", .fit(min: 7, max: 21), priority: 5) { Text($0.address) },
    Column("STATE", .fixed(5), priority: 7) { Text($0.word, $0.state) },
    Column("PRIO", .fixed(4), .right, priority: 1) { _ in "100" },
  ]
  static let rows = [
    Row(state: .critical, name: "session", address: "127.0.0.1:6479", word: "odown"), Row(),
    Row(state: .warning, name: "日本語日本語日本語", word: "sdown"),
  ]

  func text(_ columns: Int, _ rows: Int, selected: Int? = nil) -> String {
    var grid = Grid(Size(columns: columns, rows: rows))
    Table(Self.columns, rows: Self.rows, selected: selected).draw(into: &grid, in: grid.bounds)
    return grid.text
  }

  @Test func `rows stand under their titles`() {
    #expect(
      text(56, 4) == """
           NAME                     ADDRESS         STATE  PRIO
         ✖ session                  127.0.0.1:6479  odown   100
         ● cache                    127.0.0.1:6379  up      100
         ▲ 日本語日本語日本語       127.0.0.1:6379  sdown   100
        """)
  }

  @Test func `the least important column is dropped first, and the symbol never`() {
    #expect(text(46, 2).contains("PRIO"))
    #expect(!text(36, 2).contains("PRIO"))
    #expect(text(36, 2).contains("127.0.0.1:6479"))
    #expect(!text(22, 2).contains("ADDRESS"))
    #expect(text(22, 2).contains("odown"))
    #expect(!text(12, 2).contains("STATE"))
    #expect(text(1, 1) == "✖")
  }

  @Test func `of equal columns the rightmost is dropped`() {
    let columns = ["A", "B", "C"].map { title in Column<Int>(title, .fixed(4)) { _ in "x" } }
    var grid = Grid(Size(columns: 10, rows: 1))
    let layout = Table(columns, rows: [1]).draw(into: &grid, in: grid.bounds)
    #expect(layout.slots.map(\.column) == [0, 1])
  }

  @Test func `a lesser column never makes a more important one shorter`() {
    let columns: [Column<Int>] = [
      Column("A", .fit(min: 2, max: 10), priority: 2) { _ in "0123456789" },
      Column("B", .fixed(5), priority: 1) { _ in "x" },
    ]
    var grid = Grid(Size(columns: 14, rows: 2))
    Table(columns, rows: [1]).draw(into: &grid, in: grid.bounds)
    #expect(grid.text(row: 1) == "0123456789")
  }

  @Test func `the selected row is marked over its whole width, by focus`() {
    for (isFocused, ground) in [(true, Role.selection), (false, .selectionUnfocused)] {
      var grid = Grid(Size(columns: 30, rows: 4))
      Table(Self.columns, rows: Self.rows, selected: 1, isFocused: isFocused)
        .draw(into: &grid, in: grid.bounds)
      #expect(grid.cells(inRow: 2).allSatisfy { $0.style.ground == ground })
      #expect(grid.cells(inRow: 1).allSatisfy { $0.style.ground == nil })
      #expect(grid.style(of: "●")?.role == .healthy)
    }
  }

  @Test func `the selected row is in view, at any height`() {
    let rows = (0..<50).map { Row(name: "row\($0)") }
    for height in 1...12 {
      for selected in [0, 17, 49] {
        var grid = Grid(Size(columns: 30, rows: height))
        Table(Self.columns, rows: rows, selected: selected).draw(into: &grid, in: grid.bounds)
        #expect(grid.text.contains("row\(selected)"))
      }
    }
  }

  @Test func `a thousand rows cost no more than those in view`() {
    let asked = Mutex(0)
    let columns: [Column<Int>] = [
      Column("N", .fit(min: 1, max: 9)) { row in
        asked.withLock { $0 += 1 }
        return "\(row)"
      }
    ]
    var grid = Grid(Size(columns: 20, rows: 11))
    Table(columns, rows: Array(0..<1_000), selected: 500).draw(into: &grid, in: grid.bounds)
    #expect(asked.withLock { $0 } <= 20)
  }

  @Test func `only the cell that has changed is marked`() {
    var grid = Grid(Size(columns: 60, rows: 4))
    let table = Table(Self.columns, rows: Self.rows) { $0.name == "cache" && $1 == "STATE" }
    table.draw(into: &grid, in: grid.bounds)
    #expect(grid.style(of: "up")?.isChanged == true)
    #expect(grid.style(of: "odown")?.isChanged == false)
    #expect(grid.style(of: "cache")?.isChanged == false)
  }

  @Test func `the layout knows what is under the mouse`() {
    var grid = Grid(Size(columns: 60, rows: 4))
    let table = Table(
      Self.columns, rows: Self.rows, sorting: .init(title: "NAME", isDescending: true))
    let layout = table.draw(into: &grid, in: grid.bounds)
    #expect(layout.row(at: Position(column: 9, row: 2)) == 1)
    #expect(layout.row(at: Position(column: 9, row: 0)) == nil)
    #expect(layout.row(at: Position(column: 9, row: 9)) == nil)
    #expect(layout.column(atHeader: Position(column: 5, row: 0)) == 1)
    #expect(layout.column(atHeader: Position(column: 5, row: 1)) == nil)
    #expect(grid.text(row: 0).contains("NAME▾"))
  }

  @Test func `no rows are told in words`() {
    var grid = Grid(Size(columns: 30, rows: 3))
    Table(Self.columns, rows: [], placeholder: "no masters yet").draw(into: &grid, in: grid.bounds)
    #expect(grid.text(row: 1) == " no masters yet")
  }

  @Test func `a table is drawn at every size and stays within its rect`() {
    let rows = Self.rows + (0..<20).map { Row(name: "row\($0)") }
    let sizes = (0...40).flatMap { columns in (0...6).map { (columns, $0) } } + [(300, 100)]
    for (columns, height) in sizes {
      var grid = Grid(Size(columns: columns + 4, rows: height + 2))
      let rect = Rect(left: 2, top: 1, columns: columns, rows: height)
      let table = Table(
        Self.columns, rows: rows, selected: 21, isFocused: true, scroll: .end,
        sorting: .init(title: "STATE"))
      table.draw(into: &grid, in: rect)
      for row in 0..<grid.size.rows {
        for (column, cell) in grid.cells(inRow: row).enumerated() where cell != Cell() {
          #expect(rect.contains(Position(column: column, row: row)))
        }
      }
    }
  }
}
