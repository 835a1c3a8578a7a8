internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// Two failovers side by side: how long each phase took, and what the one took longer than the other.
enum IncidentComparison {
  static func lines(
    _ first: Incident, _ second: Incident, _ state: State, _ columns: Int
  ) -> [Text] {
    let incidents = [first, second]
    let width = min(24, max(12, (columns - 24) / 2))
    func line(_ name: Text, _ cells: [Text], _ difference: Text) -> Text {
      (name.padded(to: 12) + cells.reduce(Text()) { $0 + $1.padded(to: width, .right) } + "  "
        + difference.padded(to: 9, .right)).truncated(to: columns)
    }
    func times(_ name: String, _ values: [Duration?], _ role: Role = .text) -> Text {
      let cells = values.map { value in
        value.map { Text("\(Seconds.words($0)) s", role) } ?? Text("–", .dim)
      }
      return line(Text(name, role), cells, difference(values))
    }
    let heads = incidents.map { incident in
      Text(incident.id == first.id ? "◆ " : "", .key)
        + Text(
          Clock.exact(incident.startedAt, today: state.now, utcOffset: state.utcOffset), .header)
    }
    var lines = [
      line("", heads, Text("differs", .header)),
      line("", incidents.map { Text($0.service.shown, .title) }, ""),
      line(
        Text("cause", .dim), incidents.map { Text($0.cause?.rawValue ?? "–") },
        first.cause == second.cause ? "" : Text("yes", .warning)),
      line(Text("leader", .dim), incidents.map { leader(of: $0, state) }, ""),
      Text(),
    ]
    for kind in Phase.Kind.allCases {
      let phases = incidents.map { $0.phases.first { $0.kind == kind } }
      guard phases.contains(where: { $0 != nil }) else { continue }
      lines.append(times(kind.title, phases.map { $0?.duration(at: state.now) }))
    }
    lines.append(Text())
    lines.append(times("no master", incidents.map { $0.withoutMaster(at: state.now) }, .accent))
    if incidents.contains(where: { $0.twoMasters(at: state.now) != nil }) {
      lines.append(times("two masters", incidents.map { $0.twoMasters(at: state.now) }))
    }
    lines.append(times("all agree", incidents.map(\.untilAgreed)))
    lines.append(
      times("home", incidents.map { $0.homeAt?.duration(since: $0.startedAt) }))
    return lines
  }

  private static func leader(of incident: Incident, _ state: State) -> Text {
    incident.leader.map { Text(state.topology.label(of: $0), .accent) } ?? Text("–", .dim)
  }

  /// What the second one took longer, or less.
  private static func difference(_ values: [Duration?]) -> Text {
    guard let first = values.first ?? nil, let second = values.last ?? nil else { return "" }
    let isLonger = second > first
    let time = isLonger ? second - first : first - second
    guard time >= .milliseconds(5) else { return Text("same", .dim) }
    // A hair more is no finding.
    let isMuch = time > .milliseconds(500)
    return Text(
      "\(isLonger ? "+" : "−")\(Seconds.words(time)) s", isMuch && isLonger ? .warning : .text)
  }
}
