internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// What was announced and what was done, the newest at the bottom.
enum EventsPane {
  static func draw(_ state: State, into grid: inout Grid, in place: Layout.Place) {
    let log = state.log.entries
    let numbers = log.dropped..<log.next
    let room = place.inside.rows
    let bottom = state.eventsPlace.bottom(of: numbers, in: room)
    let visible = max(numbers.lowerBound, bottom - room + 1)..<(bottom + 1)
    let inside = PaneFrame.draw(
      .events, state, title: title(state, newer: numbers.upperBound - visible.upperBound),
      into: &grid, in: place)
    let rows = visible.compactMap { log[number: $0] }
    let selected = state.pane == .events ? state.eventsPlace.selected : nil
    Table(
      columns(state, width: inside.columns), rows: rows,
      selected: selected.map { $0 - visible.lowerBound }, isFocused: true,
      placeholder: "Nothing was announced so far."
    ).draw(into: &grid, in: inside)
  }

  /// Where in the log we are: at its end, or before what is newer.
  static func title(_ state: State, newer: Int) -> Text {
    let separator = Text(" · ", .dim)
    let place =
      state.eventsPlace.isFollowing
      ? Text("following", .dim)
      : Text(newer == 0 ? "held" : "\(newer) newer below", .warning) + Text(", G follows", .dim)
    return Text("Events") + separator + Text("all", .dim) + separator + place
  }

  static func columns(_ state: State, width: Int) -> [Column<LogEntry>] {
    let (topology, now, offset) = (state.topology, state.now, state.utcOffset)
    let isNarrow = width < 60
    return [
      Column("", .fixed(isNarrow ? 8 : 12), priority: 8) {
        Text(
          isNarrow
            ? Clock.time($0.at, utcOffset: offset)
            : Clock.exact($0.at, today: now, utcOffset: offset), .dim)
      },
      Column("", .fixed(1), priority: 10) { symbol($0.severity) },
      Column("", .fit(min: 4, max: max(8, width / 7)), priority: 7) {
        Text($0.service?.shown ?? "")
      },
      Column("", .fit(min: 14, max: max(16, width / 4)), priority: 5) {
        Text($0.title, $0.severity.role)
      },
      Column("", .filling(atLeast: min(52, width * 11 / 20)), priority: 9) {
        Text($0.words(in: topology), $0.severity == .info ? .dim : .text)
      },
      Column("", .fit(min: 2, max: 20), priority: 6) { entry in
        Text(entry.sources.map { topology.label(of: $0.sentinel) }.joined(separator: " "), .accent)
      },
      Column("", .fit(min: 3, max: 16), priority: 4) { Text(spread($0), .dim) },
    ]
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
