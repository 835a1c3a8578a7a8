import NIOCore

/// What kind of list a reply begins.
enum ListKind {
  case array, set, map, push, attribute

  /// Values for each element that the count counts.
  var width: Int { self == .map || self == .attribute ? 2 : 1 }

  /// The finished list. Nil for an attribute: it says something about the next value that no
  /// command of ours asks for, so it is read and set aside.
  func value(_ elements: [RESPValue]) -> RESPValue? {
    switch self {
    case .array: .array(elements)
    case .set: .set(elements)
    case .map: .map(elements)
    case .push: .push(elements)
    case .attribute: nil
    }
  }
}

/// A list whose elements aren't all there yet.
struct OpenList {
  var kind: ListKind
  var remaining: Int
  var elements: [RESPValue] = []

  init(kind: ListKind, remaining: Int) {
    self.kind = kind
    self.remaining = remaining
    // A count is only a promise: a server that lies must not make us allocate for it.
    elements.reserveCapacity(min(remaining, 1_024))
  }

  /// Takes the run of whole strings that comes next off the buffer; gives its length in bytes.
  ///
  /// Only a short way for what long replies are made of. The last element is left alone, as is all
  /// that isn't plain: a null, what is cut short or wrong.
  mutating func takeStrings(from buffer: inout ByteBuffer, limit: Int) -> Int {
    guard remaining > 1 else { return 0 }
    let source = buffer
    let length = source.withUnsafeReadableBytes { bytes in
      var start = 0
      while remaining > 1, let string = Self.wholeString(in: bytes, at: start, limit: limit),
        let slice = source.getSlice(
          at: source.readerIndex + string.lowerBound, length: string.count)
      {
        elements.append(.bulkString(RESPBytes(buffer: slice)))
        remaining -= 1
        start = string.upperBound + 2
      }
      return start
    }
    buffer.moveReaderIndex(forwardBy: length)
    return length
  }

  /// Where the bytes of the string are that begins at `start`; nil where it isn't whole and plain.
  private static func wholeString(
    in bytes: UnsafeRawBufferPointer, at start: Int, limit: Int
  ) -> Range<Int>? {
    // The shortest one is $0 CR LF CR LF.
    guard start + 6 <= bytes.count, bytes[start] == UInt8(ascii: "$") else { return nil }
    var index = start + 1
    var length = 0
    while index < bytes.count, index <= start + 9 {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      length = length * 10 + Int(digit)
      index += 1
    }
    let end = index + 2 + length
    guard index > start + 1, length <= limit, end + 1 < bytes.count,
      bytes[index] == UInt8(ascii: "\r"), bytes[index + 1] == UInt8(ascii: "\n"),
      bytes[end] == UInt8(ascii: "\r"), bytes[end + 1] == UInt8(ascii: "\n")
    else { return nil }
    return index + 2..<end
  }
}
