/// The chosen row of a list, by name, so that it survives every refresh of the list.
package struct Selection<Name: Hashable & Sendable>: Hashable, Sendable {
  package private(set) var name: Name?
  /// Where it was last seen.
  private var index = 0
  /// Whether a person chose it. Until then it stays with the first row.
  package private(set) var isChosen = false

  package init() {}

  /// Finds the row in the new list; where it has vanished, the nearest one is taken. An empty list
  /// leaves the name as it is: the row may come back.
  package mutating func follow<Row>(_ rows: [Row], by name: (Row) -> Name) {
    guard !rows.isEmpty else { return }
    if isChosen, let index = row(in: rows, by: name) {
      self.index = index
      return
    }
    index = isChosen ? min(index, rows.count - 1) : 0
    self.name = name(rows[index])
  }

  /// Moves by that many rows and stops at both ends.
  package mutating func move<Row>(by steps: Int, in rows: [Row], by name: (Row) -> Name) {
    guard !rows.isEmpty else { return }
    isChosen = true
    let (moved, overflow) = (row(in: rows, by: name) ?? index).addingReportingOverflow(steps)
    let last = rows.count - 1
    index = overflow ? (steps < 0 ? 0 : last) : min(max(0, moved), last)
    self.name = name(rows[index])
  }

  /// Chooses the row at that place, if there is one.
  package mutating func choose<Row>(_ row: Int, in rows: [Row], by name: (Row) -> Name) {
    guard rows.indices.contains(row) else { return }
    isChosen = true
    index = row
    self.name = name(rows[row])
  }

  /// Takes the present row as chosen: it no longer goes where the first row goes.
  package mutating func keep() {
    isChosen = name != nil
  }

  /// Where the row stands in that list; nil where it doesn't.
  package func row<Row>(in rows: [Row], by name: (Row) -> Name) -> Int? {
    guard let wanted = self.name else { return nil }
    if rows.indices.contains(index), name(rows[index]) == wanted { return index }
    return rows.firstIndex { name($0) == wanted }
  }
}
