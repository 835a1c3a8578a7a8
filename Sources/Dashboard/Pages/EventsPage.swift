internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// All events on the whole screen; below them, where there is room, what the chosen one means.
enum EventsPage {
  static func draw(_ state: State, into grid: inout Grid, in rect: Rect) {
    EventsPane.draw(state, into: &grid, in: list(in: rect))
    guard let below = explanation(in: rect) else { return }
    let entry = DetailsPage.event(state)
    let frame = Frame(entry.map { Text($0.title) } ?? "–", joins: true)
    let inside = frame.draw(into: &grid, in: below).inset(left: 1, right: 1)
    guard let entry else { return }
    let lines = EventDetails.brief(entry, state).flatMap { $0.laidOut(in: inside.columns) }
    for (row, line) in lines.prefix(inside.rows).enumerated() {
      grid.put(line, in: inside.row(row))
    }
  }

  /// Where the list is.
  static func list(in rect: Rect) -> Layout.Place {
    let rows = explanation(in: rect)?.rows ?? 1
    return Layout.Place(rect: rect.inset(bottom: rows - 1))
  }

  private static func explanation(in rect: Rect) -> Rect? {
    guard rect.rows >= 20, rect.columns >= 60 else { return nil }
    let rows = min(12, rect.rows / 3)
    return Rect(
      left: rect.left, top: rect.bottom - rows, columns: rect.columns, rows: rows)
  }
}
