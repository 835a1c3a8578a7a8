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

  /// What the number of a column counts, where it says all that its text says.
  package enum Unit: Sendable {
    case pieces, bytes, seconds
  }

  package let title: String
  package let width: Width
  package let alignment: Alignment
  /// Where room is short, the column of the lowest priority goes first; of equals, the rightmost.
  package let priority: Int
  /// What it is called where rows are filtered, sorted or exported by it; empty where they aren't.
  package let field: String
  package let text: @Sendable (Row) -> Text
  /// The number behind the text; nil where there is none. Rows are ordered by it.
  package let number: (@Sendable (Row) -> Double?)?
  /// Given where the number is as good as the text, so that programs get the number.
  package let unit: Unit?

  /// The field is the title in small letters where none is given.
  package init(
    _ title: String, _ width: Width, _ alignment: Alignment = .left, priority: Int = 0,
    field: String? = nil, in unit: Unit? = nil, _ text: @escaping @Sendable (Row) -> Text,
    number: (@Sendable (Row) -> Double?)? = nil
  ) {
    self.title = title
    self.width = width
    self.alignment = alignment
    self.priority = priority
    self.field = field ?? title.lowercased()
    self.unit = unit
    self.text = text
    self.number = number
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
