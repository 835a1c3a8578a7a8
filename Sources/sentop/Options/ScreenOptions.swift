import ArgumentParser
import Canvas
import Curses
import Dashboard
import Foundation
import Themes

/// How the screen looks, and what it may do.
struct ScreenOptions: ParsableArguments {
  /// How many colours to use.
  enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, never, always
    case sixteen = "16"
    case many = "256"

    /// At most so many; nil for what the terminal has.
    var depth: ColorDepth? {
      switch self {
      case .auto: nil
      case .never: ColorDepth.none
      case .always: .direct
      case .sixteen: .sixteen
      case .many: .indexed
      }
    }
  }

  @Option(
    help: ArgumentHelp(
      "A theme: \(ShippedThemes.names.joined(separator: ", ")), one of your own, or a file.",
      valueName: "name|file"), completion: .list(ShippedThemes.names))
  var theme = "dark"

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Option(help: "How many colours: auto, never, always, 16 or 256.")
  var color = ColorChoice.auto

  @Flag(help: "Leave the mouse to the terminal, which then selects text with it.")
  var noMouse = false

  @Flag(help: "Refuse everything that changes the deployment.")
  var readOnly = false

  @Option(help: ArgumentHelp("How often each Sentinel is asked.", valueName: "time"))
  var interval = TimeSpan.oneSecond

  func validate() throws {
    guard interval.duration >= .milliseconds(100), interval.duration <= .seconds(3_600) else {
      throw ValidationError("--interval must be between 100ms and 1h")
    }
  }

  /// The terminal's part of it. Reads the theme.
  func terminal(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> Terminal.Options {
    Terminal.Options(
      theme: try ThemeFiles.load(theme, environment: environment), depth: color.depth,
      usesMouse: !noMouse, environment: environment)
  }

  /// What can be changed while the screen is open, as it is at first.
  func settings(_ terminal: Terminal) -> Settings {
    Settings(
      theme: theme, themes: ThemeFiles.names(including: theme),
      isASCII: ascii || terminal.symbols == .ascii, usesMouse: !noMouse,
      interval: interval.duration)
  }
}
