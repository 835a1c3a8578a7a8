/// Rows under columns, as much as a rect has room for: any rect, from one cell up. Only what is in
/// view is rendered, so a thousand rows cost no more than a screenful.
package struct Table<Row> {
  package var columns: [Column<Row>]
  package var rows: [Row]
  package var selected: Int?
  package var isFocused: Bool
  package var scroll: Scroll
  package var sorting: TableSorting?
  /// Shown in place of the rows where there are none.
  package var placeholder: Text
  /// Whether what a row says in the column of that title has just changed; nil where nothing has.
  package var isChanged: ((Row, String) -> Bool)?

  package init(
    _ columns: [Column<Row>], rows: [Row], selected: Int? = nil, isFocused: Bool = false,
    scroll: Scroll = Scroll(), sorting: TableSorting? = nil, placeholder: Text = "",
    isChanged: ((Row, String) -> Bool)? = nil
  ) {
    self.columns = columns
    self.rows = rows
    self.selected = selected
    self.isFocused = isFocused
    self.scroll = scroll
    self.sorting = sorting
    self.placeholder = placeholder
    self.isChanged = isChanged
  }

  /// Draws header and rows, and says where they stand.
  @discardableResult
  package func draw(into grid: inout Grid, in rect: Rect) -> TableLayout {
    drawing.draw(into: &grid, in: rect)
  }

  /// Works out where everything stands in a rect. Only rows in view are looked at.
  package func layout(in rect: Rect) -> TableLayout { drawing.measured(in: rect).layout }

  private var drawing: TableDrawing {
    TableDrawing(
      shapes: columns.map { $0.shape }, count: rows.count, selected: selected, isFocused: isFocused,
      scroll: scroll, sorting: sorting, placeholder: placeholder,
      text: { row, column in columns[column].text(rows[row]) },
      isChanged: isChanged.map { isChanged in
        { row, column in isChanged(rows[row], columns[column].title) }
      })
  }
}

/// The column that the rows of a table are ordered by, as its title's mark says.
package struct TableSorting: Hashable, Sendable {
  package var title: String
  package var isDescending: Bool

  package init(title: String, isDescending: Bool = false) {
    self.title = title
    self.isDescending = isDescending
  }
}
