package import Canvas

extension Keymap {
  /// Which keys there are to begin with.
  package enum Preset: String, CaseIterable, Sendable {
    case standard = "default"
    /// With Ctrl-F, Ctrl-B, Ctrl-D and Ctrl-U for pages; the letters are vim's in any case.
    case vim

    /// Keys beside those of the table. Where text is typed, these edit it.
    fileprivate func more(for action: Action) -> [Key] {
      switch (self, action) {
      case (.vim, .pageDown): [.control("f"), .control("d")]
      case (.vim, .pageUp): [.control("b"), .control("u")]
      default: []
      }
    }
  }

  /// A preset with other keys for some rows, by their names; no keys disable a row.
  package init(_ preset: Preset, changes: [String: [Key]]) {
    var rows: [ActionRow] = []
    var names: [String] = []
    for (row, name) in zip(ActionTable.rows, Self.names(of: ActionTable.rows)) {
      var row = row
      names.append(name)
      if let keys = changes[name] {
        row.keys = keys
        rows.append(row)
        continue
      }
      let more = preset.more(for: row.action)
      var typing = row
      typing.modes = row.modes.filter(\.takesText)
      guard !more.isEmpty, !typing.modes.isEmpty else {
        row.keys += more
        rows.append(row)
        continue
      }
      row.modes.subtract(typing.modes)
      row.keys += more
      rows += [row, typing]
      names.append(name)
    }
    self.init(rows, names: names)
  }
}
