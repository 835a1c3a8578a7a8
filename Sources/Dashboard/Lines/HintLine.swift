internal import Canvas
internal import SentinelInsight

/// The lowest line: the keys that work now, or what there is to say.
enum HintLine {
  static func draw(_ state: State, into grid: inout Grid, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let margin = rect.columns >= 20 ? 1 : 0
    let room = rect.inset(left: margin, right: margin)
    if case .typing(let entry, _) = state.mode {
      return EntryLine.draw(entry, state, into: &grid, in: room)
    }
    let last = last(state)
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
    grid.put(line(state, in: room.columns).joined(separator: ""), in: room)
  }

  /// The action whose hint is drawn at a column of the line.
  static func action(at column: Int, _ state: State, in rect: Rect) -> Action? {
    guard state.notice == nil else { return nil }
    let margin = rect.columns >= 20 ? 1 : 0
    var end = rect.left + margin
    for piece in pieces(state, in: rect.columns - 2 * margin) {
      end += piece.text.columns
      if column < end { return piece.action }
    }
    return nil
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

  /// A hint, or the space between two.
  private struct Piece {
    var text: Text
    var action: Action?
  }

  private static func line(_ state: State, in columns: Int) -> [Text] {
    pieces(state, in: columns).map(\.text)
  }

  /// As many hints as fit, and then those that always stand there. The first form is taken in which
  /// all that are of most use fit.
  private static func pieces(_ state: State, in columns: Int) -> [Piece] {
    let rows = rows(state)
    let always = lastRows(state)
    func hints(_ rows: [ActionRow], _ form: Form) -> [Text] {
      rows.compactMap { hint($0, state, isShort: form.isShort) }
    }
    let last = hints(always, Form(isShort: false, gap: ""))
    // Where changes are locked, how to unlock them is of use.
    let useful = rows.filter {
      $0.shortHint != nil || $0.action == .toggleLock && !state.access.isUnlocked
    }
    let fitting = Form.all.first { form in
      (hints(useful, form) + last).joined(separator: form.gap).columns <= columns
    }
    guard let form = fitting ?? Form.all.last else { return [] }
    var shown: [ActionRow] = []
    for row in useful + rows.filter({ !useful.contains($0) }) {
      let line = (hints(shown + [row], form) + last).joined(separator: form.gap)
      if line.columns <= columns { shown.append(row) }
    }
    shown.sort { left, right in
      (rows.firstIndex(of: left) ?? 0) < (rows.firstIndex(of: right) ?? 0)
    }
    let all =
      shown.compactMap { row in hint(row, state, isShort: form.isShort).map { (row, $0) } }
      + always.compactMap { row in hint(row, state).map { (row, $0) } }
    return all.enumerated().flatMap { index, hint in
      (index > 0 ? [Piece(text: form.gap)] : []) + [Piece(text: hint.1, action: hint.0.action)]
    }
  }

  /// What can be hinted at in this mode and doesn't always stand there, the most useful first.
  private static func rows(_ state: State) -> [ActionRow] {
    let mode = state.mode.kind
    var groups = ActionRow.Group.allCases
    // In the past the keys that lead through it come first.
    if !state.playback.isLive {
      groups = [.time] + groups.filter { $0 != .time }
    }
    var seen: Set<Action> = []
    let rows = groups.flatMap { group in
      state.keymap.rows.filter { row in
        row.group == group && row.hints[mode] != nil && row.modes.contains(mode)
          && !always(in: mode).contains(row.action)
          && state.refusal(of: row.action) == nil && seen.insert(row.action).inserted
      }
    }
    // What is of use to few comes last; to unlock comes before all that it would allow.
    let rare: Set<Action> = state.access.isUnlocked ? [.toggleLock] : []
    return rows.filter { !rare.contains($0.action) } + rows.filter { rare.contains($0.action) }
  }

  /// What always stands at the end of the line.
  private static func always(in mode: Mode.Kind) -> [Action] {
    switch mode {
    case .browsing: [.showHelp, .quit]
    case .reading: [.showHelp, .close]
    default: []
    }
  }

  private static func lastRows(_ state: State) -> [ActionRow] {
    always(in: state.mode.kind).compactMap { state.keymap.row(of: $0, in: state.mode.kind) }
  }

  private static func last(_ state: State) -> [Text] {
    lastRows(state).compactMap { hint($0, state) }
  }

  private static func hint(_ row: ActionRow, _ state: State, isShort: Bool = false) -> Text? {
    guard row.modes.contains(state.mode.kind), let whole = row.hints[state.mode.kind],
      let key = row.keys.first
    else { return nil }
    let word = isShort ? row.shortHint ?? whole : whole
    let other =
      row.action == .toggleLock && !state.access.isUnlocked
      ? "unlock" : row.action == .freeze && !state.playback.isLive ? "now" : word
    return Text(key.name(state.symbols), .key) + Text(" " + other, .hint)
  }
}
