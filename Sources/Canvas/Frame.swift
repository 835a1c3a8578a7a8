/// A box round a part of the screen, with a title in its upper border. All panes share its look.
///
/// A frame that `joins` grows into the lines it meets, so that two panes can share a border.
package struct Frame: Sendable {
  /// In the upper border, at the left. Runs of role `.text` are shown as titles.
  package var title: Text
  /// In the upper border, at the right: a count, a state.
  package var trailing: Text
  /// In the lower border, at the right: where in the list we are.
  package var footer: Text
  package var isFocused: Bool
  package var joins: Bool

  package init(
    _ title: Text = "", trailing: Text = "", footer: Text = "", isFocused: Bool = false,
    joins: Bool = false
  ) {
    self.title = title
    self.trailing = trailing
    self.footer = footer
    self.isFocused = isFocused
    self.joins = joins
  }

  /// The room inside of a frame there; all of it where the rect is too small for a frame.
  package static func inside(of rect: Rect) -> Rect {
    rect.columns < 2 || rect.rows < 2 ? rect : rect.inset(by: 1)
  }

  /// Draws the border and returns the room inside. The inside is left as it is.
  @discardableResult
  package func draw(into grid: inout Grid, in rect: Rect) -> Rect {
    guard rect.columns >= 2, rect.rows >= 2 else { return rect }
    let (right, bottom) = (rect.right - 1, rect.bottom - 1)
    for column in rect.left + 1..<max(rect.left + 1, right) {
      line(.horizontal, into: &grid, column, rect.top)
      line(.horizontal, into: &grid, column, bottom)
    }
    for row in rect.top + 1..<max(rect.top + 1, bottom) {
      line(.vertical, into: &grid, rect.left, row)
      line(.vertical, into: &grid, right, row)
    }
    line([.right, .down], into: &grid, rect.left, rect.top)
    line([.left, .down], into: &grid, right, rect.top)
    line([.right, .up], into: &grid, rect.left, bottom)
    line([.left, .up], into: &grid, right, bottom)
    let upper = put(trailing, into: &grid, in: edge(of: rect, rect.top), .right)
    put(title.replacing(.text, with: .title), into: &grid, in: upper, .left)
    put(footer, into: &grid, in: edge(of: rect, bottom), .right)
    return rect.inset(by: 1)
  }

  /// Clears the middle of a rect, draws the frame there on the overlay's ground and returns the
  /// room inside, which keeps a column free at both sides. `content` is the size of that room.
  package func drawOverlay(into grid: inout Grid, in rect: Rect, content: Size) -> Rect {
    let box = Self.overlay(in: rect, content: content)
    grid.fill(box, on: .overlay)
    draw(into: &grid, in: box)
    return Self.insideOfOverlay(in: rect, content: content)
  }

  /// The room inside of an overlay there: for what lies under the mouse.
  package static func insideOfOverlay(in rect: Rect, content: Size) -> Rect {
    let inside = inside(of: overlay(in: rect, content: content))
    return inside.columns > 2 ? inside.inset(left: 1, right: 1) : inside
  }

  private static func overlay(in rect: Rect, content: Size) -> Rect {
    rect.centered(Size(columns: content.columns + 4, rows: content.rows + 2))
  }

  private func edge(of rect: Rect, _ row: Int) -> Rect {
    Rect(left: rect.left + 1, top: row, columns: rect.columns - 2, rows: 1)
  }

  /// Puts a text with a space at both sides and returns what is left of the edge before it.
  @discardableResult
  private func put(_ text: Text, into grid: inout Grid, in edge: Rect, _ alignment: Alignment)
    -> Rect
  {
    guard !text.isEmpty, edge.columns >= 3 else { return edge }
    let label = text.truncated(to: edge.columns - 2)
    let width = label.columns + 2
    let left = alignment == .right ? edge.right - width : edge.left
    grid.put(" " + label + " ", at: Position(column: left, row: edge.top), in: edge)
    return edge.inset(right: alignment == .right ? width + 1 : 0)
  }

  private func line(_ arms: Arms, into grid: inout Grid, _ column: Int, _ row: Int) {
    let position = Position(column: column, row: row)
    let old = grid[position]
    let known = joins ? Arms(old.glyph.base) : nil
    let isShared = known != nil && old.style.role == .borderFocused
    grid.put(
      (known ?? []).union(arms).glyph, at: position,
      role: isFocused || isShared ? .borderFocused : .border)
  }
}

/// In which directions a piece of border goes on.
private struct Arms: OptionSet {
  let rawValue: Int

  static let up = Arms(rawValue: 1)
  static let right = Arms(rawValue: 2)
  static let down = Arms(rawValue: 4)
  static let left = Arms(rawValue: 8)
  static let horizontal: Arms = [.left, .right]
  static let vertical: Arms = [.up, .down]

  // By the arms' bits.
  private static let pieces: [Unicode.Scalar] = Array(" ╵╶└╷│┌├╴┘─┴┐┤┬┼".unicodeScalars)
  private static let glyphs = pieces.map { Glyph($0) }

  init(rawValue: Int) {
    self.rawValue = rawValue
  }

  init?(_ piece: Unicode.Scalar) {
    switch piece {
    case "-": self = .horizontal
    case "|": self = .vertical
    case "+": self = [.horizontal, .vertical]
    case "\u{2500}"...:
      guard let index = Self.pieces.firstIndex(of: piece) else { return nil }
      self.init(rawValue: index)
    default: return nil
    }
  }

  var glyph: Glyph { Self.glyphs[rawValue & 15] }
}
