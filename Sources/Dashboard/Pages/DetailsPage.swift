internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// All that is known of the selected row, by whose word, and how old it is.
enum DetailsPage {
  static func title(_ state: State) -> Text {
    switch state.pane {
    case .masters: Text("Master of ") + Text(state.service?.name.shown ?? "–")
    case .replicas: Text("Replica ") + Text(replica(state)?.address.description ?? "–")
    case .sentinels: Text("Sentinel ") + Text(sentinel(state)?.address.description ?? "–")
    case .events: Text("Event ") + Text(event(state)?.title ?? "–")
    }
  }

  static let emptyWords = [Text("Nothing is selected.", .dim)]

  static func lines(_ state: State, columns: Int) -> [Text] {
    let lines =
      switch state.pane {
      case .masters: state.service.map { MasterDetails.lines($0, state) }
      case .replicas: replica(state).map { ReplicaDetails.lines($0, state) }
      case .sentinels: sentinel(state).map { SentinelDetails.lines($0, state) }
      case .events: event(state).map { EventDetails.lines($0, state) }
      }
    return (lines ?? []).flatMap { $0.laidOut(in: columns) }
  }

  private static func replica(_ state: State) -> ReplicaSummary? {
    let rows = state.shownReplicas
    return state.selectedReplica.row(in: rows, by: \.address).map { rows[$0] }
  }

  private static func sentinel(_ state: State) -> SentinelSummary? {
    let rows = state.shownSentinels
    return state.selectedSentinel.row(in: rows, by: \.address).map { rows[$0] }
  }

  static func event(_ state: State) -> LogEntry? {
    let rows = state.shownEvents
    let number = state.eventsPlace.selected(of: rows).map { rows[$0] } ?? rows.last
    return number.flatMap { state.log.entries[number: $0] }
  }
}

/// A line of details before it is broken to the width.
enum DetailLine {
  case blank
  case heading(Text)
  case text(Text)
  /// A text under a heading or another text, with a mark before it.
  case item(Text, Text)
  /// Names and values, as many beside each other as fit.
  case fields([(String, Text)])

  /// The longest value that stands beside others.
  private static let gridValue = 24

  /// A figure over the last minutes, as wide as there is room.
  static func trend(_ figure: Trends.Figure, _ state: State, unit: String) -> [DetailLine] {
    let columns = min(120, max(8, state.size.columns - 8))
    let count = state.symbols == .ascii ? columns : columns * 2
    let known = state.trends.values(of: figure, last: count, until: state.now).compactMap(\.self)
    guard known.count > 1, let most = known.max() else { return [] }
    return [
      .heading("Over time"),
      .text(state.trends.sparkline(of: figure, columns: columns, state.symbols, until: state.now)),
      .text(
        Text(
          "the last \(count) s, the newest at the right; a gap: nothing was known; highest ", .dim)
          + Text(
            unit == "B"
              ? "\(Ages.bytes(UInt64(most)))\u{A0}B" : Ages.fine(.microseconds(Int64(most))))
      ),
    ]
  }

  static func heading(_ title: String, _ age: Duration? = nil) -> DetailLine {
    .heading(Text(title, .title) + Text(age.map { "  \(Ages.words($0)) ago" } ?? "", .dim))
  }

  func laidOut(in columns: Int) -> [Text] {
    switch self {
    case .blank: return [Text()]
    case .heading(let text): return [text.truncated(to: columns)]
    case .text(let text): return text.wrapped(to: columns)
    case .item(let mark, let text):
      return text.wrapped(to: max(8, columns - 4)).enumerated().map { index, line in
        (index == 0 ? "  " + mark + " " : "    ") + line
      }
    case .fields(let fields):
      let name = min(fields.map { Glyph.columns(of: $0.0) }.max() ?? 0, max(8, columns / 2))
      // What is long, such as an id, has a line of its own: it is no use cut off.
      let long = fields.filter { $0.1.columns > Self.gridValue }.flatMap { field in
        field.1.wrapped(to: max(8, columns - name - 1)).enumerated().map { index, line in
          (index == 0 ? Text(field.0, .header) : Text()).padded(to: name) + " " + line
        }
      }
      let fields = fields.filter { $0.1.columns <= Self.gridValue }
      let value = max(10, fields.map(\.1.columns).max() ?? 0)
      let count = max(1, (columns + 2) / (name + value + 3))
      return long
        + stride(from: 0, to: fields.count, by: count).map { start in
          let row = fields[start..<min(start + count, fields.count)]
          return row.map { field in
            Text(field.0, .header).padded(to: name) + " "
              + (count == 1 ? field.1.truncated(to: columns - name - 1) : field.1.padded(to: value))
          }.joined(separator: "  ")
        }
    }
  }
}
