internal import Canvas

/// The table of actions read out, and what the symbols and columns mean. An entry is chosen; Enter does it.
enum HelpOverlay {
  /// What can be explained in a line or a few.
  struct Entry {
    var heading: String
    var key: Text
    var title: String
    var explanation = ""
    /// What Enter does on it.
    var action: Action?
    /// Why it can't be done now.
    var refusal: String?

    var plain: String { "\(key.plain) \(title) \(explanation)" }
  }

  static func draw(_ state: State, _ place: HelpPlace, into grid: inout Grid, in rect: Rect) {
    let columns = columns(in: rect)
    let laidOut = laidOut(state, columns: columns)
    let lines = laidOut.lines
    let chosen =
      laidOut.places.indices.contains(place.selected)
      ? laidOut.places[place.selected] : 0..<0
    let visible = visible(chosen, of: lines.count, in: room(in: rect))
    let frame = Frame(
      "Help", footer: PaneFrame.position(visible, of: lines.count), isFocused: true)
    let content = Size(columns: columns, rows: min(lines.count, room(in: rect)))
    let inside = frame.drawOverlay(into: &grid, in: rect, content: content)
    for (row, index) in visible.enumerated() {
      grid.put(lines[index], in: inside.row(row))
      if chosen.contains(index) { grid.tint(inside.row(row), on: .selection) }
    }
  }

  /// The entry that is drawn at a place of the screen.
  static func entry(at position: Position, _ place: HelpPlace, _ state: State) -> Int? {
    let rect = state.layout.middle
    let columns = columns(in: rect)
    let (lines, places) = laidOut(state, columns: columns)
    let room = room(in: rect)
    let inside = Frame.insideOfOverlay(
      in: rect, content: Size(columns: columns, rows: min(lines.count, room)))
    guard inside.contains(position), places.indices.contains(place.selected) else { return nil }
    let visible = visible(places[place.selected], of: lines.count, in: room)
    let line = visible.lowerBound + position.row - inside.top
    return places.firstIndex { $0.contains(line) }
  }

  static func room(in rect: Rect) -> Int { rect.rows < 2 ? rect.rows : rect.rows - 2 }

  private static func columns(in rect: Rect) -> Int { max(1, min(100, rect.columns - 4)) }

  /// The chosen lines stay in the middle, as far as the list goes on.
  private static func visible(_ chosen: Range<Int>, of count: Int, in room: Int) -> Range<Int> {
    // The heading before the first entry is in view with it.
    Scroll(top: max(0, chosen.lowerBound - max(1, room / 2))).visible(of: count, in: room)
  }

  /// All lines, and which of them each entry has.
  private static func laidOut(
    _ state: State, columns: Int
  ) -> (lines: [Text], places: [Range<Int>]) {
    var lines: [Text] = []
    var places: [Range<Int>] = []
    var heading = ""
    for entry in entries(state) {
      if entry.heading != heading {
        if !lines.isEmpty { lines.append(Text()) }
        lines.append(Text(entry.heading, .title))
        heading = entry.heading
      }
      let own = entry.lines(columns: columns)
      places.append(lines.count..<(lines.count + own.count))
      lines += own
    }
    return (lines, places)
  }

  static func entries(_ state: State) -> [Entry] {
    ActionRow.Group.allCases.flatMap { entries(of: $0, state) }
      + symbols.map { Entry(heading: "Symbols", key: .symbol($0), title: $1) }
      + meanings.map { Entry(heading: "Columns", key: Text($0, .header), title: $1) }
  }

  /// The rows of a group; those that go to a pane share a line.
  private static func entries(of group: ActionRow.Group, _ state: State) -> [Entry] {
    let rows = state.keymap.rows.filter {
      $0.group == group && ($0.action != .lab || !state.labNodes.isEmpty)
    }
    let panes = rows.filter { if case .focus = $0.action { true } else { false } }
    let mode = state.mode.beneath.kind
    var entries: [Entry] = []
    for row in rows where !panes.contains(row) {
      let isKnown =
        row.modes.isDisjoint(with: [.browsing, .reading]) && row.explanation.isEmpty
        && group != .answering
      guard !isKnown else { continue }
      entries.append(
        Entry(
          heading: group.rawValue, key: keys(row.keys, state), title: row.title,
          explanation: row.explanation, action: row.modes.contains(mode) ? row.action : nil,
          refusal: row.modes.contains(mode) ? state.refusal(of: row.action)?.text(in: state) : nil))
    }
    if !panes.isEmpty {
      entries.append(
        Entry(
          heading: group.rawValue, key: keys(panes.flatMap(\.keys), state),
          title: "To " + Pane.allCases.map(\.title).joined(separator: ", ")))
    }
    return entries
  }

  private static func keys(_ keys: [Key], _ state: State) -> Text {
    keys.map { Text($0.name(state.symbols), .key) }.joined(separator: " ")
  }

  private static let symbols: [(Role, String)] = [
    (.healthy, "up"), (.warning, "doesn't answer, or something differs or lacks"),
    (.critical, "down by quorum, or too few Sentinels can vote"),
    (.unknown, "nobody who knows answers"), (.running, "a failover runs"),
  ]

  private static let meanings: [(String, String)] = [
    ("silent", "no good answer for 3 s, which is not long enough to be down"),
    ("QUORUM", "Sentinels able to vote, of those that must agree that a master is down"),
    ("REPL", "replicas that are up and linked, of those known"),
    ("AGREE", "Sentinels that hold that address for the master's, of those that answer"),
    ("EPOCH", "the number of the configuration; grows with each failover"),
    ("LINK", "a replica's link to its master"),
    ("PRIO", "lower is promoted first; never: not at all"),
    ("LAG", "bytes of the master's stream that the replica hasn't taken in yet"),
    ("NEXT", "its place if a failover began now, or why it can't be promoted; ?: Sentinels differ"),
    ("RTT", "how long the Sentinel took to answer"),
    ("HELLO", "how long ago another Sentinel last heard of it"),
    ("TREND", "the last minute or so, the newest at the right; a gap: nothing was known"),
  ]
}

extension HelpOverlay.Entry {
  /// What can't be done now is told with its reason.
  func lines(columns: Int) -> [Text] {
    let width = columns < 50 ? 10 : 18
    let room = max(8, columns - width)
    var body = Text(title, refusal == nil ? .text : .disabled).wrapped(to: room)
    let more =
      refusal.map { Text("now: \($0) ", .warning) + Text(explanation, .dim) }
      ?? Text(explanation, .dim)
    if !more.isEmpty {
      let isRoomy = room >= 70
      let indent = isRoomy ? 25 : 0
      var wrapped = more.wrapped(to: room - indent).map { Text("").padded(to: indent) + $0 }
      if isRoomy, body.count == 1, let only = body.first, only.columns < indent {
        let first = more.wrapped(to: room - indent).first ?? ""
        wrapped[0] = only.padded(to: indent) + first
        body = []
      }
      body += wrapped
    }
    return body.enumerated().map { row, line in
      (row == 0 ? key : "").padded(to: width - 1) + " " + line
    }
  }
}
