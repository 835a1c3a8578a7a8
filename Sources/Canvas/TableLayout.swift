/// Where a table stands: which columns fit, how wide they are, which rows are in view. It answers
/// what lies under the mouse.
package struct TableLayout: Hashable, Sendable {
  /// A column's place: its number in the table, where it begins, how wide it is.
  package struct Slot: Hashable, Sendable {
    package let column: Int
    package let left: Int
    package let width: Int
  }

  package let slots: [Slot]
  /// The line of titles; `nil` where there is no room for it.
  package let header: Rect?
  package let body: Rect
  /// The rows in view.
  package let visible: Range<Int>

  /// The row drawn at that place.
  package func row(at position: Position) -> Int? {
    guard body.contains(position) else { return nil }
    let row = visible.lowerBound + position.row - body.top
    return visible.contains(row) ? row : nil
  }

  /// The column whose title is drawn at that place, or just left of it.
  package func column(atHeader position: Position) -> Int? {
    guard let header, header.contains(position) else { return nil }
    return slots.last { $0.left <= position.column }?.column
  }
}

extension Table {
  /// Works out where everything stands in a rect. Only rows in view are looked at.
  package func layout(in rect: Rect) -> TableLayout {
    let hasHeader = rect.rows >= 2 && columns.contains { !$0.title.isEmpty }
    let body = rect.inset(top: hasHeader ? 1 : 0)
    let visible = scroll.revealing(selected, of: rows.count, in: body.rows)
      .visible(of: rows.count, in: body.rows)
    return TableLayout(
      slots: slots(in: rect, rows: rows[visible]), header: hasHeader ? rect.row(0) : nil,
      body: body, visible: visible)
  }

  /// A margin of one column at both sides, where that is affordable.
  private func margin(of rect: Rect) -> Int { rect.columns >= 20 ? 1 : 0 }

  private func slots(in rect: Rect, rows: ArraySlice<Row>) -> [TableLayout.Slot] {
    let margin = margin(of: rect)
    let room = rect.columns - 2 * margin
    guard room > 0 else { return [] }
    let widths = widths(in: room, rows: rows)
    let kept = widths.keys.sorted()
    var spare = room - widths.values.reduce(0, +) - kept.count + 1
    // Air between the columns is worth more than a wider fill, but not beside a symbol.
    let gaps = kept.dropLast().filter { widths[$0, default: 1] > 1 }.count
    let gap = spare >= gaps ? 2 : 1
    if gap == 2 { spare -= gaps }
    var fills = kept.count { columns[$0].isFill }
    var left = rect.left + margin
    return kept.map { index in
      var width = widths[index, default: 1]
      if columns[index].isFill, spare > 0 {
        width += spare / fills
        spare -= spare / fills
        fills -= 1
      }
      defer { left += width + (width > 1 ? gap : 1) }
      return TableLayout.Slot(
        column: index, left: left, width: Swift.min(width, rect.right - margin - left))
    }
  }

  /// The columns that are kept, with their widths. The more important come first: none of them is
  /// cut to make room for a lesser one. Of equals, each gets the least it needs before any gets
  /// more.
  private func widths(in room: Int, rows: ArraySlice<Row>) -> [Int: Int] {
    var widths: [Int: Int] = [:]
    var left = room + 1
    for priority in Set(columns.map(\.priority)).sorted(by: >) {
      var equals = columns.indices.filter { columns[$0].priority == priority }
      while let last = equals.last, equals.reduce(0, { $0 + columns[$1].least + 1 }) > left {
        if widths.isEmpty, equals.count == 1 { return [last: room] }
        equals.removeLast()
      }
      for index in equals {
        widths[index] = columns[index].least
        left -= columns[index].least + 1
      }
      for index in equals {
        let more = Swift.min(left, wanted(columns[index], rows: rows) - columns[index].least)
        widths[index, default: 0] += Swift.max(0, more)
        left -= Swift.max(0, more)
      }
    }
    return widths
  }

  private func wanted(_ column: Column<Row>, rows: ArraySlice<Row>) -> Int {
    guard case .fit(let least, let most) = column.width else { return column.least }
    let title = Glyph.columns(of: column.title) + (column.title == sorting?.title ? 1 : 0)
    let widest = rows.lazy.map { column.text($0).columns(upTo: most) }.max() ?? 0
    return Swift.min(Swift.max(least, title, widest), Swift.max(least, most))
  }
}

extension Column {
  var isFill: Bool {
    if case .filling = width { true } else { false }
  }
}
