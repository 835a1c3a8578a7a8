internal import Canvas

/// A control sequence as terminals send it for a key or for the mouse, taken apart.
struct EscapeSequence {
  private let isMouse: Bool
  private let numbers: [Int]
  private let final: UInt8
  /// What the terminal tells about itself by it.
  let report: TerminalReport?

  /// `parameters` is what stands between `ESC [` and the last byte.
  init(parameters: ArraySlice<UInt8>, final: UInt8) {
    isMouse = parameters.first == 0x3C
    numbers = parameters.drop { $0 == 0x3C }
      .split(separator: 0x3B, omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0.prefix(9), as: UTF8.self)) ?? 0 }
    self.final = final
    report = Self.report(parameters, final)
  }

  private static func report(_ parameters: ArraySlice<UInt8>, _ final: UInt8) -> TerminalReport? {
    switch final {
    // `ESC [ ? 2026 ; n $ y`: 0 is unknown, 1 and 2 are on and off, 3 and 4 on and off for good.
    case 0x79 where parameters.starts(with: Array("?2026;".utf8)):
      let state = parameters.dropFirst(6).first
      return .frames(state == 0x31 || state == 0x32)
    case 0x63 where parameters.first == 0x3F: return .kind
    default: return nil
    }
  }

  var isPasteStart: Bool { final == 0x7E && numbers.first == 200 }

  /// The key it stands for, whatever shift, alt and control were held; `nil` if unknown.
  var key: Key? {
    if isMouse { return mouse }
    switch final {
    case 0x7E: return Self.numbered[numbers.first ?? 0]
    case 0x5A: return .backTab
    // With two numbers this may be an answer about the cursor's place, which looks like F3.
    case 0x52: return numbers.first == 1 || numbers == [0] ? .function(3) : nil
    default: return Self.shifted(final)
    }
  }

  /// The key behind the letter of `ESC O` or `ESC [`.
  static func shifted(_ letter: UInt8) -> Key? {
    switch letter {
    case 0x41: .up
    case 0x42: .down
    case 0x43: .right
    case 0x44: .left
    case 0x46: .end
    case 0x48: .home
    case 0x4D: .enter
    case 0x50...0x53: .function(Int(letter) - 0x4F)
    default: nil
    }
  }

  private static let numbered: [Int: Key] = [
    1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
    11: .function(1), 12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5),
    17: .function(6), 18: .function(7), 19: .function(8), 20: .function(9), 21: .function(10),
    23: .function(11), 24: .function(12),
  ]

  private var mouse: Key? {
    guard numbers.count == 3, final == 0x4D || final == 0x6D else { return nil }
    let position = Position(column: max(0, numbers[1] - 1), row: max(0, numbers[2] - 1))
    // Bit 5 is a movement; bits 2 to 4 say which modifiers were held.
    guard numbers[0] & 32 == 0 else { return nil }
    switch (numbers[0] & ~28, final == 0x4D) {
    case (0, true): return .mouse(.press, position)
    case (1, true): return .mouse(.middlePress, position)
    case (2, true): return .mouse(.rightPress, position)
    case (0...2, false): return .mouse(.release, position)
    case (64, true): return .mouse(.wheelUp, position)
    case (65, true): return .mouse(.wheelDown, position)
    default: return nil
    }
  }
}
