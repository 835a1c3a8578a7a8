internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// A form: a line for each field, what is there now, and what is wrong with what was typed.
enum FormOverlay {
  static func draw(_ form: Form, _ state: State, into grid: inout Grid, in rect: Rect) {
    let place = Place(form, in: rect)
    // Where not all fields are in view, it is said which of them is.
    let isWhole = place.rows <= rect.rows - 2
    let frame = Frame(
      Text(title(form), .question),
      footer: isWhole ? "" : Text("field \(form.focus + 1) of \(form.fields.count)", .dim),
      isFocused: true)
    let content = Size(columns: place.columns, rows: place.rows)
    let inside = frame.drawOverlay(into: &grid, in: rect, content: content)
    guard !inside.isEmpty else { return }
    let foot = place.footRows(in: inside.rows)
    let (list, visible) = list(form, place, in: inside)
    if list.top > inside.top { drawHead(place, into: &grid, in: inside.row(0)) }
    for (row, index) in visible.enumerated() {
      let field = Rect(
        left: list.left, top: list.top + row * place.height, columns: list.columns,
        rows: place.height
      ).intersection(list)
      draw(
        form.fields[index], isFocused: index == form.focus, form, state, place, into: &grid, field)
    }
    if foot > 0 {
      let below = inside.inset(top: inside.rows - foot)
      drawFoot(form, state, into: &grid, in: below.inset(top: foot > 2 ? 1 : 0))
    }
  }

  /// Where the fields stand, and which of them are in view.
  private static func list(_ form: Form, _ place: Place, in inside: Rect) -> (Rect, Range<Int>) {
    let list = inside.inset(
      top: place.headRows(in: inside.rows), bottom: place.footRows(in: inside.rows))
    let room = list.rows / place.height
    let visible = Scroll().revealing(form.focus, of: form.fields.count, in: room)
      .visible(of: form.fields.count, in: max(1, room))
    return (list, visible)
  }

  /// The field that is drawn at a place of the screen.
  static func field(at position: Position, _ form: Form, in rect: Rect) -> Int? {
    let place = Place(form, in: rect)
    let content = Size(columns: place.columns, rows: place.rows)
    let (list, visible) = list(
      form, place, in: Frame.insideOfOverlay(in: rect, content: content))
    guard list.contains(position) else { return nil }
    let index = visible.lowerBound + (position.row - list.top) / place.height
    return visible.contains(index) ? index : nil
  }

  private static func title(_ form: Form) -> String {
    switch form.purpose {
    case .newService: "Monitor a new master"
    case .settings(let service): "Settings of \(service.shown)"
    }
  }

  /// How the room is divided.
  private struct Place {
    let columns: Int
    let label: Int
    /// What Sentinels have now; none where there is nothing to be told.
    let present: Int
    let isNarrow: Bool
    let fields: Int

    init(_ form: Form, in rect: Rect) {
      let hasPresent = form.purpose != .newService
      columns = max(1, min(hasPresent ? 104 : 64, rect.columns - 4))
      fields = form.fields.count
      isNarrow = columns < 60 && hasPresent
      let longest = form.fields.map(\.label.count).max() ?? 0
      label = isNarrow ? columns : longest + 2
      present = !hasPresent ? 0 : isNarrow ? columns / 2 : max(14, (columns - label) / 2)
    }

    /// Lines of a field.
    var height: Int { isNarrow ? 2 : 1 }
    var hasHead: Bool { present > 0 && !isNarrow }
    var rows: Int { fields * height + (hasHead ? 1 : 0) + 3 }

    func headRows(in rows: Int) -> Int { hasHead && rows > 4 ? 1 : 0 }
    func footRows(in rows: Int) -> Int { rows >= height + 6 ? 3 : rows >= height + 2 ? 2 : 0 }
  }

  private static func drawHead(_ place: Place, into grid: inout Grid, in rect: Rect) {
    let line =
      Text("SETTING", .header).padded(to: place.label + 2)
      + Text("NOW", .header).padded(to: place.present) + Text("NEW", .header)
    grid.put(line, in: rect)
  }

  private static func draw(
    _ field: FormField, isFocused: Bool, _ form: Form, _ state: State, _ place: Place,
    into grid: inout Grid, _ rect: Rect
  ) {
    let problem = form.problem(of: field)
    let mark: Text =
      problem != nil
      ? .symbol(.critical) : isFocused ? Text(state.symbols == .ascii ? ">" : "›", .key) : " "
    let label = Text(field.label, isFocused ? .title : .text)
    grid.put(mark + " " + label, in: rect.row(0).inset(right: rect.columns - place.label - 2))
    let line =
      place.isNarrow ? rect.row(1).inset(left: 2) : rect.row(0).inset(left: place.label + 2)
    var input = line
    if place.present > 0, case .settings(let service) = form.purpose,
      case .option(let option) = field.name
    {
      grid.put(
        Text(state.present(option, of: service), .dim).truncated(to: place.present - 2), in: line)
      input = line.inset(left: place.present)
    }
    guard !input.isEmpty else { return }
    grid.fill(input, with: " ", role: .input)
    if isFocused {
      field.input.draw(into: &grid, in: input)
    } else {
      let shown =
        field.input.isMasked ? String(repeating: "•", count: field.text.count) : field.text
      grid.put(Text(shown, .input), in: input)
    }
    if let problem {
      let words = Text(problem, .critical)
      let used = Text(field.text).columns + 2
      if used + words.columns <= input.columns { grid.put(words, in: input, .right) }
    }
  }

  /// What is wrong with the field that is typed into, or what belongs there.
  private static func drawFoot(_ form: Form, _ state: State, into grid: inout Grid, in rect: Rect) {
    guard form.fields.indices.contains(form.focus) else { return }
    let field = form.fields[form.focus]
    var text = Text(field.help, .dim)
    if let problem = form.problem(of: field) {
      text = Text.symbol(.critical) + Text(" \(problem). ", .critical) + text
    } else if case .settings(let service) = form.purpose, case .option(let option) = field.name {
      let present = state.present(option, of: service)
      text = text + Text(" Now \(present). Empty leaves it.", .dim)
    }
    let lines = text.wrapped(to: rect.columns, limit: rect.rows)
    for (row, line) in lines.enumerated() { grid.put(line, in: rect.row(row)) }
  }
}
