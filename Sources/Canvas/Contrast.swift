#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Color {
  /// How well one colour is read on the other, from 1 to 21, as WCAG 2 measures it. Text wants 4.5.
  package static func contrast(_ one: Color, _ other: Color) -> Double {
    let (one, other) = (one.luminance, other.luminance)
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }

  /// How light it is to the eye, from 0 to 1.
  package var luminance: Double {
    let (red, green, blue) = components
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  private func linear(_ component: Int) -> Double {
    let share = Double(component) / 255
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }
}
