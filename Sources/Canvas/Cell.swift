/// What a cell means, all told: the role of its text, the ground it lies on, and whether it has
/// just changed. A theme turns it into a look.
package struct Style: Hashable, Sendable {
  package var role: Role
  /// `selection`, `bar`, `overlay` …; `nil` is the terminal's own background.
  package var ground: Role?
  package var isChanged: Bool

  package init(_ role: Role = .text, on ground: Role? = nil, isChanged: Bool = false) {
    self.role = role
    self.ground = ground
    self.isChanged = isChanged
  }
}

/// One place of the screen: a glyph and its style. The second cell of a wide glyph is `.second`.
package struct Cell: Hashable, Sendable {
  package var glyph: Glyph
  package var style: Style

  package init(_ glyph: Glyph = .space, _ style: Style = Style()) {
    self.glyph = glyph
    self.style = style
  }
}
