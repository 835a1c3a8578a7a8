import Testing

@testable import Canvas

@Suite struct ColorDepthTests {
  @Test func `every colour of the cube and of the greys is its own nearest`() {
    for index in UInt8(16)...255 {
      let (red, green, blue) = Color.indexed(index).components
      let exact = Color.rgb(red: UInt8(red), green: UInt8(green), blue: UInt8(blue))
      let nearest = exact.nearest(.indexed)
      #expect(nearest.map { $0.components == exact.components } == true, "\(index)")
    }
  }

  @Test(arguments: [
    ("#7ee787", UInt8(10), UInt8(2)), ("#ff7b72", 9, 1), ("#f2cc60", 11, 3), ("#11632a", 2, 2),
    ("#0550ae", 4, 4), ("#303030", 0, 0), ("#ffffff", 15, 7), ("#808080", 8, 0),
  ])
  func `few colours keep the hue`(text: String, sixteen: UInt8, eight: UInt8) throws {
    let color = try #require(Color(text))
    #expect(color.nearest(.sixteen) == .indexed(sixteen))
    #expect(color.nearest(.eight) == .indexed(eight))
    #expect(color.nearest(.none) == nil)
    #expect(color.nearest(.direct) == color)
  }

  @Test func `a terminal of 24 bits gets no number that it takes for a colour`() {
    #expect(Color.indexed(208).nearest(.direct) == .rgb(red: 255, green: 135, blue: 0))
    #expect(Color.indexed(3).nearest(.direct) == .indexed(3))
    #expect(Color.indexed(208).nearest(.direct, indexed: 256) == .indexed(208))
    #expect(Color.indexed(12).nearest(.direct, indexed: 16) == .indexed(12))
  }

  @Test func `the depth is what the terminal's description says`() {
    func depth(_ colors: Int, _ environment: [String: String] = [:], direct: Bool = false)
      -> ColorDepth
    {
      .detect(colors: colors, isDirect: direct, environment: environment)
    }
    #expect(depth(256) == .indexed)
    #expect(depth(256, ["COLORTERM": "truecolor"]) == .indexed)
    #expect(depth(1 << 24, direct: true) == .direct)
    #expect(depth(88) == .sixteen)
    #expect(depth(8) == .eight)
    #expect(depth(0) == .none)
    #expect(depth(-1) == .none)
    #expect(depth(256, ["NO_COLOR": "1"]) == .none)
    #expect(depth(256, ["NO_COLOR": ""]) == .indexed)
    #expect(depth(256, ["TERM": "dumb"]) == .none)
    #expect(depth(256, ["CLICOLOR": "0"]) == .none)
    #expect(depth(256, ["CLICOLOR": "1"]) == .indexed)
    #expect(depth(256, ["CLICOLOR": "0", "CLICOLOR_FORCE": "1"]) == .indexed)
    #expect(depth(256, ["CLICOLOR": "0", "CLICOLOR_FORCE": "0"]) == .none)
    #expect(depth(256, ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"]) == .none)
    #expect(depth(0, ["CLICOLOR_FORCE": "1"]) == .none)
  }
}
