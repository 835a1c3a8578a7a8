import Canvas
import Testing
import Themes

@Suite struct ColorVisionTests {
  static let states: [Role] = [.healthy, .warning, .critical, .running]

  /// The two states that are nearest to each other for those eyes.
  func nearest(
    _ theme: Theme, _ vision: ColorVision, _ depth: ColorDepth
  ) throws -> (pair: String, distance: Double) {
    var found = (pair: "", distance: Double.infinity)
    for (index, one) in Self.states.enumerated() {
      for other in Self.states[..<index] {
        let first = try #require(theme.look(for: Style(one), depth).foreground)
        let second = try #require(theme.look(for: Style(other), depth).foreground)
        let distance = vision.distance(first, second)
        if distance < found.distance { found = ("\(one) and \(other)", distance) }
      }
    }
    return found
  }

  @Test func `the simulation takes for one what those eyes take for one`() throws {
    let red = try #require(Color("#c06040"))
    let green = try #require(Color("#808040"))
    #expect(ColorVision.usual.distance(red, green) > 40)
    #expect(ColorVision.deuteranopia.distance(red, green) < 20)
    let (blue, teal) = try (#require(Color("#0080a0")), #require(Color("#008878")))
    #expect(ColorVision.usual.distance(blue, teal) > 20)
    #expect(ColorVision.tritanopia.distance(blue, teal) < 10)
    #expect(ColorVision.tritanopia.distance(red, green) > 30)
  }

  @Test(arguments: [ColorVision.deuteranopia, .tritanopia], [ColorDepth.direct, .indexed])
  func `states are told apart by those whom the theme is for, and by all others`(
    vision: ColorVision, depth: ColorDepth
  ) throws {
    let theme = try Theme.shipped(vision.rawValue)
    for eyes in [vision, .usual] {
      let (pair, distance) = try nearest(theme, eyes, depth)
      #expect(distance >= 30, "\(pair) to \(eyes)")
    }
  }

  @Test(arguments: ShippedThemes.names, [ColorDepth.indexed, .direct])
  func `a selected row stands out, by its ground or by its emphasis`(
    name: String, depth: ColorDepth
  ) throws {
    let theme = try Theme.shipped(name)
    let plain = theme.look(for: Style(), depth)
    for ground in [Role.selection, .selectionUnfocused] {
      let look = theme.look(for: Style(on: ground), depth)
      let distance = ColorVision.usual.distance(
        look.background ?? .black, plain.background ?? .black)
      #expect(distance >= 9 || look.emphasis != plain.emphasis, "\(ground): \(distance)")
    }
  }

  @Test func `that is more than the usual theme gives them`() throws {
    let dark = try Theme.shipped("dark")
    for vision in [ColorVision.deuteranopia, .tritanopia] {
      let own = try Theme.shipped(vision.rawValue)
      #expect(
        try nearest(dark, vision, .direct).distance < nearest(own, vision, .direct).distance)
    }
  }
}
