internal import Canvas
internal import SentinelInsight

/// The lowest line: the keys that work now, or what there is to say.
enum HintLine {
  static func draw(_ state: State, into grid: inout Grid, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let margin = rect.columns >= 20 ? 1 : 0
    let room = rect.inset(left: margin, right: margin)
    let last = state.mode.kind == .browsing ? last(state) : []
    let tail = last.joined(separator: "  ")
    if let notice = state.notice {
      let hasTail = room.columns >= tail.columns + 40
      let words =
        Text.symbol(notice.severity.role) + (notice.severity.role.symbol.isEmpty ? "" : " ")
        + Text(notice.text, notice.severity.role == .dim ? .text : notice.severity.role)
      grid.put(words, in: room.inset(right: hasTail ? tail.columns + 2 : 0))
      if hasTail { grid.put(tail, in: room, .right) }
      return
    }
    var line = Text()
    let needed = last.isEmpty ? 0 : tail.columns + 2
    for hint in hints(state) where line.columns + hint.columns + 2 + needed <= room.columns {
      line += (line.isEmpty ? "" : "  ") + hint
    }
    if !last.isEmpty { line += (line.isEmpty ? "" : "  ") + tail }
    grid.put(line, in: room)
  }

  /// The hints of this mode that don't always stand there, the most useful first.
  private static func hints(_ state: State) -> [Text] {
    ActionRow.Group.allCases.flatMap { group in
      state.keymap.rows.filter { row in
        row.group == group && !(state.mode.kind == .browsing && always.contains(row.action))
          && state.refusal(of: row.action) == nil
      }.compactMap { hint($0, state) }
    }
  }

  private static let always: [Action] = [.showHelp, .quit]

  private static func last(_ state: State) -> [Text] {
    always.compactMap { action in
      state.keymap.row(of: action, in: state.mode.kind).flatMap { hint($0, state) }
    }
  }

  private static func hint(_ row: ActionRow, _ state: State) -> Text? {
    guard row.modes.contains(state.mode.kind), let word = row.hints[state.mode.kind],
      let key = row.keys.first
    else { return nil }
    let isUnlock = row.action == .toggleLock && !state.access.isUnlocked
    return Text(key.name(state.symbols), .key) + Text(" " + (isUnlock ? "unlock" : word), .hint)
  }
}
