import Canvas
import Testing

@Suite struct TextFieldTests {
  func field(_ text: String = "", _ keys: Key...) -> TextField {
    var field = TextField(text)
    for key in keys { _ = field.type(key) }
    return field
  }

  @Test func `keys do what they do in a shell`() {
    #expect(field("abc", .left, .character("x")).text == "abxc")
    #expect(field("abc", .home, .delete, .end, .backspace).text == "b")
    #expect(field("one two  ", .control("w")).text == "one ")
    #expect(field("one two", .left, .control("u")).text == "o")
    #expect(field("one two", .home, .right, .control("k")).text == "o")
    #expect(field("one two", .alt("b"), .character("x")).text == "one xtwo")
  }

  @Test func `keys at the ends do nothing`() {
    #expect(field("", .backspace, .delete, .left, .right, .control("w"), .alt("b")).cursor == 0)
    #expect(field("a", .right, .delete, .alt("f")).text == "a")
  }

  @Test func `keys that mean nothing in a line are left to others`() {
    var field = TextField("a")
    for key in [Key.enter, .up, .escape, .tab] {
      let isTaken = field.type(key)
      #expect(!isTaken)
    }
    #expect(field.text == "a")
  }

  @Test func `a pasted text loses its control characters and stays one line`() {
    #expect(field("", .paste("a\u{1B}[31m\nb\u{7}\tc")).text == "a[31m b c")
  }

  @Test func `a typed accent joins the letter before it`() {
    let typed = field("e", .character("\u{301}"))
    #expect(typed.text.count == 1)
    #expect(typed.cursor == 1)
    #expect(field("e", .character("\u{301}"), .backspace).isEmpty)
  }

  @Test func `it never holds more than its limit`() {
    var field = TextField(limit: 8)
    field.insert(String(repeating: "x", count: 1_000_000))
    #expect(field.text.count == 8)
    _ = field.type(.character("y"))
    #expect(field.text == "xxxxxxxx")
  }

  @Test func `the cursor stands behind what is typed, wide letters counted twice`() {
    var grid = Grid(Size(columns: 10, rows: 1))
    field("日本a", .left).draw(into: &grid, in: grid.bounds)
    #expect(grid.text == "日本a")
    #expect(grid.cursor == Position(column: 4, row: 0))
  }

  @Test func `the cursor stays in view in any room`() {
    for columns in 1...8 {
      var field = TextField("ab日本語cdefgh")
      for _ in 0...12 {
        var grid = Grid(Size(columns: columns + 2, rows: 1))
        let room = Rect(left: 1, top: 0, columns: columns, rows: 1)
        field.draw(into: &grid, in: room)
        #expect(grid.cursor.map(room.contains) == true)
        field.moveLeft()
      }
    }
  }

  @Test func `a password is never shown`() {
    var grid = Grid(Size(columns: 10, rows: 1))
    TextField("geheim", isMasked: true).draw(into: &grid, in: grid.bounds)
    #expect(grid.text == "••••••")
  }
}
