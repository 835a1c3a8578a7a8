extension Theme {
  /// The look of text in a style on a terminal of that depth: the nearest colours, readable on each
  /// other, and a selection that can be seen even without any.
  package func look(for style: Style, _ depth: ColorDepth) -> Look {
    var look = look(for: style)
    guard depth < .indexed else {
      look.foreground = look.foreground?.nearest(depth)
      look.background = look.background?.nearest(depth)
      return look
    }
    // Few colours means no shades of grey: as a background they would be black or white, which may
    // be the terminal's own, and as text they may be invisible on it.
    if look.background?.isShade ?? false { look.background = nil }
    if look.foreground?.isFaint ?? false, depth < .sixteen {
      look.foreground = nil
      look.emphasis.insert(.dim)
    }
    look.foreground = look.foreground?.nearest(depth)
    look.background = look.background?.nearest(depth)
    if look.background == nil { look.mark(style.ground) }
    look.makeReadable(depth)
    return look
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

  fileprivate mutating func makeReadable(_ depth: ColorDepth) {
    guard let background else { return }
    emphasis.remove(.dim)
    guard Color.contrast(foreground ?? .white, background) < 3 else { return }
    let isLight = Color.contrast(.white, background) < Color.contrast(.black, background)
    foreground = .indexed(isLight ? 0 : depth < .sixteen ? 7 : 15)
  }
}
