import Canvas
import Curses

/// What the screen would have of this terminal, in words.
struct TerminalFacts {
  let all: [(name: String, value: String)]

  init(_ environment: [String: String]) {
    let kind = TerminalKind(environment)
    var facts = [
      ("terminal", kind.name.isEmpty ? "not set" : kind.name),
      ("stdout is a terminal", Console.isTerminal ? "yes" : "no"),
    ]
    do {
      let description = try TerminalDescription.choose(environment)
      facts.append(("screen", "yes, described as \(description.name)"))
      facts.append(("colours", Self.colours(description, environment)))
    } catch {
      facts.append(("screen", "no: \(error)"))
    }
    facts.append(("characters", Terminal.isUTF8 ? "UTF-8" : "ASCII: the locale is not UTF-8"))
    func word(_ isThere: Bool, _ how: String) -> String { isThere ? how : "no" }
    facts.append(("mouse", word(kind.hasMouse, "yes; --no-mouse leaves it to the terminal")))
    facts.append(("title", word(kind.hasTitle, "set, and given back")))
    facts.append(("clipboard", word(kind.hasClipboard, Self.clipboard(kind))))
    facts.append(("notices", word(kind.hasNotices, "sent, where the terminal shows them (OSC 9)")))
    facts.append(("synchronized output", Self.frames(kind)))
    all = facts
  }

  private static func colours(
    _ description: TerminalDescription, _ environment: [String: String]
  ) -> String {
    let depth = description.depth(environment, atMost: nil)
    switch depth {
    case .direct: return "24 bit"
    case .none:
      guard description.colors >= ColorDepth.eight.rawValue else { return "none" }
      return "none, by " + (environment["NO_COLOR", default: ""].isEmpty ? "CLICOLOR" : "NO_COLOR")
    case .eight, .sixteen, .indexed:
      let count = "\(depth.rawValue)"
      guard TerminalDescription.claimsDirect(environment) else { return count }
      return count + "; COLORTERM says 24 bit, but ncurses has no description with these: install "
        + "ncurses-term"
    }
  }

  private static func frames(_ kind: TerminalKind) -> String {
    guard kind.answersQueries else { return "no" }
    return switch TerminalProbe.hasFrames(kind) {
    case true?: "yes, the terminal says"
    case false?: "no, the terminal says"
    case nil: "asked for when the screen opens, and used once it is granted"
    }
  }

  private static func clipboard(_ kind: TerminalKind) -> String {
    switch kind.multiplexer {
    case .tmux:
      "by OSC 52; tmux wants set-clipboard on, or allow-passthrough on, to hand it on"
    case .screen: "by OSC 52, handed on by screen"
    case nil: "by OSC 52, where the terminal permits it"
    }
  }
}
