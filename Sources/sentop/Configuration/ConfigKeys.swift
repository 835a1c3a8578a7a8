import Canvas
import Dashboard

/// Which keys a person wants.
struct ConfigKeys: Equatable, Sendable {
  var preset = Keymap.Preset.standard
  /// Keys in place of the preset's, by the name of what they do; none where it is disabled.
  var changes: [String: [Key]] = [:]

  var keymap: Keymap { Keymap(preset, changes: changes) }

  static let names = Keymap.standard.names
}

extension ConfigKeys: Decodable {
  init(from decoder: any Decoder) throws {
    let fields = try ConfigFields(decoder, known: ["preset"] + Self.names)
    preset = fields.value("preset") ?? preset
    var given: [String: [ConfigKey]] = [:]
    for name in Self.names where fields.contains(name) {
      guard let words: [ConfigKey] = fields.list(name) else { continue }
      if words.count > 1, let index = words.firstIndex(where: { $0.key == nil }) {
        fields.note(name, at: index, "\(name): disabled, and with a key: that is both")
      }
      given[name] = words
      changes[name] = words.compactMap(\.key)
    }
    Self.noteFaults(of: keymap, given, in: fields)
  }

  /// Tells of keys that mean two things, with the places of both, and of what one can't get out of.
  private static func noteFaults(
    of keymap: Keymap, _ given: [String: [ConfigKey]], in fields: ConfigFields
  ) {
    /// Where a key was given to that row; nil where the table did.
    func index(_ key: Key, _ name: String) -> Int? { given[name]?.firstIndex { $0.key == key } }
    func mark(_ key: Key, _ name: String) -> ConfigMark? {
      guard let index = index(key, name) else { return nil }
      return fields.mark(of: name, at: index)
    }
    for conflict in keymap.conflicts {
      let (key, first, second) = (conflict.key, conflict.first, conflict.second)
      // The later one is where one looks; one that nobody wrote has no place.
      let isSecondLater =
        mark(key, second).map { mine in mark(key, first).map { $0 < mine } ?? true } ?? false
      let (here, there) = isSecondLater ? (second, first) : (first, second)
      let places = Mode.Kind.allCases.filter(conflict.modes.contains).map(\.place)
      let origin = mark(key, there).map { "given at \($0)" } ?? "its key by default"
      fields.note(
        here, at: index(key, here),
        "\(here): \(key) means \(there), too (\(origin)), \(Suggestion.list(places)): give one of "
          + "them another key, or disabled")
    }
    for (name, key) in keymap.swallowed {
      fields.note(
        name, at: index(key, name),
        "\(name): \(key) couldn't be typed any more where text is typed: take one with Ctrl or Alt, "
          + "or F1 to F24")
    }
    for mode in keymap.traps {
      let culprit = Array(zip(keymap.rows, keymap.names)).last { row, name in
        row.modes.contains(mode) && row.keys.isEmpty && given[name] != nil
          && (row.action == .quit || mode != .browsing)
      }
      fields.note(
        culprit?.1 ?? "quit",
        "no key leads out \(mode == .browsing ? "of the program" : mode.place) any more: leave one "
          + "that quits")
    }
  }
}

/// A key as the file names it, or none.
struct ConfigKey: ConfigValue, Equatable {
  /// Nil for `disabled`.
  var key: Key?

  static var wanted: String { "a key such as F, Ctrl-F, F5, PgUp or Space, or disabled" }

  init?(config text: String) {
    guard text != "disabled" else { return }
    guard let key = Key(text) else { return nil }
    self.key = key
  }
}
