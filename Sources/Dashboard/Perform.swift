internal import Canvas
internal import SentinelInsight
internal import SentinelModel

extension State {
  /// Does what a person means, or says why it can't be done now.
  mutating func perform(_ action: Action, at moment: Timestamp) -> Effect? {
    selectedService.keep()
    if let refusal = refusal(of: action) {
      say(refusal.text(in: self), .warning)
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
    case .monitor: fillIn(.forNewService(in: self))
    case .remove: askRemove()
    case .edit: editSettings()
    case .flushConfiguration: ask(.flushConfiguration)
    case .nextField, .previousField, .submit: performInForm(action)
    case .showProgress: showProgress()
    case .stopChange: return stopChange()
    case .retryChange: retryChange()
    case .undoChange: undoChange()
    case .checkQuorum: return checkQuorum()
    case .toggleLock: return toggleLock()
    case .show(let page): return show(page)
    case .filter: beginEntry()
    case .nextMatch: return findNext(isForward: true)
    case .previousMatch: return findNext(isForward: false)
    case .clear: return clearView()
    case .sortByNext: sortByNext()
    case .reverseOrder: reverseOrder()
    case .onlyProblems: return toggleProblems()
    case .freeze: return toggleFreeze()
    case .stepBack: return step(isForward: false)
    case .stepForward: return step(isForward: true)
    case .copy: choose(.copy)
    case .export: choose(.export)
    case .lab: choose(.lab)
    case .showPalette: choose(.palette)
    case .markIncident: markIncident()
    case .changeSetting: return changeSetting(by: 1)
    case .changeSettingBack: return changeSetting(by: -1)
    case .showHelp: mode = .help(HelpPlace(), over: mode)
    case .close: close()
    case .acceptEntry: return accept(at: moment)
    case .completeEntry: complete()
    case .leaveEntry: return leaveEntry()
    case .switchChoice, .pressChoice, .confirm, .cancel: return answer(action, at: moment)
    case .redraw: return .redraw
    case .suspend: return .suspend
    case .quit: return .quit
    }
    return nil
  }

  /// The key that opens a page closes it, too.
  private mutating func show(_ page: Page) -> Effect? {
    switch mode {
    case .reading(.settings, _) where page == .details: return changeSetting(by: 1)
    case .reading(page, _): close()
    case .reading(.events, _) where page == .details:
      paneBeneathEvents = pane
      pane = .events
      mode = .reading(page, page.start)
    default:
      pane = paneBeneathEvents ?? pane
      paneBeneathEvents = nil
      mode = .reading(page, page.start)
    }
    return nil
  }

  /// Goes back one step: from an event's details to the events that they were chosen in.
  private mutating func close() {
    if case .reading(.details, _) = mode, let beneath = paneBeneathEvents {
      pane = beneath
      paneBeneathEvents = nil
      mode = .reading(.events, Page.events.start)
    } else {
      mode = [.reading, .following].contains(mode.kind) ? .browsing : mode.beneath
    }
  }
}
