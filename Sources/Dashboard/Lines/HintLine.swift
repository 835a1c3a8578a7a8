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
    grid.put(line(state, in: room.columns, last), in: room)
  }

  /// How the hints are written: shorter and shorter, the narrower the screen is.
  private struct Form {
    var isShort: Bool
    var gap: Text

    static let all = [
      Form(isShort: false, gap: "  "), Form(isShort: true, gap: "  "),
      Form(isShort: true, gap: " "),
    ]
  }

  /// As many hints as fit, and then those that always stand there. The first form is taken in which
  /// all that are of most use fit.
  private static func line(_ state: State, in columns: Int, _ last: [Text]) -> Text {
    let rows = rows(state)
    func hints(_ rows: [ActionRow], _ form: Form) -> [Text] {
      rows.compactMap { hint($0, state, isShort: form.isShort) }
    }
    let useful = rows.filter { $0.shortHint != nil }
    let fitting = Form.all.first { form in
      (hints(useful, form) + last).joined(separator: form.gap).columns <= columns
    }
    guard let form = fitting ?? Form.all.last else { return "" }
    let shown = hints(rows, form).reduce(into: [Text]()) { shown, hint in
      let line = (shown + [hint] + last).joined(separator: form.gap)
      if line.columns <= columns { shown.append(hint) }
    }
    return (shown + last).joined(separator: form.gap)
  }

  /// What can be hinted at in this mode and doesn't always stand there, the most useful first.
  private static func rows(_ state: State) -> [ActionRow] {
    let rows = ActionRow.Group.allCases.flatMap { group in
      state.keymap.rows.filter { row in
        row.group == group && row.hints[state.mode.kind] != nil
          && !(state.mode.kind == .browsing && always.contains(row.action))
          && state.refusal(of: row.action) == nil
      }
    }
    // To lock is seldom wanted; to unlock comes before all that it would allow.
    guard state.access.isUnlocked else { return rows }
    return rows.filter { $0.action != .toggleLock } + rows.filter { $0.action == .toggleLock }
  }

  private static let always: [Action] = [.showHelp, .quit]

  private static func last(_ state: State) -> [Text] {
    always.compactMap { action in
      state.keymap.row(of: action, in: state.mode.kind).flatMap { hint($0, state) }
    }
  }

  private static func hint(_ row: ActionRow, _ state: State, isShort: Bool = false) -> Text? {
    guard row.modes.contains(state.mode.kind), let whole = row.hints[state.mode.kind],
      let key = row.keys.first
    else { return nil }
    let word = isShort ? row.shortHint ?? whole : whole
    let isUnlock = row.action == .toggleLock && !state.access.isUnlocked
    return Text(key.name(state.symbols), .key) + Text(" " + (isUnlock ? "unlock" : word), .hint)
  }
}
