/// What can be said to a terminal beside what its description has words for, by its name and by
/// what else the environment tells. In doubt nothing is said: a terminal that doesn't understand may
/// show it.
package struct TerminalKind: Hashable, Sendable {
  /// A program between us and the terminal that keeps to itself what isn't wrapped for passing on.
  package enum Multiplexer: String, Sendable {
    case tmux, screen
  }

  /// What `TERM` says.
  package let name: String
  package let multiplexer: Multiplexer?
  private let family: String
  private let isApple: Bool

  package init(_ environment: [String: String]) {
    name = environment["TERM"] ?? ""
    family = String(name.prefix { $0 != "-" && $0 != "." && $0 != "+" })
    isApple = environment["TERM_PROGRAM"] == "Apple_Terminal"
    if family == "tmux" || !environment["TMUX", default: ""].isEmpty {
      multiplexer = .tmux
    } else {
      multiplexer = family == "screen" ? .screen : nil
    }
  }

  /// Whether it can be told its title, and told to remember the one it had.
  package var hasTitle: Bool { Self.withTitleStack.contains(family) || multiplexer == .tmux }
  /// Whether a text can be sent to its clipboard; whether it takes the text is for its user to say.
  package var hasClipboard: Bool { speaksXterm }
  /// Whether it may show a notice on the desktop.
  package var hasNotices: Bool { speaksXterm }
  /// Whether it may be asked about itself.
  package var answersQueries: Bool { speaksXterm && multiplexer != .screen && !isApple }
  /// Whether it reports what is done with the mouse.
  package var hasMouse: Bool { speaksXterm || family == "linux" }

  private var speaksXterm: Bool {
    multiplexer != nil || Self.withTitleStack.contains(family) || Self.others.contains(family)
  }

  private static let withTitleStack: Set<String> = [
    "xterm", "vte", "gnome", "konsole", "kitty", "alacritty", "foot", "wezterm", "iterm2", "mintty",
    "contour", "ghostty",
  ]
  private static let others: Set<String> = [
    "rxvt", "st", "iterm", "mlterm", "putty", "Eterm", "ms",
  ]
}
