/// What a column looks like, whatever its rows are.
package struct ColumnShape: Hashable, Sendable {
  /// How wide a column wants to be.
  package enum Width: Hashable, Sendable {
    case fixed(Int)
    /// As wide as what is in view, within bounds.
    case fit(min: Int, max: Int)
    /// All that the others leave, shared among the fills; never less than its title or `atLeast`.
    case filling(atLeast: Int)

    package static var fill: Width { .filling(atLeast: 8) }
  }

  package let title: String
  package let width: Width
  package let alignment: Alignment
  /// Where room is short, the column of the lowest priority goes first; of equals, the rightmost.
  package let priority: Int

  /// The least it can do with.
  var least: Int {
    switch width {
    case .fixed(let columns): max(1, columns)
    case .fit(let least, _): max(1, least)
    case .filling(let least): max(1, least, Glyph.columns(of: title))
    }
  }

  var isFill: Bool {
    if case .filling = width { true } else { false }
  }
}

/// What the number of a column counts, where it says all that its text says.
package enum ColumnUnit: Sendable {
  case pieces, bytes, seconds
}
