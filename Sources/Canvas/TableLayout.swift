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

/// How much room a column wants, given what is in view.
private struct Demand {
  var priority: Int
  var least: Int
  var wanted: Int
  var isFill: Bool
}

extension Table {
  /// Works out where everything stands in a rect. Only rows in view are looked at.
  package func layout(in rect: Rect) -> TableLayout { measured(in: rect).layout }

  /// The layout, and with it the texts of the rows in view that had to be known for it, by column;
  /// none of a column whose width doesn't depend on them.
  func measured(in rect: Rect) -> (layout: TableLayout, texts: [[Text]]) {
    let hasHeader = rect.rows >= 2 && columns.contains { !$0.title.isEmpty }
    let body = rect.inset(top: hasHeader ? 1 : 0)
    let visible = scroll.revealing(selected, of: rows.count, in: body.rows)
      .visible(of: rows.count, in: body.rows)
    let texts = columns.map { column -> [Text] in
      guard case .fit = column.width else { return [] }
      return rows[visible].map(column.text)
    }
    let layout = TableLayout(
      slots: slots(zip(columns, texts).map(demand), in: rect),
      header: hasHeader ? rect.row(0) : nil, body: body, visible: visible)
    return (layout, texts)
  }

  private func demand(_ column: Column<Row>, _ texts: [Text]) -> Demand {
    var demand = Demand(
      priority: column.priority, least: column.least, wanted: column.least, isFill: column.isFill)
    guard case .fit(let least, let most) = column.width else { return demand }
    let title = Glyph.columns(of: column.title) + (column.title == sorting?.title ? 1 : 0)
    let widest = texts.reduce(0) { Swift.max($0, $1.columns(upTo: most)) }
    demand.wanted = Swift.min(Swift.max(least, title, widest), Swift.max(least, most))
    return demand
  }
}

/// A margin of one column at both sides, where that is affordable.
private func slots(_ demands: [Demand], in rect: Rect) -> [TableLayout.Slot] {
  let margin = rect.columns >= 20 ? 1 : 0
  let room = rect.columns - 2 * margin
  guard room > 0 else { return [] }
  let widths = widths(demands, in: room)
  let kept = widths.indices.filter { widths[$0] != nil }
  var spare = room - widths.reduce(0) { $0 + ($1 ?? 0) } - kept.count + 1
  // Air between the columns is worth more than a wider fill, but not beside a symbol.
  let gaps = kept.dropLast().count { (widths[$0] ?? 1) > 1 }
  let gap = spare >= gaps ? 2 : 1
  if gap == 2 { spare -= gaps }
  var fills = kept.count { demands[$0].isFill }
  var left = rect.left + margin
  return kept.map { index in
    var width = widths[index] ?? 1
    if demands[index].isFill, spare > 0 {
      width += spare / fills
      spare -= spare / fills
      fills -= 1
    }
    defer { left += width + (width > 1 ? gap : 1) }
    return TableLayout.Slot(
      column: index, left: left, width: min(width, rect.right - margin - left))
  }
}

/// The widths of the columns that are kept, nil for the others. The more important come first: none
/// of them is cut to make room for a lesser one. Of equals, each gets the least it needs before any
/// gets more.
private func widths(_ demands: [Demand], in room: Int) -> [Int?] {
  var widths = [Int?](repeating: nil, count: demands.count)
  var left = room + 1
  for priority in Set(demands.map(\.priority)).sorted(by: >) {
    var equals = demands.indices.filter { demands[$0].priority == priority }
    while let last = equals.last, equals.reduce(0, { $0 + demands[$1].least + 1 }) > left {
      if equals.count == 1, widths.allSatisfy({ $0 == nil }) {
        widths[last] = room
        return widths
      }
      equals.removeLast()
    }
    for index in equals {
      widths[index] = demands[index].least
      left -= demands[index].least + 1
    }
    for index in equals {
      let more = max(0, min(left, demands[index].wanted - demands[index].least))
      widths[index] = demands[index].least + more
      left -= more
    }
  }
  return widths
}

extension Column {
  var isFill: Bool {
    if case .filling = width { true } else { false }
  }
}
