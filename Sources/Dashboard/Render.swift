package import Canvas

/// Draws a state. The same state gives the same grid.
package func render(_ state: State) -> Grid {
  var grid = Grid(state.size, symbols: state.symbols)
  let layout = state.layout
  TitleLine.draw(state, into: &grid, in: layout.title)
  HintLine.draw(state, into: &grid, in: layout.hint)
  draw(state.mode.beneath, state, layout, into: &grid)
  switch state.mode {
  case .confirming(let question): ConfirmOverlay.draw(question, state, into: &grid)
  case .help(let place, _): HelpOverlay.draw(state, place, into: &grid, in: layout.middle)
  case .choosing(let chooser, _): ChooserOverlay.draw(chooser, state, into: &grid)
  case .filling(let form): FormOverlay.draw(form, state, into: &grid, in: layout.middle)
  case .following: ProgressOverlay.draw(state, into: &grid, in: layout.middle)
  case .browsing, .reading, .typing: break
  }
  return grid
}

/// Draws what overlays stand in front of.
private func draw(_ mode: Mode, _ state: State, _ layout: Layout, into grid: inout Grid) {
  if case .reading(let page, let scroll) = mode {
    return page.draw(state, scroll, into: &grid, in: layout.middle)
  }
  if let tabs = layout.tabs { TabLine.draw(state, into: &grid, in: tabs) }
  // From the top down: where two panes share a border, it holds the title of the lower one.
  for pane in Pane.allCases {
    if pane == .events, let place = layout.strip, let incident = state.strip {
      FailoverStrip.draw(incident, state, into: &grid, in: place)
    }
    guard let place = layout.panes[pane], !place.rect.isEmpty else { continue }
    switch pane {
    case .masters: MastersPane.draw(state, into: &grid, in: place)
    case .replicas: ReplicasPane.draw(state, into: &grid, in: place)
    case .sentinels: SentinelsPane.draw(state, into: &grid, in: place)
    case .events: EventsPane.draw(state, into: &grid, in: place)
    }
  }
}
