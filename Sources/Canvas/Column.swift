/// A column of a table: a title, a width, and the text of a row in it.
package struct Column<Row>: Sendable {
  package let shape: ColumnShape
  /// What it is called where rows are filtered, sorted or exported by it; empty where they aren't.
  package let field: String
  package let text: @Sendable (Row) -> Text
  /// The number behind the text; nil where there is none. Rows are ordered by it.
  package let number: (@Sendable (Row) -> Double?)?
  /// Given where the number is as good as the text, so that programs get the number.
  package let unit: ColumnUnit?

  package var title: String { shape.title }
  package var alignment: Alignment { shape.alignment }

  /// The field is the title in small letters where none is given.
  package init(
    _ title: String, _ width: ColumnShape.Width, _ alignment: Alignment = .left, priority: Int = 0,
    field: String? = nil, in unit: ColumnUnit? = nil, _ text: @escaping @Sendable (Row) -> Text,
    number: (@Sendable (Row) -> Double?)? = nil
  ) {
    shape = ColumnShape(title: title, width: width, alignment: alignment, priority: priority)
    self.field = field ?? title.lowercased()
    self.unit = unit
    self.text = text
    self.number = number
  }
}
