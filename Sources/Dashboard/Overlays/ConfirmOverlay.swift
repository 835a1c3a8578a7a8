package import Canvas
internal import SentinelInsight
internal import SentinelModel

/// A question, with the facts it rests on, what will happen, and what speaks against it.
package enum ConfirmOverlay {
  /// Whether so much of the question fits that it can be answered with yes.
  package static func isReadable(in size: Size) -> Bool { size.columns >= 34 && size.rows >= 9 }

  static func draw(_ question: Question, _ state: State, into grid: inout Grid) {
    let bounds = grid.bounds
    let columns = min(72, bounds.columns - 4)
    let most = bounds.rows - 4
    let spaced = sections(question, state, columns: columns)
    var lines = Array(spaced.joined(separator: [Text()]))
    if lines.count > most { lines = spaced.flatMap { $0 } }
    let name = question.request.service
    let frame = Frame(Text("\(question.request.verb) \(name)?", .question), isFocused: true)
    let content = Size(columns: columns, rows: min(lines.count, max(0, most)) + 2)
    let inside = frame.drawOverlay(into: &grid, in: bounds, content: content)
    let text = inside.inset(bottom: min(2, max(0, inside.rows - 1)))
    for (row, line) in lines.prefix(text.rows).enumerated() { grid.put(line, in: text.row(row)) }
    if lines.count > text.rows, text.rows > 0 {
      grid.fill(text.row(text.rows - 1), on: .overlay)
      grid.put(Text("… more than fits here", .warning), in: text.row(text.rows - 1))
    }
    drawButtons(question, into: &grid, in: inside.row(inside.rows - 1))
  }

  private static func sections(_ question: Question, _ state: State, columns: Int) -> [[Text]] {
    let preflight = question.preflight
    let notice = question.notice.map {
      item(.symbol(.warning), "It has changed meanwhile: \($0). Answer anew.", .warning, columns)
    }
    let warnings = preflight.warnings.flatMap { item(.symbol(.warning), $0, .warning, columns) }
    let consequences = preflight.consequences.flatMap { item("•", $0, .text, columns) }
    return [notice ?? [], facts(preflight, state, columns), consequences, warnings]
      .filter { !$0.isEmpty }
  }

  private static func facts(_ preflight: Preflight, _ state: State, _ columns: Int) -> [Text] {
    let facts = preflight.facts
    var lines: [Text] = []
    func add(_ name: String, _ value: String) {
      let wrapped = Text(value).wrapped(to: max(8, columns - 8), limit: 3)
      for (row, line) in wrapped.enumerated() {
        lines.append(Text(row == 0 ? name : "", .dim).padded(to: 8) + line)
      }
    }
    if let master = facts.master {
      add("master", "\(master)" + (facts.configEpoch.map { ", epoch \($0)" } ?? ""))
    }
    if facts.sentinels.count == 1, let sentinel = facts.sentinels.first {
      add("asked", "\(state.topology.label(of: sentinel)), at \(sentinel)")
    } else {
      add("asked", facts.sentinels.map { state.topology.label(of: $0) }.joined(separator: ", "))
    }
    add("sent", preflight.command.publicWords.joined(separator: " "))
    return lines
  }

  private static func item(
    _ mark: Text, _ sentence: String, _ role: Role, _ columns: Int
  ) -> [Text] {
    Text(sentence, role).wrapped(to: max(8, columns - 2), limit: 8).enumerated().map { row, line in
      (row == 0 ? mark + " " : "  ") + line
    }
  }

  /// The chosen button stands in brackets.
  private static func drawButtons(_ question: Question, into grid: inout Grid, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let buttons: [(Question.Choice, String)] = [
      (.cancel, "Cancel"), (.proceed, question.request.verb),
    ]
    var left = rect.left
    for (choice, title) in buttons {
      let isChosen = question.choice == choice
      let role: Role = choice == .proceed ? .question : .text
      let button = Text(isChosen ? "[ " : "  ", .key) + Text(title, role)
        + Text(isChosen ? " ]" : "  ", .key)
      let place = Rect(left: left, top: rect.top, columns: button.columns, rows: 1)
        .intersection(rect)
      grid.put(button, in: place)
      if isChosen { grid.tint(place, on: .selection) }
      left += button.columns + 2
    }
    let hint = Text("y", .key) + Text(" yes  ", .hint) + Text("n", .key) + Text(" no", .hint)
    guard rect.right - left >= hint.columns else { return }
    grid.put(hint, in: rect, .right)
  }
}
