extension Theme {
  /// What the whole screen lies on; `nil` where the theme leaves that to the terminal.
  package var paper: Color? { looks[.text]?.background }

  /// The look of text in a style on a terminal of that depth: the nearest colours, readable on each
  /// other, and a selection that can be seen even without any.
  package func look(for style: Style, _ depth: ColorDepth, indexed: Int = 8) -> Look {
    var look = look(for: style)
    guard depth < .indexed else {
      look.foreground = look.foreground?.nearest(depth, indexed: indexed)
      look.background = look.background?.nearest(depth, indexed: indexed)
      return look
    }
    // Few colours means no shades: a ground that is nearly the paper becomes the paper, and without
    // a paper of the theme's own a grey may be what the terminal has there already.
    let paper = paper(depth)
    if let background = look.background {
      look.background = isShade(background) ? paper : background.nearest(depth)
    }
    // What is plain is as plain as can be, and what is faint is so by emphasis.
    let ink = paper?.ink(depth)
    let isFaint = look.foreground?.isFaint ?? false
    if let ink, look.foreground == looks[.text]?.foreground {
      look.foreground = ink
    } else if isFaint, depth < .sixteen {
      look.foreground = ink
      look.emphasis.insert(.dim)
    }
    if look.background == paper { look.mark(style.ground) }
    // A reversed bar is written alike all over, as where the theme itself asks for it.
    if look.emphasis.contains(.reverse) { look.foreground = ink ?? looks[.text]?.foreground }
    look.foreground = look.foreground?.nearest(depth)
    look.makeReadable(on: paper, depth)
    return look
  }

  /// Black or white, whichever the theme's own paper is nearer to.
  private func paper(_ depth: ColorDepth) -> Color? {
    guard depth > .none, let paper else { return nil }
    return paper.isLight ? .indexed(depth < .sixteen ? 7 : 15) : .indexed(0)
  }

  private func isShade(_ background: Color) -> Bool {
    background.isShade || paper.map { Color.contrast($0, background) < 3 } ?? false
  }
}

extension Color {
  /// Whether black is easier to read on it than white.
  fileprivate var isLight: Bool {
    Color.contrast(.white, self) < Color.contrast(.black, self)
  }

  /// Black or white, whichever is easier to read on it.
  fileprivate func ink(_ depth: ColorDepth) -> Color {
    .indexed(isLight ? 0 : depth < .sixteen ? 7 : 15)
  }
}

extension Look {
  /// Shows by emphasis that a row is selected.
  fileprivate mutating func mark(_ ground: Role?) {
    switch ground {
    case .selection:
      emphasis.insert(.reverse)
      emphasis.remove(.dim)
    case .selectionUnfocused: emphasis.insert(.underline)
    default: break
    }
  }

  /// Takes the other shade of the same hue where that is easier to read, and black or white where
  /// neither can be.
  fileprivate mutating func makeReadable(on paper: Color?, _ depth: ColorDepth) {
    guard let background else { return }
    if background != paper { emphasis.remove(.dim) }
    func contrast(_ color: Color?) -> Double { Color.contrast(color ?? .white, background) }
    guard contrast(foreground) < 4.5 else { return }
    if case .indexed(let index) = foreground, depth == .sixteen,
      contrast(.indexed(index ^ 8)) > contrast(foreground)
    {
      foreground = .indexed(index ^ 8)
    }
    guard contrast(foreground) < 3 else { return }
    foreground = background.ink(depth)
  }
}
