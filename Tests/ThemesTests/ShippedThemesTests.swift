import Canvas
import Testing
import Themes

@Suite struct ShippedThemesTests {
  @Test(arguments: ShippedThemes.names)
  func `a theme's name is that of its file`(name: String) throws {
    #expect(try Theme.shipped(name).name == name)
  }

  @Test func `all that were promised are there`() {
    #expect(
      ShippedThemes.names == [
        "ansi", "dark", "deuteranopia", "dracula", "gruvbox", "high-contrast", "light", "mono",
        "nord", "solarized-dark", "solarized-light", "tritanopia",
      ])
  }

  @Test(arguments: ShippedThemes.names)
  func `a selected row does not look like the others`(name: String) throws {
    let theme = try Theme.shipped(name)
    for depth in ColorDepth.all {
      let plain = theme.look(for: Style(), depth)
      let selected = theme.look(for: Style(on: .selection), depth)
      let unfocused = theme.look(for: Style(on: .selectionUnfocused), depth)
      #expect(Set([plain, selected, unfocused]).count == 3, "\(name) at \(depth)")
    }
  }

  @Test(arguments: ShippedThemes.names)
  func `a theme with a paper of its own covers the whole screen with it`(name: String) throws {
    let theme = try Theme.shipped(name)
    let isOnPaper = !["ansi", "dark", "deuteranopia", "mono", "tritanopia"].contains(name)
    #expect((theme.paper != nil) == isOnPaper)
    for depth in ColorDepth.all where depth > .none {
      for role in Role.allCases {
        for ground in [nil] + Role.allCases.filter(\.isGround) {
          let look = theme.look(for: Style(role, on: ground), depth)
          if isOnPaper {
            #expect(look.background != nil, "\(role) on \(ground?.rawValue ?? "paper")")
          }
          if isOnPaper {
            #expect(look.foreground != nil, "\(role) on \(ground?.rawValue ?? "paper")")
          }
        }
      }
    }
  }

  @Test func `mono has no colour at all`() throws {
    let mono = try Theme.shipped("mono")
    for role in Role.allCases {
      let look = mono.look(for: Style(role))
      #expect(look.foreground == nil && look.background == nil)
    }
  }

  @Test func `ansi has no colour but the terminal's sixteen, and no background`() throws {
    let ansi = try Theme.shipped("ansi")
    for role in Role.allCases {
      let look = ansi.look(for: Style(role))
      if let color = look.foreground { #expect(Color.names.contains(color.description)) }
      #expect(look.background == nil)
    }
  }
}
