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
    case .show(let page): "show-\(page.name)"
    case .showHelp: "show-help"
    case .close: "close"
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
    case .quit, .close, .cancel: true
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
    case .commandLog: "command-log"
    }
  }
}

extension Mode.Kind {
  /// What the config file calls it.
  var name: String {
    switch self {
    case .browsing: "browsing"
    case .confirming: "confirming"
    case .help: "help"
    case .reading: "reading"
    }
  }
}

extension Keymap {
  /// What the config file calls each row: as its action, and where an action has several rows, each
  /// further one as its mode, too, or as its title where it has several modes.
  package static func names(of rows: [ActionRow]) -> [String] {
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
