internal import Canvas

/// Puts rows in order by a column: by its numbers where it has some, else by its text. What isn't known
/// comes last, whichever way round; equals stay as they were.
struct RowOrder<Row> {
  private let column: Column<Row>
  private let isDescending: Bool

  /// Nil where no column has that field.
  init?(_ sorting: Sorting, _ columns: [Column<Row>]) {
    guard let column = columns.first(where: { $0.field == sorting.field }) else { return nil }
    self.column = column
    isDescending = sorting.isDescending
  }

  func sorted(_ rows: [Row]) -> [Row] {
    let keyed = rows.map { (row: $0, key: key(of: $0)) }
    return keyed.enumerated().sorted { left, right in
      switch left.element.key.compared(to: right.element.key, isDescending: isDescending) {
      case .before: true
      case .after: false
      case .same: left.offset < right.offset
      }
    }.map(\.element.row)
  }

  private func key(of row: Row) -> RowKey {
    if let number = column.number { return number(row).map(RowKey.number) ?? .unknown }
    let text = column.text(row).plain
    return text.isEmpty || text == "–" ? .unknown : .text(text.lowercased())
  }
}

/// What a row is ordered by.
private enum RowKey {
  case number(Double)
  case text(String)
  case unknown

  enum Place { case before, same, after }

  func compared(to other: RowKey, isDescending: Bool) -> Place {
    func place<Value: Comparable>(_ left: Value, _ right: Value) -> Place {
      left == right ? .same : (left < right) != isDescending ? .before : .after
    }
    return switch (self, other) {
    case (.number(let left), .number(let right)): place(left, right)
    case (.text(let left), .text(let right)): place(left, right)
    case (.unknown, .unknown): .same
    case (.unknown, _): .after
    case (_, .unknown): .before
    case (.number, .text): .before
    case (.text, .number): .after
    }
  }
}
