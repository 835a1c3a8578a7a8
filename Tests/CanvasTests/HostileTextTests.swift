import Canvas
import Testing

/// Names as an enemy would choose them, in everything that the screen is made of.
@Suite struct HostileTextTests {
  // Not the tests' arguments: those would be printed, all megabytes of them.
  static let names = [
    "\u{1B}]52;c;aGk=\u{7}\u{1B}[2J\u{1B}c", "\u{9B}31m\u{90}x\u{9C}", "a\r\n\tb\u{8}\u{0}\u{7F}",
    "\u{202E}gnp.exe\u{2066}\u{2069}\u{61C}", "x\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{AD}y",
    "\u{301}\u{302}a\u{303}\u{304}\u{305}\u{306}\u{307}", "日本語データベース", "ｆｕｌｌ",
    "한국어\u{1112}\u{1161}",
    "👨‍👩‍👧‍👦👍🏽🏳️‍🌈🇩🇪🇫", "\u{E0041}\u{E007F}\u{FFFE}\u{FFFF}", "\u{1F3FB}\u{FE0F}", "\u{115F}\u{3164}",
    String(repeating: "日", count: 1_000_000), String(repeating: "Z\u{336}", count: 500_000),
    String(repeating: "\u{1B}[", count: 500_000), "",
  ]

  /// A list of all names in a frame, a name in each title, a question over it.
  private func screen(columns: Int, rows: Int, _ symbols: Symbols) -> Grid {
    var grid = Grid(Size(columns: columns, rows: rows), symbols: symbols)
    let inside = Frame(
      Text(Self.names[rows % Self.names.count]), trailing: Text(Self.names[2]),
      footer: Text(Self.names[9])
    ).draw(into: &grid, in: grid.bounds)
    let table = Table(
      [
        Column<String>("NAME", .fill) { Text($0, .warning) },
        Column("AGAIN", .fit(min: 3, max: 12), .right) { Text($0) },
        Column("X", .fixed(1)) { _ in "x" },
      ], rows: Self.names, selected: 3)
    table.draw(into: &grid, in: inside)
    let box = Frame(Text(Self.names[3])).drawOverlay(
      into: &grid, in: grid.bounds, content: Size(columns: columns / 3, rows: rows / 4))
    for (row, line) in Text(Self.names[5] + Self.names[6]).wrapped(to: box.columns).enumerated() {
      grid.put(line, in: box.row(row))
    }
    return grid
  }

  @Test func `every row is as wide as the screen, and its border stands straight`() {
    for symbols in [Symbols.unicode, .ascii] {
      for (columns, rows) in [(1, 1), (2, 2), (3, 9), (7, 5), (40, 12), (80, 24), (121, 30)] {
        let grid = screen(columns: columns, rows: rows, symbols)
        for row in 0..<rows {
          let cells = grid.cells(inRow: row)
          #expect(cells.reduce(0) { $0 + $1.glyph.columns } == columns)
          for (cell, next) in zip(cells, cells.dropFirst()) {
            #expect((cell.glyph.columns == 2) == (next.glyph == .second))
          }
          let edges = [cells.first, cells.last].map { $0?.glyph.text ?? "" }
          if columns > 12, (1..<rows - 1).contains(row) {
            #expect(edges == (symbols == .ascii ? ["|", "|"] : ["│", "│"]))
          }
        }
      }
    }
  }

  @Test func `no cell holds what a terminal obeys, or more than a letter with its marks`() {
    for symbols in [Symbols.unicode, .ascii] {
      let grid = screen(columns: 121, rows: 30, symbols)
      for row in 0..<30 {
        for cell in grid.cells(inRow: row) {
          #expect(cell.glyph.text.utf8.count <= 24)
          for scalar in cell.glyph.text.unicodeScalars {
            let isObeyed =
              [.control, .format, .surrogate, .lineSeparator, .paragraphSeparator]
              .contains(scalar.properties.generalCategory)
            #expect(!isObeyed, "U+\(String(scalar.value, radix: 16))")
            if symbols == .ascii { #expect(scalar.isASCII) }
          }
        }
      }
    }
  }

  @Test func `marks stand where something was taken away`() {
    let text = screen(columns: 121, rows: 30, .unicode).text
    for mark in ["␛]52;c;aGk=␇␛[2J␛c", "a␍␊␉b␈␀␡", "⇄gnp.exe⇄⇄⇄", "x\u{FFFD}\u{FFFD}"] {
      #expect(text.contains(mark), "\(mark)")
    }
  }

  @Test func `what is exported of a megabyte is a few thousand characters`() async {
    let table = Table([Column<String>("NAME", .fill) { Text($0) }], rows: Self.names)
    #expect(table.csv().utf8.count < 200_000)
    #expect(table.markdown().utf8.count < 1_000_000)
    for text in [table.csv(), table.markdown(), table.json()] {
      await Task.yield()
      let isClean = text.unicodeScalars.allSatisfy {
        $0 == "\n" || $0 == "\r" || $0.properties.generalCategory != .control
      }
      #expect(isClean)
      #expect(!text.unicodeScalars.contains { $0.properties.isBidiControl })
    }
  }
}
