/// How many colours a terminal shows.
package enum ColorDepth: Int, Comparable, Sendable {
  case none = 0
  case eight = 8
  case sixteen = 16
  case indexed = 256
  case direct = 16_777_216

  package static func < (left: ColorDepth, right: ColorDepth) -> Bool {
    left.rawValue < right.rawValue
  }

  /// What to use, from what the terminal's description says (its number of colours, and whether it
  /// takes 24 bits) and from the environment. `NO_COLOR` wins, then `CLICOLOR_FORCE`, then a
  /// `CLICOLOR` of 0. `COLORTERM` is not asked: ncurses can send no more than the description has
  /// words for.
  package static func detect(
    colors: Int, isDirect: Bool, environment: [String: String]
  ) -> ColorDepth {
    if !environment["NO_COLOR", default: ""].isEmpty { return .none }
    let isForced = !["", "0"].contains(environment["CLICOLOR_FORCE", default: ""])
    if environment["CLICOLOR"] == "0", !isForced { return .none }
    if environment["TERM"] == "dumb" { return .none }
    return switch colors {
    case ..<8: .none
    case 8..<16: .eight
    case 16..<256: .sixteen
    default: isDirect && colors >= ColorDepth.direct.rawValue ? .direct : .indexed
    }
  }
}

extension Color {
  /// The nearest colour that a terminal of that depth has; `nil` if it has none. Beside 24-bit
  /// colours, a terminal has only so many of its palette.
  package func nearest(_ depth: ColorDepth, indexed: Int = 8) -> Color? {
    switch depth {
    case .none: return nil
    case .eight: return .indexed(basicIndex & 7)
    case .sixteen: return .indexed(basicIndex)
    case .indexed:
      if case .indexed = self { return self }
      return .indexed(cubeIndex)
    case .direct:
      // Such a terminal takes a greater number for a 24-bit colour.
      if case .indexed(let index) = self, index < indexed { return self }
      let (red, green, blue) = components
      return .rgb(red: UInt8(red), green: UInt8(green), blue: UInt8(blue))
    }
  }

  /// Whether it is a grey that is none of the 16.
  var isShade: Bool {
    if case .indexed(let index) = self, index < 16 { return false }
    return isGray
  }

  /// Whether it is a grey between black and white.
  var isFaint: Bool { isShade && (basicIndex == 7 || basicIndex == 8) }

  private var isGray: Bool {
    let (red, green, blue) = components
    let most = max(red, green, blue)
    return most <= 40 || most - min(red, green, blue) <= most / 4
  }

  // The 16 below are left alone: each user has other colours there.
  private var cubeIndex: UInt8 {
    let (red, green, blue) = components
    func step(_ value: Int) -> Int {
      value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40
    }
    let cube = 16 + 36 * step(red) + 6 * step(green) + step(blue)
    let mean = (red + green + blue) / 3
    let gray = 232 + min(23, max(0, (mean - 3) / 10))
    return [cube, gray].map { UInt8($0) }
      .min { distance(to: .indexed($0)) < distance(to: .indexed($1)) } ?? 7
  }

  private func distance(to other: Color) -> Int {
    let (one, two) = (components, other.components)
    let mean = (one.red + two.red) / 2
    let (red, green, blue) = (one.red - two.red, one.green - two.green, one.blue - two.blue)
    return ((512 + mean) * red * red + 1_024 * green * green + (767 - mean) * blue * blue) >> 8
  }

  // By hue, since the nearest of 16 by distance is nearly always a grey.
  private var basicIndex: UInt8 {
    if case .indexed(let index) = self, index < 16 { return index }
    let (red, green, blue) = components
    let (most, least) = (max(red, green, blue), min(red, green, blue))
    guard !isGray else {
      return most < 56 ? 0 : most < 150 ? 8 : most < 215 ? 7 : 15
    }
    let middle = (most + least) / 2
    let hue: UInt8 =
      (red > middle ? 1 : 0) | (green > middle ? 2 : 0) | (blue > middle ? 4 : 0)
    return most > 190 ? hue + 8 : hue
  }
}
