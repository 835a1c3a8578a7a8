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
    if let notice = state.notice {
      let tail = last(state).joined(separator: "  ")
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
    var gap: Int

    static let all = [
      Form(isShort: false, gap: 2), Form(isShort: true, gap: 2), Form(isShort: true, gap: 1),
    ]
  }

  /// A hint, or the space between two.
  private struct Piece {
    var text: Text
    var action: Action?
    var columns: Int

    init(_ text: Text, _ action: Action? = nil) {
      self.text = text
      self.action = action
      columns = text.columns
    }
  }

  private static func line(_ state: State, in columns: Int) -> [Text] {
    pieces(state, in: columns).map(\.text)
  }

  /// As many hints as fit, and then those that always stand there. The first form is taken in which
  /// all that are of most use fit.
  private static func pieces(_ state: State, in columns: Int) -> [Piece] {
    let rows = rows(state)
    let last = lastRows(state).compactMap { piece($0, state, isShort: false) }
    let tail = last.reduce(0) { $0 + $1.columns }
    // Where changes are locked, how to unlock them is of use.
    let isUseful = rows.map {
      $0.shortHint != nil || $0.action == .toggleLock && !state.access.isUnlocked
        || $0.group == .time && !state.playback.isLive
    }
    var chosen: [Piece] = []
    for (number, form) in Form.all.enumerated() {
      let hints = rows.map { piece($0, state, isShort: form.isShort) }
      func width(_ indices: [Int]) -> Int {
        indices.reduce(tail) { $0 + (hints[$1]?.columns ?? 0) }
          + form.gap * max(0, indices.count + last.count - 1)
      }
      var shown = rows.indices.filter { isUseful[$0] && hints[$0] != nil }
      guard width(shown) <= columns || number == Form.all.count - 1 else { continue }
      var used = tail + form.gap * max(0, last.count - 1)
      let wanted = shown + rows.indices.filter { !isUseful[$0] }
      shown = []
      for index in wanted {
        guard let hint = hints[index] else { continue }
        let more = hint.columns + (used > 0 ? form.gap : 0)
        guard used + more <= columns else { continue }
        used += more
        shown.append(index)
      }
      chosen = shown.sorted().compactMap { hints[$0] } + last
      let gap = Text(String(repeating: " ", count: form.gap))
      return chosen.enumerated().flatMap { index, hint in
        index > 0 ? [Piece(gap), hint] : [hint]
      }
    }
    return chosen
  }

  /// What can be hinted at in this mode and doesn't always stand there, the most useful first.
  private static func rows(_ state: State) -> [ActionRow] {
    let mode = state.mode.kind
    let always = always(in: mode)
    let rows = state.keymap.hintedRows(in: mode).filter {
      !always.contains($0.action) && state.refusal(of: $0.action) == nil
    }
    // In the past the keys that lead through it come first.
    guard state.playback.isLive else {
      return rows.filter { $0.group == .time } + rows.filter { $0.group != .time }
    }
    // What is of use to few comes last; to unlock comes before all that it would allow.
    guard state.access.isUnlocked else { return rows }
    return rows.filter { $0.action != .toggleLock } + rows.filter { $0.action == .toggleLock }
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

  private static func piece(_ row: ActionRow, _ state: State, isShort: Bool) -> Piece? {
    hint(row, state, isShort: isShort).map { Piece($0, row.action) }
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
