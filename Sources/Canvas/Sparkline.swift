/// Numbers over time, small: one row, the newest at the right. A missing number is a gap, never a
/// zero; a zero is the lowest line.
package struct Sparkline: Hashable, Sendable {
  /// What it is drawn with. Braille holds two numbers a column.
  package enum Marks: Sendable {
    case braille, blocks, ascii
  }

  package var values: [Double?]
  package var marks: Marks
  /// The number that reaches the top; the greatest in view if `nil`.
  package var top: Double?

  package init(_ values: [Double?], marks: Marks = .blocks, top: Double? = nil) {
    self.values = values
    self.marks = marks
    self.top = top
  }

  /// Exactly that many columns; the newest numbers, where not all fit.
  package func text(columns: Int, role: Role = .graph) -> Text {
    guard columns > 0 else { return Text() }
    let columns = min(columns, Size.limit)
    let wanted = marks == .braille ? columns * 2 : columns
    let recent = values.suffix(wanted).map { $0.flatMap { $0.isNaN ? nil : max(0, $0) } }
    let shown = [Double?](repeating: nil, count: wanted - recent.count) + recent
    let top = top ?? shown.lazy.compactMap { $0 }.filter(\.isFinite).max() ?? 0
    let heights = shown.map { value in value.map { level(of: $0, top) } }
    switch marks {
    case .braille: return Text(braille(heights), role)
    case .blocks: return Text(line(heights, Self.blocks), role)
    case .ascii: return Text(line(heights, Self.ascii), role)
    }
  }

  private static let blocks: [Character] = Array("▁▂▃▄▅▆▇█")
  private static let ascii: [Character] = Array("_.-=+*#@")
  // The dots of a cell's left and right half, filled from below to one more level.
  private static let left: [UInt32] = [0x40, 0x44, 0x46, 0x47]
  private static let right: [UInt32] = [0x80, 0xA0, 0xB0, 0xB8]

  private var levels: Int { marks == .braille ? 4 : 8 }

  private func level(of value: Double, _ top: Double) -> Int {
    guard value > 0, top > 0 else { return 0 }
    let share = value.isFinite && top.isFinite ? min(1, value / top) : 1
    return Int((share * Double(levels - 1)).rounded())
  }

  private func line(_ heights: [Int?], _ marks: [Character]) -> String {
    String(heights.map { $0.map { marks[$0] } ?? " " })
  }

  private func braille(_ heights: [Int?]) -> String {
    var text = ""
    for index in stride(from: 0, to: heights.count - 1, by: 2) {
      let dots =
        (heights[index].map { Self.left[$0] } ?? 0)
        | (heights[index + 1].map { Self.right[$0] } ?? 0)
      // No dot at all is a space: a blank braille cell is not blank in every font.
      text += dots == 0 ? " " : Unicode.Scalar(0x2800 + dots).map(String.init) ?? " "
    }
    return text
  }
}
