internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// The failovers of this session, the newest first: a list, and of the chosen one its phases; of two, where
/// one was marked, how they compare.
enum FailoversPage {
  static func title(_ state: State) -> Text {
    Text(state.size.columns < 60 ? "Failovers" : "Failovers of this session")
      + PaneFrame.counted(shown(state).count)
  }

  static let emptyWords = [
    Text(
      "No master was in trouble so far. `sentop history` lists the failovers of earlier runs.", .dim
    )
  ]

  static func shown(_ state: State) -> [Incident] { state.incidents.reversed() }

  private static func chosen(_ state: State) -> Incident? {
    let rows = shown(state)
    return state.selectedIncident.row(in: rows, by: \.id).map { rows[$0] } ?? rows.first
  }

  /// The rows of the list with the line under it; none where there is only one to choose.
  static func listRows(_ state: State, in rows: Int) -> Int {
    let count = state.incidents.count
    return count < 2 ? 0 : min(count, max(2, rows / 3)) + 1
  }

  static func drawList(_ state: State, into grid: inout Grid, in rect: Rect) {
    let rows = shown(state)
    let room = listRows(state, in: rect.rows) - 1
    guard room > 0 else { return }
    let selected = state.selectedIncident.row(in: rows, by: \.id) ?? 0
    let visible = Scroll().revealing(selected, of: rows.count, in: room)
      .visible(of: rows.count, in: room)
    for (line, index) in visible.enumerated() {
      grid.put(self.line(rows[index], state), in: rect.row(line))
      if index == selected { grid.tint(rect.row(line), on: .selection) }
    }
    grid.fill(rect.row(room), with: "─", role: .border)
  }

  /// The failover that is drawn at a place of the screen.
  static func incident(at position: Position, _ state: State) -> Int? {
    let inside = Frame.inside(of: state.layout.middle)
    let rows = shown(state)
    let room = listRows(state, in: inside.rows) - 1
    let selected = state.selectedIncident.row(in: rows, by: \.id) ?? 0
    let visible = Scroll().revealing(selected, of: rows.count, in: max(0, room))
      .visible(of: rows.count, in: max(0, room))
    let index = visible.lowerBound + position.row - inside.top
    return position.row >= inside.top && visible.contains(index) ? index : nil
  }

  private static func line(_ incident: Incident, _ state: State) -> Text {
    let words = IncidentWords(incident, state)
    let time = Clock.exact(incident.startedAt, today: state.now, utcOffset: state.utcOffset)
    let mark = incident.id == state.markedIncident ? Text("◆ ", .key) : Text("  ")
    let figures = words.figures.map { Text(" · ", .dim) + $0 }.joined()
    return mark + Text(time, .dim) + " " + words.headline + figures
  }

  static func details(_ state: State, columns: Int) -> [Text] {
    guard let incident = chosen(state) else { return [] }
    if let marked = state.incidents.first(where: { $0.id == state.markedIncident }),
      marked.id != incident.id
    {
      return IncidentComparison.lines(marked, incident, state, columns)
    }
    return lines(incident, state, columns)
  }

  private static func lines(_ incident: Incident, _ state: State, _ columns: Int) -> [Text] {
    let words = IncidentWords(incident, state)
    let time = Clock.exact(incident.startedAt, today: state.now, utcOffset: state.utcOffset)
    func indented(_ text: Text) -> [Text] {
      text.wrapped(to: max(8, columns - 2)).map { Text("  ") + $0 }
    }
    let head = (Text(time, .dim) + " " + words.headline).wrapped(to: max(8, columns - 2))
    var lines = head.enumerated().map { $0 == 0 ? $1 : Text("  ") + $1 }
    lines += indented(words.facts)
    lines += phases(incident, state, columns)
    for attempt in incident.attempts where attempt.failure != nil {
      lines += indented(words.failure(of: attempt))
    }
    if let missing = words.missing { lines += indented(missing) }
    return lines
  }

  /// One line a phase: when it began, how long it lasted, a bar on a common scale, who told.
  private static func phases(_ incident: Incident, _ state: State, _ columns: Int) -> [Text] {
    let phases = incident.phases.enumerated().sorted {
      ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
    }.map(\.element)
    let begin = incident.startedAt
    let ends = phases.map { $0.end ?? ($0.state == .running ? state.now : $0.start) }
    let whole = max(.milliseconds(1), (ends.max() ?? begin).duration(since: begin))
    let room = max(0, min(120, columns - 50))
    let figure = columns < 60 ? 6 : 8
    let header =
      Text("  ") + Text("PHASE", .header).padded(to: 11)
      + Text("AT s", .header).padded(to: figure, .right) + " "
      + Text("TOOK s", .header).padded(to: figure, .right)
    return [header]
      + phases.enumerated().map { index, phase in
        let start = phase.start.duration(since: begin)
        let length = ends[index].duration(since: phase.start)
        var line =
          Text("  ") + Text(phase.title, phase.role).padded(to: 11)
          + Text(Seconds.words(start), .dim).padded(to: figure, .right) + " "
          + Text(phase.end == nil && phase.state != .running ? "–" : Seconds.words(length))
          .padded(to: figure, .right) + "  "
        if room > 0 {
          let from = Int(Double(room) * start.ratio(to: whole))
          let count = max(1, Int((Double(room) * length.ratio(to: whole)).rounded()))
          let bar = String(
            repeating: phase.state == .running ? "╍" : "━",
            count: min(count, room - min(from, room - 1)))
          line +=
            (Text(String(repeating: " ", count: min(from, room - 1))) + Text(bar, phase.role))
            .padded(to: room) + " "
        }
        let sources = phase.sources.map(state.topology.label(of:)).joined(separator: " ")
        // Of the way home it is who is missing, not who told.
        let isTold = phase.isObserved && (phase.kind != .homecoming || sources.isEmpty)
        let observed = isTold ? (sources.isEmpty ? "polled" : " polled") : ""
        return (line + Text(sources, .accent) + Text(observed, .dim)).truncated(to: columns)
      }
  }
}

extension State {
  /// Marks the chosen failover, or takes the mark away.
  mutating func markIncident() {
    let rows = FailoversPage.shown(self)
    let chosen = selectedIncident.row(in: rows, by: \.id).map { rows[$0].id } ?? rows.first?.id
    guard markedIncident != chosen else {
      markedIncident = nil
      return
    }
    markedIncident = chosen
    say("Marked ◆: choose another one, and they stand side by side.", .info)
  }
}
