internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// A failover in two lines while it runs: its phases with bars, and when each began. On a small screen
/// it is one line: how far it is.
enum FailoverStrip {
  static func draw(
    _ incident: Incident, _ state: State, into grid: inout Grid, in place: Layout.Place
  ) {
    let words = IncidentWords(incident, state)
    guard place.isFramed else {
      let margin = place.rect.columns >= 20 ? 1 : 0
      let room = place.rect.inset(left: margin, right: margin)
      grid.put(words.brief(in: room.columns), in: room)
      return
    }
    let inside = Frame(words.title(in: place.rect.columns - 4), joins: true)
      .draw(into: &grid, in: place.rect)
    guard inside.rows >= 2 else { return }
    let room = inside.inset(left: 1, right: 1)
    let next = next(incident, words, state, in: room.columns)
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

  /// The least columns of a phase: its name, a bit of a bar, and room for when it began.
  private static func least(_ phase: Phase) -> Int {
    max(Glyph.columns(of: phase.head) + 3, 6)
  }

  /// As wide as they lasted long, as far as there is room; the oldest go where there is none.
  private static func segments(_ incident: Incident, _ state: State, room: Int) -> [Segment] {
    var phases = incident.phases.filter(\.kind.isOfChain)
    while phases.count > 1, phases.map(least).reduce(phases.count - 1, +) > room {
      phases.removeFirst()
    }
    let spare = max(0, room - phases.map(least).reduce(max(0, phases.count - 1), +))
    let lengths = phases.map { $0.duration(at: state.now) ?? .zero }
    let whole = lengths.reduce(Duration.zero, +)
    return zip(phases, lengths).map { phase, length in
      let width = least(phase) + Int(Double(spare) * length.ratio(to: max(whole, .milliseconds(1))))
      let head = phase.head
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

  /// What is waited for, and how long it may take, as far as the phases leave room; who is missing
  /// once the new master stands, which is worth more than the oldest phases.
  private static func next(
    _ incident: Incident, _ words: IncidentWords, _ state: State, in columns: Int
  ) -> Text {
    guard incident.isOpen else { return "" }
    let chain = incident.phases.filter(\.kind.isOfChain)
    guard let phase = chain.last(where: { $0.state == .running }) else {
      guard incident.newMaster != nil, let missing = words.missing else { return "" }
      return missing.truncated(to: columns / 2)
    }
    let room = columns - 2 - chain.map(least).reduce(max(0, chain.count - 1), +)
    let limit = phase.timeLeft(at: state.now).map { "at most \(Ages.words($0))" }
    let forms = [
      [phase.kind.words, limit].compactMap(\.self).joined(separator: ", "), phase.kind.words,
      limit ?? "",
    ]
    return Text(forms.first { Glyph.columns(of: $0) <= room } ?? "", .dim)
  }
}

extension Phase {
  fileprivate var isFailed: Bool { if case .failed = state { true } else { false } }
}
