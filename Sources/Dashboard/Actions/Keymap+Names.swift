extension Action {
  /// What the config file calls it. A name that was given once stays.
  package var name: String {
    switch self {
    case .moveUp: "move-up"
    case .moveDown: "move-down"
    case .pageUp: "page-up"
    case .pageDown: "page-down"
    case .moveToFirst: "move-to-first"
    case .moveToLast: "move-to-last"
    case .nextPane: "next-pane"
    case .previousPane: "previous-pane"
    case .focus(let pane): "focus-\(pane.name)"
    case .failover: "failover"
    case .reset: "reset"
    case .checkQuorum: "check-quorum"
    case .toggleLock: "toggle-lock"
    case .edit: "edit"
    case .monitor: "monitor"
    case .remove: "remove"
    case .flushConfiguration: "flush-configuration"
    case .showProgress: "show-progress"
    case .stopChange: "stop-change"
    case .retryChange: "retry-change"
    case .undoChange: "undo-change"
    case .nextField: "next-field"
    case .previousField: "previous-field"
    case .submit: "submit"
    case .show(let page): "show-\(page.name)"
    case .filter: "filter"
    case .nextMatch: "next-match"
    case .previousMatch: "previous-match"
    case .clear: "clear"
    case .sortByNext: "sort-by-next"
    case .reverseOrder: "reverse-order"
    case .onlyProblems: "only-problems"
    case .freeze: "freeze"
    case .stepBack: "step-back"
    case .stepForward: "step-forward"
    case .copy: "copy"
    case .export: "export"
    case .lab: "lab"
    case .markIncident: "mark-incident"
    case .changeSetting: "change-setting"
    case .changeSettingBack: "change-setting-back"
    case .showPalette: "show-palette"
    case .showHelp: "show-help"
    case .close: "close"
    case .acceptEntry: "accept-entry"
    case .completeEntry: "complete-entry"
    case .leaveEntry: "leave-entry"
    case .switchChoice: "switch-choice"
    case .pressChoice: "press-choice"
    case .confirm: "confirm"
    case .cancel: "cancel"
    case .redraw: "redraw"
    case .suspend: "suspend"
    case .quit: "quit"
    }
  }

  /// Whether it leads out of where one is.
  var isWayOut: Bool {
    switch self {
    case .quit, .close, .cancel, .leaveEntry: true
    default: false
    }
  }
}

extension Pane {
  /// What the config file calls it.
  package var name: String {
    switch self {
    case .masters: "masters"
    case .replicas: "replicas"
    case .sentinels: "sentinels"
    case .events: "events"
    }
  }
}

extension Page {
  /// What the config file calls it.
  package var name: String {
    switch self {
    case .details: "details"
    case .agreement: "agreement"
    case .doctor: "doctor"
    case .failovers: "failovers"
    case .events: "events"
    case .commandLog: "command-log"
    case .settings: "settings"
    }
  }
}

extension Mode.Kind {
  /// What the config file calls it.
  var name: String {
    switch self {
    case .browsing: "browsing"
    case .confirming: "confirming"
    case .confirmingByName: "confirming-by-name"
    case .filling: "filling"
    case .following: "following"
    case .help: "help"
    case .reading: "reading"
    case .typing: "typing"
    case .choosing: "choosing"
    }
  }

  /// Where that is, in words.
  package var place: String {
    switch self {
    case .browsing: "in the panes"
    case .confirming: "in a question"
    case .confirmingByName: "in a question that wants the name"
    case .filling: "in a form"
    case .following: "where a change is followed"
    case .help: "in help"
    case .reading: "in the views"
    case .typing: "where a filter is typed"
    case .choosing: "in a list of choices"
    }
  }

  /// Whether a key that means nothing else is text there.
  var takesText: Bool {
    switch self {
    case .typing, .choosing, .confirmingByName, .filling: true
    case .browsing, .confirming, .following, .help, .reading: false
    }
  }
}

extension Keymap {
  /// What the config file calls each row: as its action, and where an action has several rows, each
  /// further one as its mode, too, or as its title where it has several modes.
  static func names(of rows: [ActionRow]) -> [String] {
    var seen: Set<Action> = []
    return rows.map { row in
      if seen.insert(row.action).inserted { return row.action.name }
      if let mode = row.modes.first, row.modes.count == 1 {
        return "\(row.action.name)-\(mode.name)"
      }
      return row.title.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    }
  }
}
