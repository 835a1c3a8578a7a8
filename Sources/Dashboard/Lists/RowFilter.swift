internal import Canvas

/// A filter put to work on rows of one kind. Made for one pass: expressions are compiled for it.
struct RowFilter<Row> {
  private let columns: [Column<Row>]
  private let conditions: [Condition]

  /// No field is looked at beyond so many characters: it may come from anybody.
  private static var longest: Int { 512 }

  private struct Condition {
    var columns: [Column<Row>]
    var isInverse: Bool
    var test: (Column<Row>, Row) -> Bool
  }

  init(_ filter: Filter, _ columns: [Column<Row>]) {
    let columns = columns.filter { !$0.field.isEmpty }
    self.columns = columns
    conditions = filter.terms.map { term in
      Condition(
        columns: term.field.map { name in columns.filter { $0.field == name } } ?? columns,
        isInverse: term.isInverse, test: Self.test(term.test))
    }
  }

  func matches(_ row: Row) -> Bool {
    conditions.allSatisfy { condition in
      condition.columns.contains { condition.test($0, row) } != condition.isInverse
    }
  }

  private static func test(_ test: Filter.Test) -> (Column<Row>, Row) -> Bool {
    func text(_ column: Column<Row>, _ row: Row) -> String {
      String(column.text(row).plain.prefix(longest))
    }
    func compare(_ isMet: @escaping (Double) -> Bool) -> (Column<Row>, Row) -> Bool {
      { column, row in
        // A number that isn't known is neither less nor more.
        let number = column.number.map { $0(row) } ?? Double(text(column, row))
        return number.map(isMet) ?? false
      }
    }
    switch test {
    case .contains(let part): return { text($0, $1).lowercased().contains(part) }
    case .matches(let pattern):
      guard let expression = try? Regex(pattern).ignoresCase() else { return { _, _ in false } }
      return { text($0, $1).contains(expression) }
    case .isLess(let bound): return compare { $0 < bound }
    case .isMore(let bound): return compare { $0 > bound }
    case .isLessOrEqual(let bound): return compare { $0 <= bound }
    case .isMoreOrEqual(let bound): return compare { $0 >= bound }
    case .isNumber(let number): return compare { $0 == number }
    }
  }
}
