package import Canvas

/// Which key means what in which mode.
package struct Keymap: Sendable {
  package let rows: [ActionRow]
  /// What the config file calls each row.
  package let names: [String]
  private let actions: [Mode.Kind: [Key: Action]]
  /// Where the row of an action is, by mode.
  private let places: [Mode.Kind: [Action: Int]]
  /// The rows that can be hinted at in a mode, by their groups; of an action the first.
  private let hinted: [Mode.Kind: [ActionRow]]

  package static let standard = Keymap(ActionTable.rows)

  /// Where two rows claim the same key in the same mode, the first has it.
  package init(_ rows: [ActionRow]) {
    self.init(rows, names: Self.names(of: rows))
  }

  init(_ rows: [ActionRow], names: [String]) {
    self.rows = rows
    self.names = names
    var actions: [Mode.Kind: [Key: Action]] = [:]
    var places: [Mode.Kind: [Action: Int]] = [:]
    for (place, row) in rows.enumerated() {
      for mode in row.modes {
        if places[mode]?[row.action] == nil { places[mode, default: [:]][row.action] = place }
        for key in row.keys where actions[mode]?[key] == nil {
          actions[mode, default: [:]][key] = row.action
        }
      }
    }
    self.actions = actions
    self.places = places
    hinted = Dictionary(
      uniqueKeysWithValues: Mode.Kind.allCases.map { mode in
        var seen: Set<Action> = []
        let inMode = rows.filter { $0.modes.contains(mode) && $0.hints[mode] != nil }
        let sorted = ActionRow.Group.allCases.flatMap { group in
          inMode.filter { $0.group == group && seen.insert($0.action).inserted }
        }
        return (mode, sorted)
      })
  }

  /// What can be hinted at in a mode, in the order in which it is.
  func hintedRows(in mode: Mode.Kind) -> [ActionRow] { hinted[mode] ?? [] }

  package func action(for key: Key, in mode: Mode.Kind) -> Action? { actions[mode]?[key] }

  /// The row of an action in a mode.
  package func row(of action: Action, in mode: Mode.Kind) -> ActionRow? {
    places[mode]?[action].map { rows[$0] }
  }
}

extension State {
  /// The key of an action as the person has it, to be named in a sentence.
  func keyName(of action: Action, in mode: Mode.Kind = .browsing) -> String {
    keymap.row(of: action, in: mode)?.keys.first?.name(symbols) ?? "no key"
  }
}
