internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// An entry of the log: what it means, what comes next, who said it.
enum EventDetails {
  /// The most of it in few lines: who said it stands in the list already.
  static func brief(_ entry: LogEntry, _ state: State) -> [DetailLine] {
    var lines: [DetailLine] = [.text(Text(entry.words(in: state.topology), entry.severity.role))]
    guard let event = entry.announced else { return lines }
    if let explanation = EventDictionary.explanation(of: event) {
      lines += [
        .text(Text(explanation.meaning)), .text(Text("Next: ", .dim) + Text(explanation.next)),
        .text(Text("Unusual: ", .dim) + Text(explanation.unusual, .dim)),
      ]
    }
    return lines + [.text(Text("\(event.channel) \(event.payload)", .dim))]
  }

  static func lines(_ entry: LogEntry, _ state: State) -> [DetailLine] {
    var lines: [DetailLine] = [.text(Text(entry.words(in: state.topology), entry.severity.role))]
    if let event = entry.announced {
      lines.append(.text(Text("\(event.channel) \(event.payload)", .dim)))
      if let explanation = EventDictionary.explanation(of: event) {
        lines += [
          .blank, .heading("What it means"), .text(Text(explanation.meaning)), .blank,
          .heading("What comes next"), .text(Text(explanation.next)), .blank,
          .heading("What would be unusual"), .text(Text(explanation.unusual)),
        ]
      }
    }
    guard !entry.sources.isEmpty else { return lines }
    lines += [.blank, .heading("Who said it")]
    lines += entry.sources.map { source in
      let time = Clock.exact(source.at, today: state.now, utcOffset: state.utcOffset)
      let later = source.at.duration(since: entry.at)
      return .text(
        Text(time, .dim) + " " + Text(state.topology.label(of: source.sentinel), .accent)
          + Text(" \(source.sentinel)")
          + Text(later > .zero ? "  \(Measure.time(later)) later" : "", .dim))
    }
    return lines
  }
}

extension LogEntry {
  /// The event that was announced, or should have been.
  fileprivate var announced: SentinelEvent? {
    switch fact {
    case .event(let event), .observed(let event): event
    default: nil
    }
  }
}
