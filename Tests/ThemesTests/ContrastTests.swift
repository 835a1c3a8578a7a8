import Canvas
import Testing
import Themes

/// What every theme has to keep, as far as the colours are ours: what the sixteen look like is for
/// each terminal to say, and here they are taken for xterm's.
@Suite struct ContrastTests {
  /// Said beside something else, or not said at all.
  static let faint: Set<Role> = [.dim, .disabled, .border, .borderFocused]
  static let grounds: [Role?] = [nil] + Role.allCases.filter(\.isGround)

  /// What lies behind all, and what is written with, where a theme leaves both to the terminal.
  static let (paper, ink) = (Color.black, Color.white)

  func contrast(_ theme: Theme, _ style: Style, _ depth: ColorDepth) -> Double {
    let look = theme.look(for: style, depth)
    return Color.contrast(look.foreground ?? Self.ink, look.background ?? Self.paper)
  }

  // ANSI's colours are all the terminal's own.
  @Test(arguments: ShippedThemes.names.filter { $0 != "ansi" })
  func `every role can be read on every ground`(name: String) throws {
    let theme = try Theme.shipped(name)
    for depth in [ColorDepth.direct, .indexed] {
      for ground in Self.grounds {
        for role in Role.allCases where role != .border || ground != .selectionUnfocused {
          let contrast = contrast(theme, Style(role, on: ground), depth)
          let least = Self.faint.contains(role) ? 3 : 4.5
          #expect(contrast >= least, "\(role) on \(ground?.rawValue ?? "paper") at \(depth)")
        }
      }
    }
  }

  @Test(arguments: ShippedThemes.names, [ColorDepth.sixteen, .eight])
  func `few colours leave everything readable, and plain text easily so`(
    name: String, depth: ColorDepth
  ) throws {
    let theme = try Theme.shipped(name)
    for ground in Self.grounds {
      // What lies on the terminal's own ground is its user's choice.
      for role in Role.allCases
      where theme.look(for: Style(role, on: ground), depth).background != nil {
        let contrast = contrast(theme, Style(role, on: ground), depth)
        #expect(
          contrast >= (role == .text ? 4.5 : 3), "\(role) on \(ground?.rawValue ?? "paper")")
      }
    }
  }

  @Test func `in high-contrast all that is said has a contrast of seven`() throws {
    let theme = try Theme.shipped("high-contrast")
    for ground in Self.grounds {
      for role in Role.allCases where role != .border {
        for depth in [ColorDepth.direct, .indexed] {
          let contrast = contrast(theme, Style(role, on: ground), depth)
          #expect(contrast >= 7, "\(role) on \(ground?.rawValue ?? "paper")")
        }
      }
    }
  }
}
