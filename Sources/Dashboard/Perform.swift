internal import Canvas
internal import SentinelInsight
internal import SentinelModel

extension State {
  /// Does what a person means, or says why it can't be done now.
  mutating func perform(_ action: Action, at moment: Timestamp) -> Effect? {
    selectedService.keep()
    if let refusal = refusal(of: action) {
      say(refusal.text, .warning)
      return nil
    }
    switch action {
    case .moveUp: return move(by: -1)
    case .moveDown: return move(by: 1)
    case .pageUp: return move(by: -Scroll.page(room))
    case .pageDown: return move(by: Scroll.page(room))
    case .moveToFirst: return move(by: .min)
    case .moveToLast: return move(by: .max)
    case .nextPane: pane = pane.moved(by: 1)
    case .previousPane: pane = pane.moved(by: -1)
    case .focus(let pane): self.pane = pane
    case .failover: askFailover()
    case .reset: askReset()
    case .checkQuorum: return checkQuorum()
    case .toggleLock: return toggleLock()
    case .show(let page): show(page)
    case .showHelp: mode = .help(Scroll())
    case .close: mode = .browsing
    case .switchChoice, .pressChoice, .confirm, .cancel: return answer(action, at: moment)
    case .redraw: return .redraw
    case .suspend: return .suspend
    case .quit: return .quit
    }
    return nil
  }

  /// The key that opens a page closes it, too.
  private mutating func show(_ page: Page) {
    if case .reading(page, _) = mode { mode = .browsing } else { mode = .reading(page, page.start) }
  }

  /// How many lines of what the keys move in are in view.
  private var room: Int {
    switch mode {
    case .help: HelpOverlay.room(in: layout.middle)
    case .reading: Page.room(in: layout.middle)
    case .browsing, .confirming: layout.panes[pane].map { listRoom(of: pane, in: $0) } ?? 1
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

  private mutating func move(by lines: Int) -> Effect? {
    switch mode {
    case .help(let scroll):
      let count = HelpOverlay.lines(self, columns: HelpOverlay.columns(in: layout.middle)).count
      mode = .help(scroll.moved(by: lines, of: count, in: room))
    case .reading(let page, let scroll):
      let count = page.lines(self, columns: Page.columns(in: layout.middle)).count
      mode = .reading(page, scroll.moved(by: lines, of: count, in: room))
    case .browsing: return moveSelection(by: lines)
    case .confirming: break
    }
    return nil
  }

  private mutating func moveSelection(by lines: Int) -> Effect? {
    switch pane {
    case .masters:
      let before = selectedService.name
      selectedService.move(by: lines, in: services, by: \.name)
      guard selectedService.name != before else { return nil }
      sumSelected()
      markChanges()
      return .focus(selectedService.name)
    case .replicas: selectedReplica.move(by: lines, in: replicas ?? [], by: \.address)
    case .sentinels: selectedSentinel.move(by: lines, in: sentinels, by: \.address)
    case .events:
      eventsPlace.move(
        by: lines, of: log.entries.dropped..<log.entries.next, in: room)
    }
    return nil
  }

  /// Moves what is in view as little as needed to have the chosen rows in it.
  mutating func settleScrolls() {
    let layout = layout
    settle(.masters, services.count, selectedServiceRow, layout)
    let rows = replicas ?? []
    settle(
      .replicas, rows.count,
      pane == .replicas ? selectedReplica.row(in: rows, by: \.address) : nil, layout)
    settle(
      .sentinels, sentinels.count,
      pane == .sentinels ? selectedSentinel.row(in: sentinels, by: \.address) : nil, layout)
  }

  private mutating func settle(_ pane: Pane, _ count: Int, _ selected: Int?, _ layout: Layout) {
    guard let place = layout.panes[pane] else { return }
    scrolls[pane] = (scrolls[pane] ?? Scroll()).revealing(
      selected, of: count, in: listRoom(of: pane, in: place))
  }
}
