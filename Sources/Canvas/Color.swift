/// A colour, as a theme gives it: 24 bit, or one of the terminal's own 256.
package enum Color: Hashable, Sendable {
  case rgb(red: UInt8, green: UInt8, blue: UInt8)
  case indexed(UInt8)

  /// `#rgb`, `#rrggbb`, a number from 0 to 255, or one of the 16 names; `nil` if it is none of
  /// them.
  package init?(_ text: String) {
    if text.hasPrefix("#") {
      guard let color = Color(hex: text.dropFirst()) else { return nil }
      self = color
    } else if let index = UInt8(text) {
      self = .indexed(index)
    } else if let index = Color.names.firstIndex(of: text) {
      self = .indexed(UInt8(index))
    } else if text == "gray" || text == "grey" {
      self = .indexed(8)
    } else {
      return nil
    }
  }

  package static let names =
    ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    + [
      "bright_black", "bright_red", "bright_green", "bright_yellow", "bright_blue",
      "bright_magenta", "bright_cyan", "bright_white",
    ]

  package static let black = Color.rgb(red: 0, green: 0, blue: 0)
  package static let white = Color.rgb(red: 255, green: 255, blue: 255)

  /// Its parts; those of xterm's palette where the terminal decides.
  package var components: (red: Int, green: Int, blue: Int) {
    switch self {
    case .rgb(let red, let green, let blue): return (Int(red), Int(green), Int(blue))
    case .indexed(let index) where index < 16: return Color.basic[Int(index)]
    case .indexed(let index) where index < 232:
      let cube = Int(index) - 16
      let steps = Color.cubeSteps
      return (steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6])
    case .indexed(let index):
      let gray = 8 + (Int(index) - 232) * 10
      return (gray, gray, gray)
    }
  }

  static let cubeSteps = [0, 95, 135, 175, 215, 255]

  private static let basic = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255),
    (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ]

  private init?(hex: Substring) {
    guard hex.allSatisfy(\.isHexDigit), let value = Int(hex, radix: 16) else { return nil }
    switch hex.count {
    case 6:
      self = .rgb(
        red: UInt8(value >> 16), green: UInt8(value >> 8 & 255), blue: UInt8(value & 255))
    case 3:
      self = .rgb(
        red: UInt8((value >> 8) * 17), green: UInt8((value >> 4 & 15) * 17),
        blue: UInt8((value & 15) * 17))
    default: return nil
    }
  }
}

extension Color: CustomStringConvertible {
  /// As a theme file spells it.
  package var description: String {
    guard case .rgb = self else {
      if case .indexed(let index) = self { return index < 16 ? Self.names[Int(index)] : "\(index)" }
      return ""
    }
    let (red, green, blue) = components
    let hex = String(red << 16 | green << 8 | blue, radix: 16)
    return "#" + String(repeating: "0", count: 6 - hex.count) + hex
  }
}
