/// A column of a table: a title, a width, and the text of a row in it.
package struct Column<Row>: Sendable {
  /// How wide a column wants to be.
  package enum Width: Hashable, Sendable {
    case fixed(Int)
    /// As wide as what is in view, within bounds.
    case fit(min: Int, max: Int)
    /// All that the others leave, shared among the fills; never less than its title or `atLeast`.
    case filling(atLeast: Int)

    package static var fill: Width { .filling(atLeast: 8) }
  }

  package let title: String
  package let width: Width
  package let alignment: Alignment
  /// Where room is short, the column of the lowest priority goes first; of equals, the rightmost.
  package let priority: Int
  package let text: @Sendable (Row) -> Text

  package init(
    _ title: String, _ width: Width, _ alignment: Alignment = .left, priority: Int = 0,
    _ text: @escaping @Sendable (Row) -> Text
  ) {
    self.title = title
    self.width = width
    self.alignment = alignment
    self.priority = priority
    self.text = text
  }

  /// The least it can do with.
  var least: Int {
    switch width {
    case .fixed(let columns): max(1, columns)
    case .fit(let least, _): max(1, least)
    case .filling(let least): max(1, least, Glyph.columns(of: title))
    }
  }
}
