internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// A question, with the facts it rests on, what will happen, and what speaks against it.
enum ConfirmOverlay {
  /// Whether all of the question fits on the screen. If not, it can't be answered with yes.
  static func isReadable(_ question: Question, _ state: State) -> Bool {
    state.size.columns >= 34 && lines(question, state).count <= room(question, state)
  }

  static func draw(_ question: Question, _ state: State, into grid: inout Grid) {
    let bounds = grid.bounds
    let (lines, isWhole) = text(question, state)
    let frame = Frame(
      Text(question.request.question, .question),
      footer: isWhole ? "" : Text("in brief: enlarge to read all", .dim), isFocused: true)
    let content = content(question, state, lines: lines.count)
    let inside = frame.drawOverlay(into: &grid, in: bounds, content: content)
    let text = inside.inset(bottom: question.needsWord ? 2 : 1)
    for (row, line) in lines.prefix(text.rows).enumerated() { grid.put(line, in: text.row(row)) }
    if !isReadable(question, state), text.rows > 0 {
      let last = text.row(text.rows - 1)
      grid.fill(last, on: .overlay)
      grid.put(Text("… enlarge the screen to answer yes", .warning), in: last)
    }
    if question.needsWord { drawField(question, into: &grid, in: inside.row(inside.rows - 2)) }
    drawButtons(question, into: &grid, in: inside.row(inside.rows - 1))
  }

  /// The answer whose button is drawn at a place of the screen.
  static func action(at position: Position, _ question: Question, _ state: State) -> Action? {
    let content = content(question, state, lines: lines(question, state).count)
    let inside = Frame.insideOfOverlay(in: Rect(state.size), content: content)
    guard position.row == inside.bottom - 1 else { return nil }
    var left = inside.left
    for (choice, title) in buttons(question) {
      let width = Glyph.columns(of: title) + 4
      if (left..<left + width).contains(position.column) {
        return choice == .proceed ? .confirm : .cancel
      }
      left += width + 2
    }
    return nil
  }

  private static func buttons(_ question: Question) -> [(Question.Choice, String)] {
    question.canBeAgreedTo
      ? [(.cancel, "Cancel"), (.proceed, question.request.verb)] : [(.cancel, "Close")]
  }

  /// The room that a question wants, with a line between text and buttons where there is one.
  private static func content(_ question: Question, _ state: State, lines: Int) -> Size {
    let air = lines < room(question, state) ? 1 : 0
    return Size(
      columns: columns(in: Rect(state.size)), rows: lines + air + (question.needsWord ? 2 : 1))
  }

  /// How many lines of text there is room for.
  private static func room(_ question: Question, _ state: State) -> Int {
    state.size.rows - (question.needsWord ? 4 : 3)
  }

  /// Where the name is typed that a protected deployment wants to see.
  private static func drawField(_ question: Question, into grid: inout Grid, in rect: Rect) {
    guard let field = question.field, !rect.isEmpty else { return }
    let label = (Text("Type ", .text) + Text(question.shownWord, .key) + ": ")
      .truncated(to: rect.columns / 2)
    grid.put(label, in: rect)
    field.draw(into: &grid, in: rect.inset(left: label.columns))
  }

  private static func columns(in rect: Rect) -> Int { max(1, min(72, rect.columns - 4)) }

  /// What else there is to know, room between the sections, the words that are sent, and the list of
  /// those who are passed over are given up one after another where they don't fit.
  private static func lines(_ question: Question, _ state: State) -> [Text] {
    text(question, state).lines
  }

  private static func text(_ question: Question, _ state: State) -> (lines: [Text], isWhole: Bool) {
    let columns = columns(in: Rect(state.size))
    let room = room(question, state)
    func sections(_ part: Part) -> [[Text]] {
      Self.sections(question, state, columns: columns, part)
    }
    for part in [Part.everything, .effects] {
      let spaced = Array(sections(part).joined(separator: [Text()]))
      if spaced.count < room { return (spaced, part == .everything) }
    }
    for part in [Part.effects, .withoutWords] {
      let dense = sections(part).flatMap { $0 }
      if dense.count <= room { return (dense, false) }
    }
    return (sections(.barest).flatMap { $0 }, false)
  }

  /// How much of a question is told.
  private enum Part: Int {
    case barest, withoutWords, effects, everything
  }

  private static func sections(
    _ question: Question, _ state: State, columns: Int, _ part: Part
  ) -> [[Text]] {
    let preflight = question.preflight
    let notice = question.notice.map {
      item(.symbol(.warning), "It has changed meanwhile: \($0). Answer anew.", .warning, columns)
    }
    func items(_ severity: Severity, _ mark: Text, _ role: Role) -> [Text] {
      shown(preflight.reasons.filter { $0.severity == severity }, part)
        .flatMap { item(mark, $0, role, columns) }
    }
    let obstacles = items(.critical, .symbol(.critical), .critical)
    return [
      notice ?? [], facts(preflight, state, columns, part.rawValue > Part.withoutWords.rawValue),
      SettingsDiff.lines(preflight, state, columns),
      obstacles, items(.notice, "•", .text), items(.warning, .symbol(.warning), .warning),
      part == .everything ? items(.info, "·", .dim) : [],
    ].filter { !$0.isEmpty }
  }

  /// The sentences; of many who are passed over only the first are named.
  private static func shown(_ reasons: [Preflight.Reason], _ part: Part) -> [String] {
    let named = part == .barest ? 0 : 3
    var passed = 0
    var lines: [String] = []
    for reason in reasons {
      if reason.kind == .rejected {
        passed += 1
        if passed > named { continue }
      }
      lines.append(reason.text)
    }
    if passed > named {
      lines.append(
        "\(passed - named)\(named > 0 ? " more" : "") of the replicas can't be promoted.")
    }
    return lines
  }

  private static func facts(
    _ preflight: Preflight, _ state: State, _ columns: Int, _ hasWords: Bool
  ) -> [Text] {
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
    if hasWords { add("sent", preflight.command.publicWords.joined(separator: " ")) }
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
    var left = rect.left
    for (choice, title) in buttons(question) {
      let isChosen = question.choice == choice
      let role: Role = choice == .proceed ? .question : .text
      let button =
        Text(isChosen ? "[ " : "  ", .key) + Text(title, role)
        + Text(isChosen ? " ]" : "  ", .key)
      let place = Rect(left: left, top: rect.top, columns: button.columns, rows: 1)
        .intersection(rect)
      grid.put(button, in: place)
      if isChosen { grid.tint(place, on: .selection) }
      left += button.columns + 2
    }
    let yes = Text(question.needsWord ? "Enter" : "y", .key) + Text(" yes  ", .hint)
    let no =
      Text(question.needsWord ? "Esc" : "n", .key)
      + Text(question.canBeAgreedTo ? " no" : " close", .hint)
    let hint = question.canBeAgreedTo ? yes + no : no
    guard rect.right - left >= hint.columns else { return }
    grid.put(hint, in: rect, .right)
  }
}
