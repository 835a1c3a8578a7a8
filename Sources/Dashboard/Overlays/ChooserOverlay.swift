internal import Canvas
internal import SentinelInsight

/// A list to choose from with the line that cuts it down.
enum ChooserOverlay {
  static func draw(_ chooser: Chooser, _ state: State, into grid: inout Grid) {
    let bounds = state.layout.middle
    let choices = chooser.choices(in: state)
    let room = room(of: chooser, state)
    let selected = min(chooser.selected, max(0, choices.count - 1))
    let visible = scroll(selected, choices.count, room)
    let frame = Frame(
      Text(chooser.title), footer: PaneFrame.position(visible, of: choices.count),
      isFocused: true)
    let content = Size(columns: columns(in: bounds), rows: room + 1)
    let inside = frame.drawOverlay(into: &grid, in: bounds, content: content)
    guard inside.rows > 0 else { return }
    let prompt = Text(": ", .key)
    grid.put(prompt, in: inside.row(0))
    chooser.field.draw(into: &grid, in: inside.row(0).inset(left: prompt.columns))
    let list = inside.inset(top: 1)
    guard !choices.isEmpty else {
      grid.put(Text(emptyWords(chooser), .dim), in: list.row(0))
      return
    }
    let hasKeys = choices.contains { !$0.keys.isEmpty }
    for (line, index) in visible.enumerated() {
      let place = list.row(line)
      grid.put(text(choices[index], state, columns: list.columns, hasKeys), in: place)
      if index == selected { grid.tint(place, on: .selection) }
    }
  }

  /// How many choices are in view.
  static func room(of chooser: Chooser, _ state: State) -> Int {
    let most = max(1, state.layout.middle.rows - 3)
    // As many as there were before anything was typed, so that the box stands still.
    let all = Chooser(chooser.kind).choices(in: state).count
    return min(max(1, all), max(1, min(most, 18)))
  }

  /// The choice that is drawn at a place of the screen.
  static func choice(at position: Position, _ chooser: Chooser, _ state: State) -> Int? {
    let bounds = state.layout.middle
    let room = room(of: chooser, state)
    let content = Size(columns: columns(in: bounds), rows: room + 1)
    let list = Frame.insideOfOverlay(in: bounds, content: content).inset(top: 1)
    guard list.contains(position) else { return nil }
    let count = chooser.choices(in: state).count
    let visible = scroll(min(chooser.selected, max(0, count - 1)), count, room)
    let index = visible.lowerBound + position.row - list.top
    return visible.contains(index) ? index : nil
  }

  private static func scroll(_ selected: Int, _ count: Int, _ room: Int) -> Range<Int> {
    Scroll(top: max(0, selected - room / 2)).visible(of: count, in: room)
  }

  private static func columns(in rect: Rect) -> Int { max(1, min(108, rect.columns - 4)) }

  private static func text(
    _ choice: Choice, _ state: State, columns: Int, _ hasKeys: Bool
  ) -> Text {
    let isRefused = choice.refusal != nil
    let keys = choice.keys.map { Text($0.name(state.symbols), isRefused ? .disabled : .key) }
      .joined(separator: " ")
    let width = columns >= 50 ? 29 : hasKeys ? columns - 8 : min(20, columns)
    let title = Text(choice.title, isRefused ? .disabled : .text).padded(to: max(1, width))
    guard columns >= 50, hasKeys else {
      guard hasKeys else { return title + " " + Text(choice.detail, .dim) }
      return title + " " + (isRefused ? Text("–", .disabled) : keys)
    }
    let detail = choice.refusal.map { Text($0, .warning) } ?? Text(choice.detail, .dim)
    return title + " " + keys.padded(to: 12) + " " + detail
  }

  private static func emptyWords(_ chooser: Chooser) -> String {
    chooser.field.isEmpty ? "There is nothing to choose." : "Nothing is called like that."
  }
}
