package import Canvas

/// A view that takes the whole screen between title and hints: lines that are scrolled through.
package enum Page: Hashable, Sendable, CaseIterable {
  case details, agreement, doctor, failovers, commandLog

  /// What it is called, in the hint line and in help.
  package var word: String {
    switch self {
    case .details: "details"
    case .agreement: "agreement"
    case .doctor: "doctor"
    case .failovers: "failovers"
    case .commandLog: "commands"
    }
  }

  /// The same where there is little room; none where it isn't worth any.
  var shortWord: String? {
    switch self {
    case .details: "more"
    case .agreement: "agree"
    case .doctor: "doctor"
    case .failovers: "history"
    case .commandLog: nil
    }
  }

  /// The key that opens it, and closes it again.
  package var key: Key {
    switch self {
    case .details: .enter
    case .agreement: .character("a")
    case .doctor: .character("d")
    case .failovers: .character("t")
    case .commandLog: .character("L")
    }
  }

  /// Where one begins to read.
  var start: Scroll {
    switch self {
    case .details, .agreement, .doctor, .failovers: Scroll()
    case .commandLog: .end
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
    case .commandLog: CommandLogPage.title(state)
    }
  }

  func lines(_ state: State, columns: Int) -> [Text] {
    switch self {
    case .details: DetailsPage.lines(state, columns: columns)
    case .agreement: AgreementPage.lines(state, columns: columns)
    case .doctor: DoctorPage.lines(state, columns: columns)
    case .failovers: FailoversPage.lines(state, columns: columns)
    case .commandLog: CommandLogPage.lines(state, columns: columns)
    }
  }

  /// What stands there where it has no lines.
  func emptyWords(_ state: State) -> [Text] {
    switch self {
    case .details: DetailsPage.emptyWords
    case .agreement: AgreementPage.emptyWords
    case .doctor: DoctorPage.emptyWords(state)
    case .failovers: FailoversPage.emptyWords
    case .commandLog: CommandLogPage.emptyWords
    }
  }

  func draw(_ state: State, _ scroll: Scroll, into grid: inout Grid, in rect: Rect) {
    let lines = lines(state, columns: Self.columns(in: rect))
    let visible = scroll.visible(of: lines.count, in: Self.room(in: rect))
    let frame = Frame(
      title(state), trailing: PaneFrame.position(visible, of: lines.count), isFocused: true)
    let inside = frame.draw(into: &grid, in: rect)
    let margin = inside.columns >= 20 ? 1 : 0
    let room = inside.inset(left: margin, right: margin)
    guard !lines.isEmpty else {
      PaneFrame.draw(emptyWords(state), into: &grid, in: inside)
      return
    }
    for (row, line) in lines[visible].enumerated() { grid.put(line, in: room.row(row)) }
  }

  /// How many lines are in view there.
  static func room(in rect: Rect) -> Int { rect.rows < 2 ? rect.rows : rect.rows - 2 }

  /// How wide a line may be there.
  static func columns(in rect: Rect) -> Int { max(1, rect.columns - (rect.columns >= 22 ? 4 : 2)) }
}
