import Canvas
import Curses
import Dashboard
import Foundation
import SentinelInsight

/// How the screen looks, and what it may do: as the command line says, else the profile, else the
/// config's defaults, else as ever.
struct ScreenSettings {
  var theme: String
  var color: ScreenOptions.ColorChoice
  var isASCII: Bool
  var usesMouse: Bool
  var interval: Duration
  var access: Access
  /// Whether a change needs a name typed.
  var isProtected: Bool
  var keymap: Keymap
  var columns: [Pane: [String]]
  /// From which severity on the bell rings, and a notice goes to the desktop; nil for never.
  var bell: Severity?
  var notify: Severity?
  var isUTC: Bool

  init(_ options: ScreenOptions, _ preferences: Preferences) {
    let defaults = preferences.config.defaults
    let profile = preferences.profile
    theme = options.theme ?? profile.theme ?? defaults.theme ?? "dark"
    color = options.color ?? defaults.color ?? .auto
    isASCII = options.ascii ?? defaults.ascii ?? false
    usesMouse = options.mouse ?? defaults.mouse ?? true
    let interval = options.interval ?? profile.interval ?? defaults.interval ?? .oneSecond
    self.interval = interval.duration
    let reason = options.readOnly ? "--read-only" : preferences.readOnlyBecause
    access = reason.map { .readOnly(because: $0) } ?? .unlocked
    isProtected = preferences.isProtected
    keymap = preferences.config.keys.keymap
    columns = preferences.config.columns.titles
    bell = defaults.bell?.severity
    notify = defaults.notify?.severity
    isUTC = defaults.clock == .utc
  }

  var isReadOnly: Bool { !access.isUnlocked }

  /// The terminal's part of it. Reads the theme.
  func terminal(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> Terminal.Options {
    Terminal.Options(
      theme: try ThemeFiles.load(theme, environment: environment), depth: color.depth,
      usesMouse: usesMouse, environment: environment)
  }

  /// What can be changed while the screen is open, as it is at first.
  func changeable(_ terminal: Terminal) -> Settings {
    Settings(
      theme: theme, themes: ThemeFiles.names(including: theme),
      isASCII: isASCII || terminal.symbols == .ascii, usesMouse: usesMouse, usesUTC: isUTC,
      interval: interval, bell: bell, notice: notify)
  }
}
