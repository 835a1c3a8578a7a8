package import Canvas

/// A view that takes the whole screen between title and hints.
package enum Page: Hashable, Sendable, CaseIterable {
  case details, agreement, doctor, failovers, events, commandLog, settings

  /// What it is called, in the hint line and in help.
  package var word: String {
    switch self {
    case .details: "details"
    case .agreement: "agreement"
    case .doctor: "doctor"
    case .failovers: "failovers"
    case .events: "events"
    case .commandLog: "log"
    case .settings: "settings"
    }
  }

  /// The same where there is little room; none where it isn't worth any.
  var shortWord: String? {
    switch self {
    case .details: "more"
    case .agreement: "agree"
    case .doctor: "doctor"
    case .failovers: "history"
    case .events, .commandLog, .settings: nil
    }
  }

  /// The key that opens it, and closes it again.
  package var key: Key {
    switch self {
    case .details: .enter
    case .agreement: .character("a")
    case .doctor: .character("d")
    case .failovers: .character("t")
    case .events: .character("e")
    case .commandLog: .character("L")
    case .settings: .character(",")
    }
  }

  /// Where one begins to read.
  var start: Scroll {
    switch self {
    case .commandLog: .end
    case .details, .agreement, .doctor, .failovers, .events, .settings: Scroll()
    }
  }
}

extension Page {
  func title(_ state: State) -> Text {
    switch self {
    case .details: DetailsPage.title(state)
    case .agreement: AgreementPage.title(state)
    case .doctor: DoctorPage.title(state)
    case .failovers: FailoversPage.title(state)
    case .events: EventsPane.title(state)
    case .commandLog: CommandLogPage.title(state)
    case .settings: "Settings"
    }
  }

  /// The lines that are scrolled through, as wide as the screen is now.
  func lines(_ state: State) -> [Text] {
    let columns = Self.columns(in: state.layout.middle)
    return switch self {
    case .details: DetailsPage.lines(state, columns: columns)
    case .agreement: AgreementPage.lines(state, columns: columns)
    case .doctor: DoctorPage.lines(state, columns: columns)
    case .failovers: FailoversPage.details(state, columns: columns)
    case .commandLog: CommandLogPage.lines(state, columns: columns)
    case .events, .settings: []
    }
  }

  /// What stands there where it has no lines.
  private func emptyWords(_ state: State) -> [Text] {
    switch self {
    case .details: DetailsPage.emptyWords
    case .agreement: AgreementPage.emptyWords
    case .doctor: DoctorPage.emptyWords(state)
    case .failovers: FailoversPage.emptyWords
    case .commandLog: CommandLogPage.emptyWords
    case .events, .settings: []
    }
  }

  func draw(_ state: State, _ scroll: Scroll, into grid: inout Grid, in rect: Rect) {
    if self == .events { return EventsPage.draw(state, into: &grid, in: rect) }
    let lines = lines(state)
    let room = room(state)
    let visible = scroll.visible(of: lines.count, in: room)
    let frame = Frame(
      title(state), trailing: PaneFrame.position(visible, of: lines.count), isFocused: true)
    let inside = frame.draw(into: &grid, in: rect)
    let margin = inside.columns >= 20 ? 1 : 0
    var body = inside.inset(left: margin, right: margin)
    switch self {
    case .failovers:
      FailoversPage.drawList(state, into: &grid, in: body)
      body = body.inset(top: FailoversPage.listRows(state, in: inside.rows))
    case .settings:
      return SettingsPage.draw(state, into: &grid, in: body)
    case .details, .agreement, .doctor, .events, .commandLog: break
    }
    guard !lines.isEmpty else {
      PaneFrame.draw(emptyWords(state), into: &grid, in: inside)
      return
    }
    for (row, index) in visible.enumerated() {
      grid.put(lines[index].marking(state.search), in: body.row(row))
    }
  }

  /// How many lines are in view there.
  func room(_ state: State) -> Int {
    let rows = Frame.inside(of: state.layout.middle).rows
    return switch self {
    case .events: EventsPage.list(in: state.layout.middle).inside.rows
    case .failovers: max(0, rows - FailoversPage.listRows(state, in: rows))
    case .details, .agreement, .doctor, .commandLog, .settings: rows
    }
  }

  /// How wide a line may be there.
  private static func columns(in rect: Rect) -> Int {
    max(1, rect.columns - (rect.columns >= 22 ? 4 : 2))
  }
}

extension Text {
  /// The same with what was searched for marked.
  func marking(_ search: Search?) -> Text {
    guard let search, search.isFound(in: plain) else { return self }
    var marked = Text()
    for run in runs {
      var rest = run.text[...]
      while let place = search.range(in: rest) {
        marked += Text(String(rest[..<place.lowerBound]), run.role)
        marked += Text(String(rest[place]), .match)
        rest = rest[place.upperBound...]
      }
      marked += Text(String(rest), run.role)
    }
    return marked
  }
}
