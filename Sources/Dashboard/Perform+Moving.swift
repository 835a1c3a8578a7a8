internal import Canvas
internal import SentinelInsight
internal import SentinelModel

extension State {
  /// How many lines of what the keys move in are in view.
  var room: Int {
    switch mode {
    case .help: HelpOverlay.room(in: layout.middle)
    case .choosing(let chooser, _): ChooserOverlay.room(of: chooser, self)
    case .reading(let page, _): page.room(self)
    case .browsing, .confirming, .filling, .following, .typing:
      layout.panes[pane].map { listRoom(of: pane, in: $0) } ?? 1
    }
  }

  /// How many rows of a pane's list are in view there.
  func listRoom(of pane: Pane, in place: Layout.Place) -> Int {
    switch pane {
    case .events: place.inside.rows
    case .sentinels: max(1, place.room - SentinelsPane.notes(self).count)
    case .masters, .replicas: place.room
    }
  }

  mutating func move(by lines: Int) -> Effect? {
    switch mode {
    case .help(var place, let over):
      place.move(by: lines, in: self)
      mode = .help(place, over: over)
    case .choosing(var chooser, let over):
      chooser.move(by: lines, in: self)
      mode = .choosing(chooser, over: over)
    case .reading(let page, let scroll): movePage(page, scroll, by: lines)
    case .browsing: return moveSelection(by: lines)
    case .confirming, .filling, .following, .typing: break
    }
    return nil
  }

  private mutating func movePage(_ page: Page, _ scroll: Scroll, by lines: Int) {
    switch page {
    case .events: eventsPlace.move(by: lines, of: shownEvents, in: room)
    case .settings: selectedSetting.move(by: lines, in: Setting.allCases, by: \.self)
    case .failovers where [-1, 1, .min, .max].contains(lines):
      selectedIncident.move(by: lines, in: incidents.reversed(), by: \.id)
      mode = .reading(page, Scroll())
    case .details, .agreement, .doctor, .failovers, .commandLog:
      mode = .reading(page, scroll.moved(by: lines, of: page.lines(self).count, in: room))
    }
  }

  private mutating func moveSelection(by lines: Int) -> Effect? {
    switch pane {
    case .masters:
      let before = selectedService.name
      selectedService.move(by: lines, in: shownServices, by: \.name)
      return lookAtSelected(insteadOf: before)
    case .replicas: selectedReplica.move(by: lines, in: shownReplicas, by: \.address)
    case .sentinels: selectedSentinel.move(by: lines, in: shownSentinels, by: \.address)
    case .events: eventsPlace.move(by: lines, of: shownEvents, in: room)
    }
    return nil
  }

  /// Sums up what is known of a service that was just selected, and has it asked for.
  mutating func lookAtSelected(insteadOf before: ServiceName?) -> Effect? {
    guard selectedService.name != before else { return nil }
    sumSelected()
    return .focus(selectedService.name)
  }

  /// Moves what is in view as little as needed to have the chosen rows in it.
  mutating func settleScrolls() {
    let layout = layout
    settle(
      .masters, shownServices.count, selectedService.row(in: shownServices, by: \.name), layout)
    settle(
      .replicas, shownReplicas.count,
      pane == .replicas ? selectedReplica.row(in: shownReplicas, by: \.address) : nil, layout)
    settle(
      .sentinels, shownSentinels.count,
      pane == .sentinels ? selectedSentinel.row(in: shownSentinels, by: \.address) : nil, layout)
  }

  private mutating func settle(_ pane: Pane, _ count: Int, _ selected: Int?, _ layout: Layout) {
    guard let place = layout.panes[pane] else { return }
    scrolls[pane] = (scrolls[pane] ?? Scroll()).revealing(
      selected, of: count, in: listRoom(of: pane, in: place))
  }
}
