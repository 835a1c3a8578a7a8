package import Canvas

extension Keymap {
  /// One key that means two things in the same mode.
  package struct Conflict: Hashable, Sendable {
    package var key: Key
    /// The names of the two rows, in the order of the table.
    package var first: String
    package var second: String
    package var modes: Set<Mode.Kind>
  }

  /// Each key that means several things where it is pressed.
  package var conflicts: [Conflict] {
    var found: [Conflict] = []
    for mode in Mode.Kind.allCases {
      var owners: [Key: Int] = [:]
      for (index, row) in rows.enumerated() where row.modes.contains(mode) {
        for key in row.keys {
          guard let owner = owners[key] else {
            owners[key] = index
            continue
          }
          guard rows[owner].action != row.action else { continue }
          let conflict = Conflict(
            key: key, first: names[owner], second: names[index], modes: [mode])
          let known = found.firstIndex {
            $0.key == key && $0.first == conflict.first && $0.second == conflict.second
          }
          if let known { found[known].modes.insert(mode) } else { found.append(conflict) }
        }
      }
    }
    return found
  }

  /// The modes in which one would be caught: without a key that leads out of them, or, where the
  /// panes are, one that quits.
  package var traps: [Mode.Kind] {
    Mode.Kind.allCases.filter { mode in
      !rows.contains { row in
        row.modes.contains(mode) && !row.keys.isEmpty
          && (mode == .browsing ? row.action == .quit : row.action.isWayOut)
      }
    }
  }

  /// Keys that would be missing where text is typed, with the name of the row that claims them.
  package var swallowed: [(name: String, key: Key)] {
    zip(rows, names).flatMap { row, name in
      row.modes.contains(where: \.takesText) ? row.keys.filter(\.isText).map { (name, $0) } : []
    }
  }
}

extension Key {
  /// Whether it types something.
  fileprivate var isText: Bool { if case .character = self { true } else { false } }
}
