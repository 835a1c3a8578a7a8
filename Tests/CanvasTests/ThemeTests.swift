import Testing

@testable import Canvas

@Suite struct ThemeTests {
  let red = Color.indexed(1)
  let blue = Color.indexed(4)

  @Test func `every chain of fallbacks ends at text`() {
    for role in Role.allCases {
      var seen: Set<Role> = []
      var next: Role? = role
      while let current = next {
        #expect(seen.insert(current).inserted, "\(role) goes in a circle")
        next = current.fallback
      }
      #expect(seen.contains(.text))
    }
  }

  @Test func `a role that is not given looks like its fallback`() {
    let theme = Theme(name: "t", looks: [.critical: Look(foreground: red, emphasis: .bold)])
    #expect(theme.look(for: Style(.removed)) == Look(foreground: red, emphasis: .bold))
    #expect(theme.look(for: Style(.added)) == Look())
  }

  @Test func `a state keeps its colour on a selected row`() {
    let theme = Theme(
      name: "t",
      looks: [
        .text: Look(foreground: .white, background: .black), .critical: Look(foreground: red),
        .selection: Look(foreground: .black, background: blue),
      ])
    #expect(
      theme.look(for: Style(.critical, on: .selection)) == Look(foreground: red, background: blue))
    #expect(
      theme.look(for: Style(.text, on: .selection)) == Look(foreground: .black, background: blue))
    #expect(theme.look(for: Style(.critical)) == Look(foreground: red, background: .black))
  }

  @Test func `a reversed bar is written alike all over`() {
    let theme = Theme(
      name: "t",
      looks: [
        .critical: Look(foreground: red, emphasis: .bold), .selection: Look(emphasis: .reverse),
        .bar: Look(background: Color("#111111")),
      ])
    for depth in [ColorDepth.eight, .sixteen, .indexed, .direct] {
      let look = theme.look(for: Style(.critical, on: .selection), depth)
      #expect(look == Look(emphasis: [.bold, .reverse]))
      #expect(theme.look(for: Style(.critical, on: .bar), depth).foreground != nil)
    }
  }

  @Test func `an input field shows on an overlay, and a selection over both`() {
    let theme = Theme(
      name: "t",
      looks: [
        .input: Look(background: red), .overlay: Look(background: blue),
        .selection: Look(background: .white),
      ])
    #expect(theme.look(for: Style(.input, on: .overlay)).background == red)
    #expect(theme.look(for: Style(.text, on: .overlay)).background == blue)
    #expect(theme.look(for: Style(.input, on: .selection)).background == .white)
  }

  @Test func `what has changed is marked in addition`() {
    let theme = Theme(
      name: "t",
      looks: [
        .warning: Look(foreground: red, emphasis: .bold), .changed: Look(emphasis: .underline),
      ])
    let look = theme.look(for: Style(.warning, isChanged: true))
    #expect(look == Look(foreground: red, emphasis: [.bold, .underline]))
  }

  @Test(arguments: [ColorDepth.none, .eight, .sixteen])
  func `a selection is seen with few colours and with none`(depth: ColorDepth) {
    let grays = Theme(
      name: "t",
      looks: [
        .dim: Look(foreground: .indexed(242), emphasis: .dim),
        .selection: Look(background: .indexed(236)),
        .selectionUnfocused: Look(background: .indexed(235)),
      ])
    for role in [Role.text, .dim, .critical] {
      let look = grays.look(for: Style(role, on: .selection), depth)
      #expect(look.emphasis.contains(.reverse))
      #expect(!look.emphasis.contains(.dim))
      let unfocused = grays.look(for: Style(role, on: .selectionUnfocused), depth)
      #expect(unfocused.emphasis.contains(.underline))
    }
  }

  @Test func `text that would vanish on its background is made readable`() {
    let theme = Theme(
      name: "t",
      looks: [
        .unknown: Look(foreground: Color("#8080ff")),
        .selection: Look(background: Color("#0000a0")),
      ])
    for depth in [ColorDepth.eight, .sixteen] {
      let look = theme.look(for: Style(.unknown, on: .selection), depth)
      #expect(
        Color.contrast(look.foreground ?? .white, look.background ?? .black) >= 3, "\(depth)")
    }
  }

  @Test(arguments: [ColorDepth.eight, .sixteen])
  func `with few colours a paper becomes black or white, and shades of it the same`(
    depth: ColorDepth
  ) {
    let grounds: [Role: Look] = [
      .bar: Look(background: Color("#073642")), .selection: Look(background: Color("#0b2a58")),
      .disabled: Look(foreground: Color("#586e75")),
    ]
    var theme = Theme(name: "t", looks: grounds)
    theme.looks[.text] = Look(foreground: Color("#93a1a1"), background: Color("#002b36"))
    #expect(theme.paper == Color("#002b36"))
    for ground in [nil, Role.bar, .selection] {
      #expect(theme.look(for: Style(on: ground), depth).background == .indexed(0))
    }
    #expect(theme.look(for: Style(on: .selection), depth).emphasis == .reverse)
    #expect(theme.look(for: Style(.disabled), depth).foreground != nil)
    theme.looks[.text] = Look(foreground: Color("#586e75"), background: Color("#fdf6e3"))
    let white = Color.indexed(depth == .eight ? 7 : 15)
    #expect(theme.look(for: Style(), depth).background == white)
    #expect(theme.look(for: Style(), depth).foreground == .indexed(0))
  }

  @Test func `a colour that is hard to read gives way to the brighter one of its hue`() {
    let theme = Theme(
      name: "t",
      looks: [
        .text: Look(foreground: .white, background: .black),
        .critical: Look(foreground: .indexed(1)), .unknown: Look(foreground: .indexed(4)),
      ])
    #expect(theme.look(for: Style(.critical), .sixteen).foreground == .indexed(9))
    #expect(theme.look(for: Style(.unknown), .sixteen).foreground == .indexed(12))
    #expect(theme.look(for: Style(.critical), .eight).foreground == .indexed(1))
    #expect(theme.look(for: Style(.unknown), .eight).foreground == .indexed(7))
  }

  @Test func `without colours there is no colour`() {
    let theme = Theme(name: "t", looks: [.text: Look(foreground: red, background: blue)])
    for role in Role.allCases {
      let look = theme.look(for: Style(role, on: .bar, isChanged: true), .none)
      #expect(look.foreground == nil && look.background == nil)
    }
  }
}
