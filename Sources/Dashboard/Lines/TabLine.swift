internal import Canvas

/// The panes by number, where there is room for one of them only.
enum TabLine {
  static func draw(_ state: State, into grid: inout Grid, in rect: Rect) {
    let forms = [tabs(state, " ", "  "), tabs(state, "", " "), short(state)]
    let margin = rect.columns >= 20 ? 1 : 0
    let room = rect.inset(left: margin, right: margin)
    let form = forms.first { $0.columns <= room.columns } ?? short(state)
    grid.put(form, in: room)
  }

  /// The pane whose tab is drawn at a column.
  static func pane(at column: Int, _ state: State, in rect: Rect) -> Pane? {
    let margin = rect.columns >= 20 ? 1 : 0
    let room = rect.columns - 2 * margin
    let gap = [tabs(state, " ", "  "), tabs(state, "", " ")].firstIndex { $0.columns <= room }
    var end = rect.left + margin
    for pane in Pane.allCases {
      let key = Glyph.columns(of: pane.key.name(state.symbols))
      let title = Glyph.columns(of: pane.title)
      switch gap {
      case 0: end += key + 1 + title + 2
      case 1: end += key + title + 1
      default: end += key + (pane == state.pane ? 1 + title : 0) + 1
      }
      if column < end { return pane }
    }
    return nil
  }

  private static func tabs(_ state: State, _ space: String, _ gap: Text) -> Text {
    Pane.allCases.map { pane in
      let role: Role = pane == state.pane ? .tabActive : .tab
      return Text(pane.key.name(state.symbols), .key) + Text(space + pane.title, role)
    }.joined(separator: gap)
  }

  /// The other panes by their numbers only.
  private static func short(_ state: State) -> Text {
    Pane.allCases.map { pane in
      let number = Text(pane.key.name(state.symbols), .key)
      return pane == state.pane ? number + Text(" " + pane.title, .tabActive) : number
    }.joined(separator: " ")
  }
}
