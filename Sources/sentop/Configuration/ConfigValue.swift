import Dashboard

/// What can stand behind a key of the config file as one word.
protocol ConfigValue {
  /// What to write, for whoever wrote something else.
  static var wanted: String { get }
  init?(config text: String)
}

extension String: ConfigValue {
  static var wanted: String { "a text" }

  init?(config text: String) {
    guard !text.isEmpty else { return nil }
    self = text
  }
}

extension Bool: ConfigValue {
  static var wanted: String { "true or false" }

  init?(config text: String) {
    switch text.lowercased() {
    case "true", "yes", "on": self = true
    case "false", "no", "off": self = false
    default: return nil
    }
  }
}

extension TimeSpan: ConfigValue {
  static var wanted: String { "a time such as 250ms, 1s or 2m" }

  init?(config text: String) {
    self.init(argument: text)
  }
}

/// One of a few words.
protocol ConfigChoice: ConfigValue, CaseIterable, RawRepresentable where RawValue == String {}

extension ConfigChoice {
  static var names: [String] { allCases.map(\.rawValue) }
  static var wanted: String { Suggestion.list(names) }

  init?(config text: String) {
    self.init(rawValue: text)
  }
}

extension ScreenOptions.ColorChoice: ConfigChoice {}
extension Keymap.Preset: ConfigChoice {}
