/// Why there is no screen to be had.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
  case notATerminal(String)
  case unknownType(String)
  /// The terminal is known, and can't put text where it belongs.
  case cannotShow(String)
  case alreadyOpen

  package var description: String {
    switch self {
    case .notATerminal(let stream):
      "\(stream) is no terminal; the screen needs one. For scripts there are the other commands, "
        + "such as sentop status --format json."
    case .unknownType(let name) where name.isEmpty:
      "TERM is not set, so it is unknown how this terminal is spoken to. Try TERM=xterm-256color."
    case .unknownType(let name):
      "TERM is “\(name)”, which is unknown here or can't show a screen. "
        + "Try TERM=xterm-256color, or install the package that describes it (ncurses-term)."
    case .cannotShow(let name):
      "TERM is “\(name)”, a terminal without a screen to draw on. It can have sentop status and the "
        + "other commands; for the screen, try TERM=xterm-256color."
    case .alreadyOpen: "the terminal is in use by this program already"
    }
  }
}
