package import Canvas

/// Draws a state. The same state gives the same grid.
package func render(_ state: State) -> Grid {
  var grid = Grid(state.size, symbols: state.symbols)
  let layout = state.layout
  TitleLine.draw(state, into: &grid, in: layout.title)
  HintLine.draw(state, into: &grid, in: layout.hint)
  if case .commandLog(let scroll) = state.mode {
    CommandLogOverlay.draw(state, scroll, into: &grid, in: layout.middle)
    return grid
  }
  if let tabs = layout.tabs { TabLine.draw(state, into: &grid, in: tabs) }
  // The focused pane comes last: where borders are shared, they are its own.
  for pane in Pane.allCases.filter({ $0 != state.pane }) + [state.pane] {
    guard let place = layout.panes[pane], !place.rect.isEmpty else { continue }
    switch pane {
    case .masters: MastersPane.draw(state, into: &grid, in: place)
    case .replicas: ReplicasPane.draw(state, into: &grid, in: place)
    case .sentinels: SentinelsPane.draw(state, into: &grid, in: place)
    case .events: EventsPane.draw(state, into: &grid, in: place)
    }
  }
  switch state.mode {
  case .confirming(let question): ConfirmOverlay.draw(question, state, into: &grid)
  case .help(let scroll): HelpOverlay.draw(state, scroll, into: &grid, in: layout.middle)
  case .browsing, .commandLog: break
  }
  return grid
}
