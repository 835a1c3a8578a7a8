/// Rows under columns, as much as a rect has room for: any rect, from one cell up. Only what is in
/// view is rendered, so a thousand rows cost no more than a screenful.
package struct Table<Row> {
  /// The column that the rows are ordered by, as its title's mark says.
  package struct Sorting: Hashable, Sendable {
    package var title: String
    package var isDescending: Bool

    package init(title: String, isDescending: Bool = false) {
      self.title = title
      self.isDescending = isDescending
    }
  }

  package var columns: [Column<Row>]
  package var rows: [Row]
  package var selected: Int?
  package var isFocused: Bool
  package var scroll: Scroll
  package var sorting: Sorting?
  /// Shown in place of the rows where there are none.
  package var placeholder: Text
  /// Whether what a row says in the column of that title has just changed.
  package var isChanged: (Row, String) -> Bool

  package init(
    _ columns: [Column<Row>], rows: [Row], selected: Int? = nil, isFocused: Bool = false,
    scroll: Scroll = Scroll(), sorting: Sorting? = nil, placeholder: Text = "",
    isChanged: @escaping (Row, String) -> Bool = { _, _ in false }
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
    let (layout, texts) = measured(in: rect)
    if let header = layout.header { draw(header: header, layout, into: &grid) }
    for (line, index) in layout.visible.enumerated() {
      let row = rows[index]
      for slot in layout.slots {
        let column = columns[slot.column]
        let room = Rect(
          left: slot.left, top: layout.body.top + line, columns: slot.width, rows: 1)
        var text = texts[slot.column].isEmpty ? column.text(row) : texts[slot.column][line]
        if isChanged(row, column.title) { text = text.changed() }
        grid.put(text, in: room.intersection(rect), column.alignment)
      }
    }
    if rows.isEmpty {
      let margin = rect.columns >= 20 ? 1 : 0
      grid.put(
        placeholder.replacing(.text, with: .dim),
        in: layout.body.inset(left: margin, right: margin))
    }
    if let selected, layout.visible.contains(selected) {
      grid.tint(
        layout.body.row(selected - layout.visible.lowerBound),
        on: isFocused ? .selection : .selectionUnfocused)
    }
    return layout
  }

  private func draw(header: Rect, _ layout: TableLayout, into grid: inout Grid) {
    for slot in layout.slots {
      let column = columns[slot.column]
      var title = Text(column.title, .header)
      if let sorting, sorting.title == column.title {
        let mark = Text(sorting.isDescending ? "▾" : "▴", .header)
        title = title.truncated(to: slot.width - 1) + mark
      }
      let room = Rect(left: slot.left, top: header.top, columns: slot.width, rows: 1)
      grid.put(title, in: room.intersection(header), column.alignment)
    }
  }
}
