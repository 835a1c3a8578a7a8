internal import Canvas

/// Which entry of help is chosen.
package struct HelpPlace: Hashable, Sendable {
  package private(set) var selected = 0

  package init() {}

  mutating func move(by lines: Int, in state: State) {
    let last = max(0, HelpOverlay.entries(state).count - 1)
    let (moved, overflow) = selected.addingReportingOverflow(lines)
    selected = overflow ? (lines < 0 ? 0 : last) : min(max(0, moved), last)
  }

  mutating func find(_ search: Search, isForward: Bool, in state: State) -> Bool {
    let entries = HelpOverlay.entries(state)
    let found = search.next(after: selected, of: entries.count, isForward: isForward) {
      entries[$0].plain
    }
    guard let found else { return false }
    selected = found
    return true
  }

  mutating func choose(_ entry: Int) { selected = entry }

  /// What the chosen entry does; nil where it only explains.
  func action(in state: State) -> Action? {
    let entries = HelpOverlay.entries(state)
    return entries.indices.contains(selected) ? entries[selected].action : nil
  }
}
