internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// The lowest line while a filter or a search is typed: what for, the text, what is wrong with it or how
/// much it leaves.
enum EntryLine {
  static func draw(_ entry: Entry, _ state: State, into grid: inout Grid, in rect: Rect) {
    let what = entry.pane.map { " \($0.title.lowercased())" } ?? ""
    let word = entry.purpose == .filter ? "filter" : "search"
    let prompt = Text("/ ", .key) + Text(rect.columns >= 50 ? "\(word)\(what): " : "", .hint)
    let note = self.note(entry, state)
    let shown = note.truncated(to: max(0, rect.columns * 2 / 3))
    grid.put(prompt, in: rect)
    entry.field.draw(
      into: &grid, in: rect.inset(left: prompt.columns, right: shown.columns + 1))
    grid.put(shown, in: rect, .right)
  }

  private static func note(_ entry: Entry, _ state: State) -> Text {
    if let mistake = entry.mistake { return Text(mistake, .warning) }
    let other = entry.purpose == .filter ? "search" : "filter"
    let keys =
      entry.pane == .events ? Text("Tab", .key) + Text(" \(other)  ", .hint) : Text()
    guard let pane = entry.pane, entry.purpose == .filter else { return keys }
    if entry.field.isEmpty {
      let fields = state.fields(of: pane).filter { !$0.isEmpty }.prefix(4).joined(separator: " ")
      return keys + Text("text, /regex/, !not, field: \(fields) …", .dim)
    }
    let (shown, all) = state.counts(of: pane)
    return keys + Text("\(shown) of \(all)", shown == 0 ? .warning : .dim)
  }
}

extension State {
  /// How many rows of a list are shown, and how many there are.
  func counts(of pane: Pane) -> (shown: Int, all: Int) {
    switch pane {
    case .masters: (shownServices.count, services.count)
    case .replicas: (shownReplicas.count, replicas?.count ?? 0)
    case .sentinels: (shownSentinels.count, sentinels.count)
    case .events: (shownEvents.count, log.entries.count)
    }
  }
}
