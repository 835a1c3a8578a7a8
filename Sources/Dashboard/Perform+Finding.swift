internal import Canvas
internal import SentinelInsight
internal import SentinelModel

extension State {
  /// What rows of a list can be filtered by.
  func fields(of pane: Pane) -> [String] {
    switch pane {
    case .masters: MastersPane.columns(self, width: .max).map(\.field)
    case .replicas: ReplicasPane.columns(self, width: .max).map(\.field)
    case .sentinels: SentinelsPane.columns(self, width: .max).map(\.field)
    case .events: EventsPane.columns(self, width: .max).map(\.field)
    }
  }

  /// Shows a list as it is to be seen now.
  mutating func showView(of pane: Pane) -> Effect? {
    let before = selectedService.name
    sumView(of: pane)
    return selectedService.name == before ? nil : .focus(selectedService.name)
  }

  mutating func clearView() -> Effect? {
    views[pane]?.filter = nil
    views[pane]?.search = nil
    views[pane]?.onlyProblems = false
    return showView(of: pane)
  }

  mutating func toggleProblems() -> Effect? {
    let pane = activePane
    views[pane, default: ListView()].onlyProblems.toggle()
    return showView(of: pane)
  }

  mutating func sortByNext() {
    views[pane, default: ListView()].sortByNext(of: fields(of: pane).filter { !$0.isEmpty })
    tellOrder()
  }

  mutating func reverseOrder() {
    guard view(of: pane).sorting != nil else {
      say("\(pane.title) stand worst first: s sorts by a column.", .info)
      return
    }
    views[pane]?.sorting?.isDescending.toggle()
    tellOrder()
  }

  mutating func tellOrder() {
    sumView(of: pane)
    let order = view(of: pane).sorting.map {
      "by \($0.field), \($0.isDescending ? "largest" : "smallest") first"
    }
    say("\(pane.title): \(order ?? "worst first")", .info)
  }

  /// Goes to the next place where what was searched for stands.
  mutating func findNext(isForward: Bool) -> Effect? {
    guard let search = searchInReach else { return nil }
    let isFound: Bool
    switch mode {
    case .help(var place, let over):
      isFound = place.find(search, isForward: isForward, in: self)
      mode = .help(place, over: over)
    case .reading(.events, _): isFound = findEvent(search, isForward: isForward)
    case .reading(let page, let scroll):
      let lines = page.lines(self)
      let from = scroll.visible(of: lines.count, in: room).lowerBound
      let line = search.next(after: from, of: lines.count, isForward: isForward) { lines[$0].plain }
      isFound = line != nil
      if let line { mode = .reading(page, Scroll(top: line)) }
    default: return findRow(search, isForward: isForward)
    }
    if !isFound { say("\(search.text) stands nowhere here.", .warning) }
    return nil
  }

  private mutating func findEvent(_ search: Search, isForward: Bool) -> Bool {
    let columns = EventsPane.columns(self, width: .max)
    let from = eventsPlace.selected(of: shownEvents) ?? shownEvents.count - (isForward ? 1 : 0)
    let found = search.next(after: from, of: shownEvents.count, isForward: isForward) { place in
      log.entries[number: shownEvents[place]].map { Self.text(of: $0, columns) } ?? ""
    }
    guard let found else { return false }
    eventsPlace.select(found, of: shownEvents, in: room)
    return true
  }

  private mutating func findRow(_ search: Search, isForward: Bool) -> Effect? {
    let before = selectedService.name
    var isFound = true
    func next<Row>(_ rows: [Row], _ columns: [Column<Row>], from row: Int?) -> Int? {
      search.next(after: row ?? -1, of: rows.count, isForward: isForward) {
        Self.text(of: rows[$0], columns)
      }
    }
    switch pane {
    case .masters:
      let row = selectedService.row(in: shownServices, by: \.name)
      let found = next(shownServices, MastersPane.columns(self, width: .max), from: row)
      isFound = found != nil
      if let found { selectedService.choose(found, in: shownServices, by: \.name) }
    case .replicas:
      let row = selectedReplica.row(in: shownReplicas, by: \.address)
      let found = next(shownReplicas, ReplicasPane.columns(self, width: .max), from: row)
      isFound = found != nil
      if let found { selectedReplica.choose(found, in: shownReplicas, by: \.address) }
    case .sentinels:
      let row = selectedSentinel.row(in: shownSentinels, by: \.address)
      let found = next(shownSentinels, SentinelsPane.columns(self, width: .max), from: row)
      isFound = found != nil
      if let found { selectedSentinel.choose(found, in: shownSentinels, by: \.address) }
    case .events: isFound = findEvent(search, isForward: isForward)
    }
    if !isFound { say("\(search.text) stands nowhere here.", .warning) }
    return lookAtSelected(insteadOf: before)
  }

  private static func text<Row>(of row: Row, _ columns: [Column<Row>]) -> String {
    columns.map { $0.text(row).plain }.joined(separator: " ")
  }
}
