/// How much of a rect one of its parts wants.
///
/// Room is given out in this order: fixed parts from first to last, then fractions of the whole,
/// then what is left is shared evenly by the fills. A part that gets nothing is an empty rect, so
/// there are always as many rects as parts, and together they never exceed the whole.
package enum Split: Hashable, Sendable {
  case fixed(Int)
  case fraction(Double)
  case fill

  static func lengths(of whole: Int, _ parts: [Split]) -> [Int] {
    var lengths = [Int](repeating: 0, count: parts.count)
    var left = max(0, whole)
    func take(_ wanted: Int, for index: Int) {
      lengths[index] = min(max(0, wanted), left)
      left -= lengths[index]
    }
    for (index, part) in parts.enumerated() {
      if case .fixed(let length) = part { take(length, for: index) }
    }
    for (index, part) in parts.enumerated() {
      guard case .fraction(let share) = part, share > 0 else { continue }
      take(Int((Double(whole) * min(share, 1)).rounded()), for: index)
    }
    let fills = parts.indices.filter { parts[$0] == .fill }
    for (turn, index) in fills.enumerated() { take(left / (fills.count - turn), for: index) }
    return lengths
  }
}

extension Rect {
  /// Its parts, one below the other.
  package func rows(_ parts: Split...) -> [Rect] { rows(parts) }

  package func rows(_ parts: [Split]) -> [Rect] {
    var top = self.top
    return Split.lengths(of: rows, parts).map { length in
      defer { top += length }
      return Rect(left: left, top: top, columns: columns, rows: length)
    }
  }

  /// Its parts, side by side.
  package func columns(_ parts: Split...) -> [Rect] { columns(parts) }

  package func columns(_ parts: [Split]) -> [Rect] {
    var left = self.left
    return Split.lengths(of: columns, parts).map { length in
      defer { left += length }
      return Rect(left: left, top: top, columns: length, rows: rows)
    }
  }
}
