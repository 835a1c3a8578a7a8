/// A table of which only the texts are known, cell by cell: the part that is the same for all rows,
/// so that it is compiled once, and not looked up row type by row type in each frame.
struct TableDrawing {
  var shapes: [ColumnShape]
  var count: Int
  var selected: Int?
  var isFocused: Bool
  var scroll: Scroll
  var sorting: TableSorting?
  var placeholder: Text
  /// The text of a row in a column.
  var text: (Int, Int) -> Text
  /// Whether it has just changed; nil where nothing has.
  var isChanged: ((Int, Int) -> Bool)?

  func draw(into grid: inout Grid, in rect: Rect) -> TableLayout {
    let (layout, texts) = measured(in: rect)
    if let header = layout.header { draw(header: header, layout, into: &grid) }
    for slot in layout.slots {
      let known = texts[slot.column]
      let alignment = shapes[slot.column].alignment
      for (line, row) in layout.visible.enumerated() {
        let room = Rect(
          left: slot.left, top: layout.body.top + line, columns: slot.width, rows: 1)
        var text = known.isEmpty ? text(row, slot.column) : known[line]
        if isChanged?(row, slot.column) == true { text = text.changed() }
        grid.put(text, in: room.intersection(rect), alignment)
      }
    }
    if count == 0 {
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
      let shape = shapes[slot.column]
      var title = Text(shape.title, .header)
      if let sorting, sorting.title == shape.title {
        let mark = Text(sorting.isDescending ? "▾" : "▴", .header)
        title = title.truncated(to: slot.width - 1) + mark
      }
      let room = Rect(left: slot.left, top: header.top, columns: slot.width, rows: 1)
      grid.put(title, in: room.intersection(header), shape.alignment)
    }
  }

  /// The layout, and with it the texts of the rows in view that had to be known for it, by column;
  /// none of a column whose width doesn't depend on them.
  func measured(in rect: Rect) -> (layout: TableLayout, texts: [[Text]]) {
    let hasHeader = rect.rows >= 2 && shapes.contains { !$0.title.isEmpty }
    let body = rect.inset(top: hasHeader ? 1 : 0)
    let visible = scroll.revealing(selected, of: count, in: body.rows)
      .visible(of: count, in: body.rows)
    var texts = [[Text]](repeating: [], count: shapes.count)
    for (column, shape) in shapes.enumerated() {
      guard case .fit = shape.width else { continue }
      texts[column] = visible.map { text($0, column) }
    }
    let demands = zip(shapes, texts).map { demand(of: $0, $1) }
    let layout = TableLayout(
      slots: Demand.slots(of: demands, in: rect), header: hasHeader ? rect.row(0) : nil, body: body,
      visible: visible)
    return (layout, texts)
  }

  private func demand(of shape: ColumnShape, _ texts: [Text]) -> Demand {
    var demand = Demand(priority: shape.priority, least: shape.least, isFill: shape.isFill)
    guard case .fit(let least, let most) = shape.width else { return demand }
    let title = Glyph.columns(of: shape.title) + (shape.title == sorting?.title ? 1 : 0)
    let widest = texts.reduce(0) { max($0, $1.columns(upTo: most)) }
    demand.wanted = min(max(least, title, widest), max(least, most))
    return demand
  }
}

/// How much room a column wants, given what is in view.
private struct Demand {
  let priority: Int
  let least: Int
  var wanted: Int
  let isFill: Bool

  init(priority: Int, least: Int, isFill: Bool) {
    self.priority = priority
    self.least = least
    self.isFill = isFill
    wanted = least
  }

  static func slots(of demands: [Demand], in rect: Rect) -> [TableLayout.Slot] {
    // A margin of one column at both sides, where that is affordable.
    let margin = rect.columns >= 20 ? 1 : 0
    let room = rect.columns - 2 * margin
    guard room > 0 else { return [] }
    let widths = widths(of: demands, in: room)
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

  /// The widths of the columns that are kept, nil for the others. The more important come first:
  /// none of them is cut to make room for a lesser one. Of equals, each gets the least it needs
  /// before any gets more.
  private static func widths(of demands: [Demand], in room: Int) -> [Int?] {
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
}
