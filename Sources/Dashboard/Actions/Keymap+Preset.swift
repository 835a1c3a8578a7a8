package import Canvas

extension Keymap {
  /// Which keys there are to begin with.
  package enum Preset: String, CaseIterable, Sendable {
    case standard = "default"
    /// With Ctrl-F, Ctrl-B, Ctrl-D and Ctrl-U for pages; the letters are vim's in any case.
    case vim

    /// Keys beside those of the table.
    private func more(for action: Action) -> [Key] {
      switch (self, action) {
      case (.vim, .pageDown): [.control("f"), .control("d")]
      case (.vim, .pageUp): [.control("b"), .control("u")]
      default: []
      }
    }

    package var rows: [ActionRow] {
      ActionTable.rows.map { row in
        var row = row
        row.keys += more(for: row.action)
        return row
      }
    }
  }

  /// A preset with other keys for some rows, by their names; no keys disable a row.
  package init(_ preset: Preset, changes: [String: [Key]]) {
    let rows = preset.rows
    self.init(
      zip(rows, Self.names(of: rows)).map { row, name in
        var row = row
        row.keys = changes[name] ?? row.keys
        return row
      })
  }
}
