internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// All commands of this session: what was sent where, what came back, and the same for a shell.
enum CommandLogPage {
  static func title(_ state: State) -> Text {
    Text("Commands of this session") + PaneFrame.counted(state.commandLog.count)
  }

  static let emptyWords = [
    Text("Nothing was sent so far. Polling isn't listed: it changes nothing.", .dim)
  ]

  static func lines(_ state: State, columns: Int) -> [Text] {
    let lines = Array(state.commandLog.map { Self.lines($0, state) }.joined(separator: [Line()]))
    return lines.flatMap { line in
      let wrapped = line.text.wrapped(to: max(1, columns - line.indent), limit: 20)
      return wrapped.isEmpty ? [Text()] : wrapped.map { Text("").padded(to: line.indent) + $0 }
    }
  }

  /// A line before it is broken: what goes on stands under its beginning.
  private struct Line {
    var indent = 0
    var text = Text()
  }

  private static func lines(_ entry: CommandLogEntry, _ state: State) -> [Line] {
    let time = Clock.exact(entry.at, today: state.now, utcOffset: state.utcOffset)
    let head = Line(text: Text(time, .dim) + " " + Text(entry.words, .accent))
    guard let answers = entry.answers else {
      return [head, Line(indent: 2, text: Text("asking …", .running))]
    }
    if answers.isEmpty { return [head, Line(indent: 2, text: Text("nobody was asked", .warning))] }
    return [head]
      + answers.flatMap { answer in
        let (symbol, role) = mark(answer.verdict)
        let label = Text(state.topology.label(of: answer.sentinel), .accent)
        return [
          Line(
            indent: 2,
            text: Text(symbol, role) + " " + label + " " + Text(answer.verdict.text, role)
              + Text(" \(Ages.fine(answer.elapsed))", .dim)),
          Line(indent: 4, text: Text(entry.shellLine(for: answer.sentinel), .dim)),
        ]
      }
  }

  private static func mark(_ verdict: Outcome.Verdict) -> (String, Role) {
    switch verdict {
    case .accepted: ("✓", .healthy)
    case .refused, .failed: ("✗", .warning)
    case .unknown: (Role.unknown.symbol, .unknown)
    }
  }
}
