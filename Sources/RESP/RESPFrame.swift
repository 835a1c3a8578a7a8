package import NIOCore

/// Finds the end of a reply without reading it, whatever way its bytes are cut.
///
/// Knows only what long replies are made of, lists and maps of strings: of anything else it says so, and
/// leaves it to the parser.
package struct RESPFrame {
  /// What the bytes begin with.
  package enum Look: Hashable {
    /// A reply of so many bytes.
    case whole(length: Int)
    /// The beginning of a reply.
    case partial
    /// Something else than lists and maps of strings.
    case other
  }

  private let limits: RESPLimits
  /// How far was looked.
  private var position = 0
  /// Values that are still to come.
  private var missing = 1

  package init(limits: RESPLimits = RESPLimits()) {
    self.limits = limits
  }

  /// Looks at bytes; where they are only a part, again at the same bytes and more behind them.
  package mutating func look(at buffer: ByteBuffer) -> Look {
    buffer.withUnsafeReadableBytes { bytes in
      if missing == 1, position == 0, let first = bytes.first, first != UInt8(ascii: "*") {
        return .other
      }
      while missing > 0 {
        guard position < bytes.count else { return .partial }
        let type = bytes[position]
        var cursor = WireCursor(bytes, at: position + 1)
        guard let number = cursor.number() else {
          return cursor.isAtEnd ? .partial : .other
        }
        switch type {
        case UInt8(ascii: "$"):
          guard number <= limits.length else { return .other }
          guard cursor.position + number + 2 <= bytes.count else { return .partial }
          guard bytes[cursor.position + number] == UInt8(ascii: "\r"),
            bytes[cursor.position + number + 1] == UInt8(ascii: "\n")
          else { return .other }
          position = cursor.position + number + 2
          missing -= 1
        case UInt8(ascii: "*"), UInt8(ascii: "%"):
          let width = type == UInt8(ascii: "%") ? 2 : 1
          guard number <= limits.count / width else { return .other }
          position = cursor.position
          missing += number * width - 1
        default: return .other
        }
      }
      return .whole(length: position)
    }
  }
}

/// Goes through bytes that hold lists, maps and strings.
package struct WireCursor {
  private let bytes: UnsafeRawBufferPointer
  package private(set) var position: Int

  package init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  package var isAtEnd: Bool { position >= bytes.count }

  /// Reads decimal digits and the end of the line behind them; nil, at the place where it stopped, where
  /// that is something else, or not all there.
  package mutating func number() -> Int? {
    let start = position
    var value = 0
    while position < bytes.count, position < start + 9 {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      value = value * 10 + Int(digit)
      position += 1
    }
    guard position < bytes.count else { return nil }
    guard position > start, bytes[position] == UInt8(ascii: "\r") else { return nil }
    guard position + 1 < bytes.count else {
      position += 1
      return nil
    }
    guard bytes[position + 1] == UInt8(ascii: "\n") else { return nil }
    position += 2
    return value
  }

  /// Reads the type of what comes next, and its length or count.
  package mutating func header() -> (type: UInt8, number: Int)? {
    guard position < bytes.count else { return nil }
    let type = bytes[position]
    position += 1
    return number().map { (type, $0) }
  }

  /// Reads a string; gives where its bytes are.
  package mutating func string() -> Range<Int>? {
    guard let (type, length) = header(), type == UInt8(ascii: "$"),
      position + length + 2 <= bytes.count
    else { return nil }
    defer { position += length + 2 }
    return position..<position + length
  }
}
