internal import Canvas
internal import SentinelInsight
internal import SentinelModel

// A click means what its place means: a row is chosen, a header sorts, a hint is done.
extension State {
  mutating func point(_ what: Key.Mouse, at position: Position, _ moment: Timestamp) -> Effect? {
    switch what {
    case .press: return click(position, moment)
    case .wheelUp: return wheel(-3, at: position)
    case .wheelDown: return wheel(3, at: position)
    case .release, .rightPress, .middlePress: return nil
    }
  }

  /// The wheel moves what is under it.
  private mutating func wheel(_ lines: Int, at position: Position) -> Effect? {
    guard mode.kind == .browsing, let under = pane(at: position), under != pane else {
      return move(by: lines)
    }
    pane = under
    return nil
  }

  private func pane(at position: Position) -> Pane? {
    // Where panes share a border, the lower one has its title there.
    layout.panes.filter { $0.value.rect.contains(position) }.max {
      $0.key.rawValue < $1.key.rawValue
    }?
    .key
  }

  private mutating func click(_ position: Position, _ moment: Timestamp) -> Effect? {
    let layout = layout
    if layout.hint.contains(position) {
      return HintLine.action(at: position.column, self, in: layout.hint)
        .flatMap { perform($0, at: moment) }
    }
    switch mode {
    case .confirming(let question):
      return ConfirmOverlay.action(at: position, question, self).flatMap { perform($0, at: moment) }
    case .choosing(var chooser, let over):
      guard let choice = ChooserOverlay.choice(at: position, chooser, self) else { return nil }
      let isSecond = chooser.selected == choice
      chooser.selected = choice
      mode = .choosing(chooser, over: over)
      // The first click shows what the second one will do.
      return isSecond ? accept(at: moment) : nil
    case .help(var place, let over):
      guard let entry = HelpOverlay.entry(at: position, place, self) else { return nil }
      place.choose(entry)
      mode = .help(place, over: over)
      return nil
    case .reading(let page, _): return click(page, position)
    case .browsing: return clickPane(position, layout)
    case .filling(var form):
      guard let field = FormOverlay.field(at: position, form, in: layout.middle) else { return nil }
      form.choose(field)
      mode = .filling(form)
      return nil
    case .typing, .following: return nil
    }
  }

  private mutating func click(_ page: Page, _ position: Position) -> Effect? {
    let inside = Frame.inside(of: layout.middle)
    switch page {
    case .events: clickEvent(position, in: EventsPage.list(in: layout.middle))
    case .failovers:
      guard let row = FailoversPage.incident(at: position, self) else { return nil }
      selectedIncident.choose(row, in: FailoversPage.shown(self), by: \.id)
    case .settings:
      let index = position.row - inside.top
      guard Setting.allCases.indices.contains(index) else { return nil }
      let isSecond = (selectedSetting.name ?? .theme) == Setting.allCases[index]
      selectedSetting.choose(index, in: Setting.allCases, by: \.self)
      return isSecond ? changeSetting(by: 1) : nil
    case .details, .agreement, .doctor, .commandLog: break
    }
    return nil
  }

  private mutating func clickPane(_ position: Position, _ layout: Layout) -> Effect? {
    if let tabs = layout.tabs, tabs.contains(position) {
      if let pane = TabLine.pane(at: position.column, self, in: tabs) { self.pane = pane }
      return nil
    }
    guard let clicked = pane(at: position), let place = layout.panes[clicked] else { return nil }
    let before = selectedService.name
    pane = clicked
    let inside = place.inside
    switch clicked {
    case .masters:
      let table = MastersPane.table(self, width: inside.columns)
      if let row = row(table, position, inside) {
        selectedService.choose(row, in: shownServices, by: \.name)
      }
    case .replicas:
      if let row = row(ReplicasPane.table(self, width: inside.columns), position, inside) {
        selectedReplica.choose(row, in: shownReplicas, by: \.address)
      }
    case .sentinels:
      let table = SentinelsPane.table(self, width: inside.columns)
      if let row = row(table, position, SentinelsPane.list(self, in: place)) {
        selectedSentinel.choose(row, in: shownSentinels, by: \.address)
      }
    case .events: clickEvent(position, in: place)
    }
    return lookAtSelected(insteadOf: before)
  }

  /// The row that was clicked; a click on a header sorts by that column.
  private mutating func row<Row>(_ table: Table<Row>, _ position: Position, _ rect: Rect) -> Int? {
    let layout = table.layout(in: rect)
    if let column = layout.column(atHeader: position) {
      let field = table.columns[column].field
      guard !field.isEmpty else { return nil }
      views[pane, default: ListView()].sort(by: field)
      tellOrder()
      return nil
    }
    return layout.row(at: position)
  }

  private mutating func clickEvent(_ position: Position, in place: Layout.Place) {
    let room = place.inside.rows
    let visible = eventsPlace.visible(of: shownEvents, in: room)
    let row = visible.lowerBound + position.row - place.inside.top
    guard place.inside.contains(position), visible.contains(row) else { return }
    eventsPlace.select(row, of: shownEvents, in: room)
  }
}
