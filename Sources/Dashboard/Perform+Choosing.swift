internal import SentinelInsight
internal import SentinelModel

extension State {
  /// Opens a list to choose from, in front of what is looked at.
  mutating func choose(_ kind: Chooser.Kind) {
    mode = .choosing(Chooser(kind), over: mode)
  }

  /// Does what was chosen.
  mutating func take(_ choice: Choice, at moment: Timestamp) -> Effect? {
    switch choice.deed {
    case .perform(let action): return performFromList(action, at: moment)
    case .select(let service):
      let before = selectedService.name
      if let row = shownServices.firstIndex(where: { $0.name == service }) {
        selectedService.choose(row, in: shownServices, by: \.name)
      } else {
        // It was filtered out.
        views[.masters] = ListView(sorting: view(of: .masters).sorting)
        sumServices()
        let row = shownServices.firstIndex { $0.name == service }
        if let row { selectedService.choose(row, in: shownServices, by: \.name) }
      }
      return lookAtSelected(insteadOf: before)
    case .theme(let theme):
      settings.theme = theme
      return .adjust(settings)
    case .copy(let text): return .copy(text)
    case .export(let export): return .export(export)
    case .lab(let deed): return .lab(deed)
    }
  }

  /// Does what was chosen out of help or palette, as if its key had been pressed.
  mutating func performFromList(_ action: Action, at moment: Timestamp) -> Effect? {
    guard keymap.row(of: action, in: mode.kind) != nil else {
      say("That works elsewhere.", .warning)
      return nil
    }
    return perform(action, at: moment)
  }
}
