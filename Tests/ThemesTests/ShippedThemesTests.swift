import Canvas
import Testing
import Themes
import Yams

@Suite struct ShippedThemesTests {
  static let grounds: [Role?] = [
    nil, .selection, .selectionUnfocused, .bar, .overlay, .changed,
  ]
  static let faint: Set<Role> = [.dim, .disabled, .border, .borderFocused]

  func theme(_ name: String) throws -> Theme {
    let yaml = try #require(ShippedThemes.yaml(named: name))
    return try YAMLDecoder().decode(Theme.self, from: yaml)
  }

  @Test(arguments: ShippedThemes.names)
  func `a theme's name is that of its file`(name: String) throws {
    #expect(try theme(name).name == name)
  }

  @Test(arguments: ShippedThemes.names)
  func `every role can be read on every ground`(name: String) throws {
    let theme = try theme(name)
    let (paper, ink) = name == "light" ? (Color.white, Color.black) : (.black, .white)
    for depth in [ColorDepth.direct, .indexed] {
      for ground in Self.grounds {
        for role in Role.allCases where role != .border || ground != .selectionUnfocused {
          let look = theme.look(for: Style(role, on: ground), depth)
          let contrast = Color.contrast(look.foreground ?? ink, look.background ?? paper)
          let least = Self.faint.contains(role) ? 3 : 4.5
          #expect(contrast >= least, "\(name): \(role) on \(ground?.rawValue ?? "nothing")")
        }
      }
    }
  }

  @Test(arguments: ShippedThemes.names)
  func `a selected row does not look like the others`(name: String) throws {
    let theme = try theme(name)
    for depth in [ColorDepth.none, .eight, .sixteen, .indexed, .direct] {
      let plain = theme.look(for: Style(), depth)
      let selected = theme.look(for: Style(on: .selection), depth)
      let unfocused = theme.look(for: Style(on: .selectionUnfocused), depth)
      #expect(Set([plain, selected, unfocused]).count == 3, "\(name) at \(depth)")
    }
  }

  @Test func `mono has no colour at all`() throws {
    let mono = try theme("mono")
    for role in Role.allCases {
      let look = mono.look(for: Style(role))
      #expect(look.foreground == nil && look.background == nil)
    }
  }
}
