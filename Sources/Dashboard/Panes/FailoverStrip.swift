internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// A failover in two lines while it runs: its phases with bars, and when each began.
enum FailoverStrip {
  static func draw(
    _ incident: Incident, _ state: State, into grid: inout Grid, in place: Layout.Place
  ) {
    let words = IncidentWords(incident, state)
    var title = words.headline
    if let figure = words.withoutMaster { title += Text(" · ", .dim) + figure }
    let inside = Frame(title, joins: true).draw(into: &grid, in: place.rect)
    guard inside.rows >= 2 else { return }
    let room = inside.inset(left: 1, right: 1)
    let next = next(incident, words, state).truncated(to: room.columns / 2)
    let bar = Rect(
      left: room.left, top: room.top, columns: room.columns - next.columns - (next.isEmpty ? 0 : 2),
      rows: 1)
    let segments = segments(incident, state, room: bar.columns)
    grid.put(segments.map(\.bar).joined(separator: " "), in: bar)
    grid.put(
      segments.map(\.start).joined(separator: " "),
      in: Rect(left: bar.left, top: bar.top + 1, columns: bar.columns, rows: 1))
    grid.put(next, in: room.row(0), .right)
  }

  private struct Segment {
    var bar: Text
    var start: Text
  }

  /// As wide as they lasted long, as far as there is room; the oldest go where there is none.
  private static func segments(_ incident: Incident, _ state: State, room: Int) -> [Segment] {
    var phases = incident.phases.filter(\.kind.isOfChain)
    let heads = { (phase: Phase) -> String in
      guard let progress = phase.progress else { return phase.title }
      return "\(phase.title) \(progress.done)" + (progress.of.map { "/\($0)" } ?? "")
    }
    let least = { (phase: Phase) -> Int in max(Glyph.columns(of: heads(phase)) + 3, 6) }
    while phases.count > 1, phases.map(least).reduce(phases.count - 1, +) > room {
      phases.removeFirst()
    }
    let spare = max(0, room - phases.map(least).reduce(max(0, phases.count - 1), +))
    let lengths = phases.map { $0.duration(at: state.now) ?? .zero }
    let whole = lengths.reduce(Duration.zero, +)
    return zip(phases, lengths).map { phase, length in
      let width = least(phase) + Int(Double(spare) * length.ratio(to: max(whole, .milliseconds(1))))
      let head = heads(phase)
      let mark = phase.state == .running ? "╍" : phase.isFailed ? "✖" : "━"
      let count = max(0, width - Glyph.columns(of: head) - 1)
      let rest = phase.isFailed ? mark : String(repeating: mark, count: count)
      let start = Seconds.words(phase.start.duration(since: incident.startedAt))
      return Segment(
        bar: (Text(head, phase.role) + " " + Text(rest, phase.state == .done ? .graph : phase.role))
          .padded(to: width),
        start: Text(start, .dim).padded(to: width))
    }
  }

  /// What is waited for, and how long it may take; who is missing once the new master stands.
  private static func next(_ incident: Incident, _ words: IncidentWords, _ state: State) -> Text {
    guard incident.isOpen else { return "" }
    if incident.newMaster != nil, let missing = words.missing,
      incident.phases.last(where: {
        $0.kind.isOfChain
      })?.state != .running
    {
      return missing
    }
    guard let phase = incident.phases.last(where: { $0.kind.isOfChain && $0.state == .running })
    else { return "" }
    guard let left = phase.timeLeft(at: state.now) else { return Text(phase.kind.words, .dim) }
    return Text(phase.kind.words + ", at most \(Ages.words(left))", .dim)
  }
}

extension Phase {
  fileprivate var isFailed: Bool { if case .failed = state { true } else { false } }
}
