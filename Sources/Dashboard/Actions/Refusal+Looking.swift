extension State {
  /// Why something that only looks can't be done where the person is.
  func refusalOfLooking(_ action: Action) -> Refusal? {
    let isInEvents = activePane == .events && (mode.page ?? .events) == .events
    return switch action {
    case .nextMatch, .previousMatch:
      searchInReach == nil
        ? .useless("Nothing was searched for: \(keyName(of: .filter)) does.") : nil
    case .clear:
      views[pane]?.isPartial == true || searchInReach != nil
        ? nil : .useless("Everything is shown.")
    case .sortByNext, .reverseOrder:
      pane == .events ? .useless("Events stand in the order in which they came.") : nil
    case .onlyProblems:
      mode.page == nil || mode.page == .events ? nil : .useless("Only lists can be cut down.")
    case .filter:
      mode.page == .settings ? .useless("There is nothing to search here.") : nil
    case .stepBack: playback.canStepBack ? nil : .useless("There is nothing earlier.")
    case .stepForward: playback.isLive ? .useless("What is shown is the present.") : nil
    case .lab: labNodes.isEmpty ? .useless("Only the demo has servers to play with.") : nil
    case .markIncident:
      mode.page != .failovers
        ? .useless("Only failovers can be compared: \(keyName(of: .show(.failovers))) shows them.")
        : incidents.count < 2 ? .useless("There is nothing to compare with.") : nil
    case .changeSetting, .changeSettingBack:
      mode.page == .settings
        ? nil
        : .useless("Only settings can be changed: \(keyName(of: .show(.settings))) shows them.")
    case .copy where mode.page == .settings, .export where mode.page == .settings:
      .useless("Settings go into the file that `sentop config path` names.")
    case .copy: isInEvents && shownEvents.isEmpty ? .useless("There is nothing to copy.") : nil
    default: nil
    }
  }
}
