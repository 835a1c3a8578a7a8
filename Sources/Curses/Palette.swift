internal import CNcurses
internal import Canvas

/// Turns styles into what ncurses draws with: attributes and a colour pair. Pairs are made as they
/// are needed; the terminal's own palette is never changed.
struct Palette {
  /// What ncurses wants to know to draw a run.
  struct Ink: Equatable {
    var attributes: attr_t
    var pair: Int32
    /// What is seen of it where nothing is written.
    var ground = Ground()
  }

  /// What a space looks like: two that have the same may be drawn in one go.
  struct Ground: Equatable {
    var background: Color?
    /// Of a line under it, or of all of it if it is reversed.
    var foreground: Color?
    var emphasis: Look.Emphasis = []
  }

  private let theme: Theme
  private let depth: ColorDepth
  /// How many numbers mean the terminal's own palette; others are 24-bit colours.
  let indexed: Int
  private var inks: [Style: Ink] = [:]

  init(theme: Theme, depth: ColorDepth, indexed: Int = 256) {
    self.theme = theme
    self.depth = depth
    self.indexed = indexed
  }

  mutating func ink(for style: Style) -> Ink {
    if let known = inks[style] { return known }
    let look = theme.look(for: style, depth, indexed: indexed)
    let ink = Ink(
      attributes: Self.attributes(look.emphasis), pair: pair(of: look),
      ground: Self.ground(of: look))
    inks[style] = ink
    return ink
  }

  static func attributes(_ emphasis: Look.Emphasis) -> attr_t {
    var attributes: attr_t = 0
    if emphasis.contains(.bold) { attributes |= curses_bold }
    if emphasis.contains(.dim) { attributes |= curses_dim }
    if emphasis.contains(.underline) { attributes |= curses_underline }
    if emphasis.contains(.reverse) { attributes |= curses_reverse }
    if emphasis.contains(.italic) { attributes |= curses_italic }
    return attributes
  }

  private static func ground(of look: Look) -> Ground {
    let emphasis = look.emphasis.intersection([.underline, .reverse])
    return Ground(
      background: look.background, foreground: emphasis.isEmpty ? nil : look.foreground,
      emphasis: emphasis)
  }

  private func pair(of look: Look) -> Int32 {
    guard depth > .none, look.foreground != nil || look.background != nil else { return 0 }
    // Where no more pairs are to be had, text is drawn plain rather than in a wrong colour.
    return max(0, alloc_pair(number(of: look.foreground), number(of: look.background)))
  }

  func number(of color: Color?) -> Int32 {
    switch color {
    case .indexed(let index) where Int(index) < indexed: return Int32(index)
    case .indexed, .rgb:
      guard let (red, green, blue) = color?.components else { return -1 }
      let value = Int32(red << 16 | green << 8 | blue)
      // So dark a blue would be taken for a number of the palette: a trace of green makes it none.
      return value < indexed ? value | 0x100 : value
    case nil: return -1
    }
  }
}
