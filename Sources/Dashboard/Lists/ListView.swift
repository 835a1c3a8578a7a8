internal import Canvas

/// The column that a list is ordered by, instead of worst first.
package struct Sorting: Hashable, Sendable {
  package var field: String
  package var isDescending = false
}

/// How a person wants to see a list; remembered for each.
package struct ListView: Hashable, Sendable {
  package var filter: Filter?
  package var sorting: Sorting?
  /// Only rows with something wrong.
  package var onlyProblems = false
  /// What `n` and `N` look for.
  package var search: Search?

  /// Whether rows may be left out.
  package var isPartial: Bool { filter != nil || onlyProblems }

  /// The rows that are to be shown, in the order in which they are.
  func rows<Row>(_ rows: [Row], _ columns: [Column<Row>], isProblem: (Row) -> Bool) -> [Row] {
    var rows = onlyProblems ? rows.filter(isProblem) : rows
    if let filter {
      let filter = RowFilter(filter, columns)
      rows = rows.filter(filter.matches)
    }
    if let sorting, let order = RowOrder(sorting, columns) { rows = order.sorted(rows) }
    return rows
  }

  /// Orders by the next column, and after the last one by none.
  mutating func sortByNext(of fields: [String]) {
    guard let sorting, let index = fields.firstIndex(of: sorting.field) else {
      sorting = fields.first.map { Sorting(field: $0) }
      return
    }
    self.sorting = index + 1 < fields.count ? Sorting(field: fields[index + 1]) : nil
  }

  /// By that column; the other way round if it is by it already.
  mutating func sort(by field: String) {
    let isThere = sorting?.field == field
    sorting = Sorting(field: field, isDescending: isThere ? sorting?.isDescending != true : false)
  }
}

/// A text that is looked for, in whatever case.
package struct Search: Hashable, Sendable {
  package let text: String
  private let wanted: String

  /// Nil for an empty text.
  package init?(_ text: String) {
    guard !text.isEmpty else { return nil }
    self.text = text
    wanted = text.lowercased()
  }

  package func isFound(in line: String) -> Bool { line.lowercased().contains(wanted) }

  /// Where it stands first; nil where it stands nowhere.
  func range(in text: Substring) -> Range<Substring.Index>? {
    let letters = Array(wanted)
    return text.indices.lazy.compactMap { start -> Range<Substring.Index>? in
      var index = start
      for letter in letters {
        guard index < text.endIndex, text[index].lowercased() == String(letter) else { return nil }
        index = text.index(after: index)
      }
      return start..<index
    }.first
  }

  /// The next line of so many that holds it, beginning behind one and going on from the other end.
  package func next(
    after line: Int, of count: Int, isForward: Bool, _ text: (Int) -> String
  ) -> Int? {
    guard count > 0 else { return nil }
    for step in 1...count {
      let index = ((line + (isForward ? step : -step)) % count + count) % count
      if isFound(in: text(index)) { return index }
    }
    return nil
  }
}
