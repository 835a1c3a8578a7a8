internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// The failovers of this session, phase by phase, the newest first.
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

  private static func shown(_ state: State) -> [Incident] { state.incidents.reversed() }

  static func lines(_ state: State, columns: Int) -> [Text] {
    shown(state).flatMap { lines($0, state, columns) + [Text()] }
  }

  private static func lines(_ incident: Incident, _ state: State, _ columns: Int) -> [Text] {
    let words = IncidentWords(incident, state)
    let time = Clock.exact(incident.startedAt, today: state.now, utcOffset: state.utcOffset)
    let head = (Text(time, .dim) + " " + words.headline).wrapped(to: max(8, columns - 2))
    var lines = head.enumerated().map { $0 == 0 ? $1 : Text("  ") + $1 }
    lines += words.facts.wrapped(to: max(8, columns - 2)).map { Text("  ") + $0 }
    lines += phases(incident, state, columns)
    for attempt in incident.attempts where attempt.failure != nil {
      lines += words.failure(of: attempt).wrapped(to: max(8, columns - 2)).map { Text("  ") + $0 }
    }
    if let missing = words.missing {
      lines += missing.wrapped(to: max(8, columns - 2)).map { Text("  ") + $0 }
    }
    return lines
  }

  /// One line a phase: when it began, how long it lasted, a bar on a common scale, who told.
  private static func phases(_ incident: Incident, _ state: State, _ columns: Int) -> [Text] {
    let phases = incident.phases
    let begin = incident.startedAt
    let ends = phases.map { $0.end ?? ($0.state == .running ? state.now : $0.start) }
    let whole = max(.milliseconds(1), (ends.max() ?? begin).duration(since: begin))
    let room = max(0, min(60, columns - 50))
    let figure = columns < 60 ? 6 : 8
    return phases.enumerated().map { index, phase in
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
