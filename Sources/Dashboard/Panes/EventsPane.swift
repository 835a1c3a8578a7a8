internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// What was announced and what was done, the newest at the bottom.
enum EventsPane {
  static func draw(_ state: State, into grid: inout Grid, in place: Layout.Place) {
    let rows = state.shownEvents
    let visible = state.eventsPlace.visible(of: rows, in: place.inside.rows)
    let inside = PaneFrame.draw(.events, state, title: title(state), into: &grid, in: place)
    guard !rows.isEmpty || !state.view(of: .events).isPartial else {
      return PaneFrame.draw(PaneFrame.nothingMatches(.events, state), into: &grid, in: inside)
    }
    let isFocused = state.activePane == .events
    let selected = isFocused ? state.eventsPlace.selected(of: rows) : nil
    Table(
      columns(state, width: inside.columns),
      rows: visible.compactMap { state.log.entries[number: rows[$0]] },
      selected: selected.map { $0 - visible.lowerBound }, isFocused: true,
      placeholder: "Nothing was announced so far."
    ).draw(into: &grid, in: inside)
    // What was searched for is marked where it stands.
    guard let search = state.view(of: .events).search else { return }
    for row in inside.top..<inside.bottom { grid.mark(search, inRow: row, within: inside) }
  }

  /// Where in the log we are: at its end, or before what is newer.
  static func title(_ state: State) -> Text {
    let separator = Text(" · ", .dim)
    let rows = state.shownEvents
    let page = state.mode.page == .events
    let room =
      page ? Page.events.room(state) : state.layout.panes[.events]?.inside.rows ?? 1
    let newer = rows.count - state.eventsPlace.visible(of: rows, in: room).upperBound
    let place =
      state.eventsPlace.isFollowing
      ? Text(state.playback.isLive ? "following" : "up to then", .dim)
      : Text(newer == 0 ? "held" : "\(newer) newer below", .warning)
        + Text(
          ", \(state.activePane == .events ? "" : Pane.events.key.name(state.symbols) + " ")"
            + "\(state.keyName(of: .moveToLast)) follows", .dim)
    let count =
      state.view(of: .events).isPartial ? Text("\(rows.count)", .match) : Text("all", .dim)
    return Text("Events") + separator + count + separator + place
  }

  static func columns(_ state: State, width: Int) -> [Column<LogEntry>] {
    let (topology, now, offset) = (state.topology, state.now, state.utcOffset)
    let isNarrow = width < 60
    return [
      Column("", .fixed(isNarrow ? 8 : 12), priority: 8, field: "time") {
        Text(
          isNarrow
            ? Clock.time($0.at, utcOffset: offset)
            : Clock.exact($0.at, today: now, utcOffset: offset), .dim)
      },
      Column("", .fixed(1), priority: 10) { symbol($0.severity) },
      Column("", .fit(min: 4, max: max(8, min(width, 400) / 7)), priority: 7, field: "master") {
        Text($0.service?.shown ?? "")
      },
      Column("", .fit(min: 14, max: max(16, min(width, 400) / 4)), priority: 5, field: "event") {
        Text($0.title, $0.severity.role)
      },
      Column("", .filling(atLeast: min(52, min(width, 400) * 11 / 20)), priority: 9, field: "text")
      {
        Text($0.words(in: topology), $0.severity == .info ? .dim : .text)
      },
      Column("", .fit(min: 2, max: 20), priority: 6, field: "sentinel") { entry in
        Text(entry.sources.map { topology.label(of: $0.sentinel) }.joined(separator: " "), .accent)
      },
      Column("", .fit(min: 10, max: 16), priority: 4) { Text(spread($0), .dim) },
    ] + (width >= 150 ? [raw] : [])
      + (width == .max
        ? [Column("", .fixed(1), field: "severity") { Text($0.severity.rawValue) }] : [])
  }

  /// The words on the wire, where there is room for them.
  private static let raw = Column<LogEntry>("", .fit(min: 20, max: 64), priority: 3, field: "raw") {
    switch $0.fact {
    case .event(let event), .observed(let event): Text(event.payload, .dim)
    default: ""
    }
  }

  private static func symbol(_ severity: Severity) -> Text {
    switch severity {
    case .critical, .warning: .symbol(severity.role)
    case .notice, .info: Text("·", .dim)
    }
  }

  /// How far apart those who said it were, and how often it was said again.
  private static func spread(_ entry: LogEntry) -> String {
    var words: [String] = []
    if entry.repeats > 0 { words.append("×\(entry.repeats + 1)") }
    if entry.sources.count > 1 {
      let spread = entry.spread
      let time = spread < .seconds(1) ? "\(spread.inMilliseconds) ms" : spread.inSeconds
      words.append("over \(time)")
    }
    return words.joined(separator: " ")
  }
}

extension Grid {
  /// Marks what was searched for where it stands in a row.
  fileprivate mutating func mark(_ search: Search, inRow row: Int, within rect: Rect) {
    let text = self.text(row: row)
    guard search.isFound(in: text), let place = search.range(in: text[...]) else { return }
    let left = Glyph.columns(of: String(text[..<place.lowerBound]))
    put(
      String(text[place]), at: Position(column: left, row: row), role: .match, in: rect)
  }
}

extension Severity {
  /// The role that shows it.
  var role: Role {
    switch self {
    case .critical: .critical
    case .warning: .warning
    case .notice: .text
    case .info: .dim
    }
  }
}
