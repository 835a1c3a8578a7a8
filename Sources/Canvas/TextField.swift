/// A line being typed, with a cursor between its characters. It holds printable characters only,
/// and at most `limit` of them.
package struct TextField: Hashable, Sendable {
  package let limit: Int
  /// A password: shown as bullets.
  package let isMasked: Bool
  private var characters: [Character]
  /// How many characters are before the cursor.
  package private(set) var cursor: Int

  package init(_ text: String = "", isMasked: Bool = false, limit: Int = 512) {
    self.limit = limit
    self.isMasked = isMasked
    characters = []
    cursor = 0
    insert(text)
  }

  package var text: String { String(characters) }
  package var isEmpty: Bool { characters.isEmpty }

  /// Puts text in at the cursor. Line ends and tabs become spaces, control characters are dropped.
  package mutating func insert(_ text: String) {
    var typed = String(characters[..<cursor])
    for scalar in text.unicodeScalars.prefix(limit * 4) {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: typed += " "
      case 0..<0x20, 0x7F..<0xA0: break
      default: typed.unicodeScalars.append(scalar)
      }
    }
    // Put together as text, so that a typed accent joins the letter before it.
    let before = Array(typed)
    let rest = characters[cursor...]
    characters = Array((before + rest).prefix(limit))
    cursor = min(before.count, characters.count)
  }

  package mutating func deleteBackward() {
    guard cursor > 0 else { return }
    cursor -= 1
    characters.remove(at: cursor)
  }

  package mutating func deleteForward() {
    guard cursor < characters.count else { return }
    characters.remove(at: cursor)
  }

  package mutating func moveLeft() { cursor = max(0, cursor - 1) }
  package mutating func moveRight() { cursor = min(characters.count, cursor + 1) }
  package mutating func moveHome() { cursor = 0 }
  package mutating func moveEnd() { cursor = characters.count }
  package mutating func moveWordLeft() { cursor = wordStart }

  package mutating func moveWordRight() {
    while cursor < characters.count, characters[cursor] == " " { cursor += 1 }
    while cursor < characters.count, characters[cursor] != " " { cursor += 1 }
  }

  /// Deletes the word before the cursor and the spaces after it.
  package mutating func killWord() {
    let start = wordStart
    characters.removeSubrange(start..<cursor)
    cursor = start
  }

  package mutating func killToStart() {
    characters.removeSubrange(..<cursor)
    cursor = 0
  }

  package mutating func killToEnd() {
    characters.removeSubrange(cursor...)
  }

  /// Does what a key means in a line of text; false if it means nothing there.
  package mutating func type(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .paste(let text): insert(text)
    case .backspace, .control("h"): deleteBackward()
    case .delete, .control("d"): deleteForward()
    case .left, .control("b"): moveLeft()
    case .right, .control("f"): moveRight()
    case .home, .control("a"): moveHome()
    case .end, .control("e"): moveEnd()
    case .alt("b"): moveWordLeft()
    case .alt("f"): moveWordRight()
    case .control("w"): killWord()
    case .control("u"): killToStart()
    case .control("k"): killToEnd()
    default: return false
    }
    return true
  }

  /// Draws as much as fits, with the cursor in view, and puts the grid's cursor there.
  package func draw(into grid: inout Grid, in rect: Rect, role: Role = .input) {
    let line = rect.row(0)
    guard !line.isEmpty else { return }
    grid.fill(line, with: " ", role: role)
    let before = shown(characters[..<cursor])
    let column = Glyph.columns(of: before)
    let offset = max(0, column - line.columns + 1)
    grid.put(
      before + shown(characters[cursor...]),
      at: Position(column: line.left - offset, row: line.top), role: role, in: line)
    grid.cursor = Position(column: line.left + column - offset, row: line.top)
  }

  private var wordStart: Int {
    var start = cursor
    while start > 0, characters[start - 1] == " " { start -= 1 }
    while start > 0, characters[start - 1] != " " { start -= 1 }
    return start
  }

  private func shown(_ part: ArraySlice<Character>) -> String {
    isMasked ? String(repeating: "•", count: part.count) : String(part)
  }
}
