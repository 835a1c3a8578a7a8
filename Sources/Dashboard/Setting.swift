internal import Canvas
internal import SentinelInsight

/// One setting: what it is called, what it can be.
package enum Setting: String, Hashable, Sendable, CaseIterable {
  case theme, symbols, mouse, interval, clock, bell, notice

  var title: String {
    switch self {
    case .theme: "Theme"
    case .symbols: "Symbols"
    case .mouse: "Mouse"
    case .interval: "Asks every"
    case .clock: "Clock"
    case .bell: "Bell"
    case .notice: "Desktop notice"
    }
  }

  var explanation: String {
    switch self {
    case .theme: "seen at once"
    case .symbols: "for fonts without ●, ▲ and lines: ascii"
    case .mouse: "off, the terminal selects text by itself"
    case .interval: "each Sentinel; in trouble four times a second in any case"
    case .clock: "of all times on the screen"
    case .bell: "rings when an event is at least that bad"
    case .notice: "sent by the terminal (OSC 9) when an event is at least that bad"
    }
  }

  func value(in settings: Settings) -> String {
    switch self {
    case .theme: settings.theme
    case .symbols: settings.isASCII ? "ascii" : "unicode"
    case .mouse: settings.usesMouse ? "on" : "off"
    case .interval: Ages.words(settings.interval)
    case .clock: settings.usesUTC ? "utc" : "local"
    case .bell: settings.bell?.rawValue ?? "never"
    case .notice: settings.notice?.rawValue ?? "never"
    }
  }

  private static let intervals: [Duration] = [
    .milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2), .seconds(5), .seconds(10),
    .seconds(30),
  ]
  private static let severities: [Severity?] = [nil, .critical, .warning, .notice]

  /// Takes the next value, or the one before it.
  func change(_ settings: inout Settings, by steps: Int) {
    func next<Value: Equatable>(_ value: Value, of values: [Value]) -> Value {
      guard !values.isEmpty else { return value }
      let index = values.firstIndex(of: value) ?? (steps > 0 ? -1 : 0)
      return values[((index + steps) % values.count + values.count) % values.count]
    }
    switch self {
    case .theme: settings.theme = next(settings.theme, of: settings.themes)
    case .symbols: settings.isASCII.toggle()
    case .mouse: settings.usesMouse.toggle()
    case .interval: settings.interval = next(settings.interval, of: Self.intervals)
    case .clock: settings.usesUTC.toggle()
    case .bell: settings.bell = next(settings.bell, of: Self.severities)
    case .notice: settings.notice = next(settings.notice, of: Self.severities)
    }
  }
}

extension State {
  mutating func changeSetting(by steps: Int) -> Effect? {
    let setting = selectedSetting.name ?? .theme
    selectedSetting.choose(
      Setting.allCases.firstIndex(of: setting) ?? 0, in: Setting.allCases, by: \.self)
    setting.change(&settings, by: steps)
    return .adjust(settings)
  }
}
