package import Canvas

/// Which key means what in which mode.
package struct Keymap: Sendable {
  package let rows: [ActionRow]
  /// What the config file calls each row.
  package let names: [String]
  private let actions: [Mode.Kind: [Key: Action]]

  package static let standard = Keymap(ActionTable.rows)

  /// Where two rows claim the same key in the same mode, the first has it.
  package init(_ rows: [ActionRow]) {
    self.init(rows, names: Self.names(of: rows))
  }

  init(_ rows: [ActionRow], names: [String]) {
    self.rows = rows
    self.names = names
    var actions: [Mode.Kind: [Key: Action]] = [:]
    for row in rows {
      for mode in row.modes {
        for key in row.keys where actions[mode]?[key] == nil {
          actions[mode, default: [:]][key] = row.action
        }
      }
    }
    self.actions = actions
  }

  package func action(for key: Key, in mode: Mode.Kind) -> Action? { actions[mode]?[key] }

  /// The row of an action in a mode.
  package func row(of action: Action, in mode: Mode.Kind) -> ActionRow? {
    rows.first { $0.action == action && $0.modes.contains(mode) }
  }
}

extension State {
  /// The key of an action as the person has it, to be named in a sentence.
  func keyName(of action: Action, in mode: Mode.Kind = .browsing) -> String {
    keymap.row(of: action, in: mode)?.keys.first?.name(symbols) ?? "no key"
  }
}
