internal import Canvas

/// The table of actions read out, and what the symbols and columns mean.
enum HelpOverlay {
  static func draw(_ state: State, _ scroll: Scroll, into grid: inout Grid, in rect: Rect) {
    let columns = columns(in: rect)
    let lines = lines(state, columns: columns)
    let visible = scroll.visible(of: lines.count, in: room(in: rect))
    let frame = Frame(
      "Help", footer: PaneFrame.position(visible, of: lines.count), isFocused: true)
    let content = Size(columns: columns, rows: min(lines.count, room(in: rect)))
    let inside = frame.drawOverlay(into: &grid, in: rect, content: content)
    for (row, line) in lines[visible].enumerated() { grid.put(line, in: inside.row(row)) }
  }

  static func room(in rect: Rect) -> Int { rect.rows < 2 ? rect.rows : rect.rows - 2 }

  static func columns(in rect: Rect) -> Int { max(1, min(100, rect.columns - 4)) }

  static func lines(_ state: State, columns: Int) -> [Text] {
    var lines: [Text] = []
    for group in ActionRow.Group.allCases {
      let entries = entries(of: group, state)
      guard !entries.isEmpty else { continue }
      lines.append(Text(group.rawValue, .title))
      for entry in entries { lines += entry.lines(columns: columns) }
      lines.append(Text())
    }
    lines.append(Text("Symbols", .title))
    for (role, meaning) in symbols {
      lines += Entry(key: .symbol(role), title: meaning).lines(columns: columns)
    }
    lines += [Text(), Text("Columns", .title)]
    for (column, meaning) in Self.meanings {
      lines += Entry(key: Text(column, .header), title: meaning).lines(columns: columns)
    }
    return lines
  }

  /// What can be explained in a line or a few.
  private struct Entry {
    var key: Text
    var title: String
    var explanation = ""

    func lines(columns: Int) -> [Text] {
      let width = columns < 50 ? 10 : 18
      let room = max(8, columns - width)
      var body = Text(title).wrapped(to: room)
      let more = Text(explanation, .dim)
      if !explanation.isEmpty {
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

  /// The rows of a group; those that go to a pane share a line.
  private static func entries(of group: ActionRow.Group, _ state: State) -> [Entry] {
    let rows = state.keymap.rows.filter { $0.group == group }
    let panes = rows.filter { if case .focus = $0.action { true } else { false } }
    var entries: [Entry] = []
    for row in rows where !panes.contains(row) {
      let isKnown =
        row.modes.isDisjoint(with: [.browsing]) && row.explanation.isEmpty
        && group == .program
      guard !isKnown else { continue }
      entries.append(
        Entry(key: keys(row.keys, state), title: row.title, explanation: row.explanation))
    }
    if !panes.isEmpty {
      entries.append(
        Entry(
          key: keys(panes.flatMap(\.keys), state),
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
  ]
}
