package import NIOCore

/// Turns bytes into replies, whatever way they are cut.
///
/// Takes each element off the buffer as soon as it is whole, and keeps the lists that are still
/// open on a stack: no byte is looked at twice, however slowly a reply drips in.
package struct RESPParser {
  private let limits: RESPLimits
  private var open: [OpenList] = []
  private var string: (kind: StringKind, length: Int)?
  /// Bytes taken off the buffer since the start of the conversation.
  private var consumed = 0
  /// Bytes of an unfinished line that were searched for its end already.
  private var searched = 1

  package init(limits: RESPLimits = RESPLimits()) {
    self.limits = limits
  }

  /// Whether it stands between two replies.
  package var isBetweenReplies: Bool { open.isEmpty && string == nil }

  /// Bytes of the conversation were taken off by somebody else.
  package mutating func passedOver(_ count: Int) {
    consumed += count
  }

  /// What to throw where the bytes end now.
  package func truncated(_ rest: ByteBuffer) -> RESPError {
    RESPError(.truncated, offset: consumed + rest.readableBytes)
  }

  /// Takes the next whole reply off the buffer; nil where more bytes are needed.
  ///
  /// After an error the bytes have no meaning any more: the conversation has to end.
  package mutating func next(in buffer: inout ByteBuffer) throws(RESPError) -> RESPValue? {
    nextElement: while true {
      if let last = open.indices.last, string == nil {
        consumed += open[last].takeStrings(from: &buffer, limit: limits.length)
      }
      guard let element = try element(in: &buffer) else { return nil }
      var value: RESPValue
      switch element {
      case .list(let kind, let count):
        guard count == 0 else {
          open.append(OpenList(kind: kind, remaining: count))
          continue nextElement
        }
        guard let empty = kind.value([]) else { continue nextElement }
        value = empty
      case .value(let scalar):
        value = scalar
      }
      // A finished element may finish the list round it, and that one the next.
      while let last = open.indices.last {
        open[last].elements.append(value)
        open[last].remaining -= 1
        guard open[last].remaining == 0 else { continue nextElement }
        let list = open.removeLast()
        guard let finished = list.kind.value(list.elements) else { continue nextElement }
        value = finished
      }
      return value
    }
  }

  private enum Element {
    case value(RESPValue)
    case list(ListKind, count: Int)
  }

  private mutating func element(in buffer: inout ByteBuffer) throws(RESPError) -> Element? {
    if let string {
      return try payload(of: string.kind, length: string.length, in: &buffer).map(Element.value)
    }
    guard let type: UInt8 = buffer.getInteger(at: buffer.readerIndex) else { return nil }
    switch type {
    case UInt8(ascii: "$"): return try string(.bulk, in: &buffer)
    case UInt8(ascii: "="): return try string(.verbatim, in: &buffer)
    case UInt8(ascii: "!"): return try string(.error, in: &buffer)
    case UInt8(ascii: "*"): return try list(.array, in: &buffer)
    case UInt8(ascii: "%"): return try list(.map, in: &buffer)
    case UInt8(ascii: "~"): return try list(.set, in: &buffer)
    case UInt8(ascii: "|"): return try list(.attribute, in: &buffer)
    case UInt8(ascii: ">"):
      guard open.isEmpty else { throw RESPError(.nestedPush, offset: consumed, byte: type) }
      return try list(.push, in: &buffer)
    case UInt8(ascii: ":"):
      return try header(in: &buffer).map { .value(.integer($0)) }
    case UInt8(ascii: ";"), UInt8(ascii: "."):
      throw RESPError(.streamed, offset: consumed, byte: type)
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ","), UInt8(ascii: "("),
      UInt8(ascii: "#"), UInt8(ascii: "_"):
      let start = consumed
      guard let line = try line(in: &buffer) else { return nil }
      return .value(try scalar(type, line, at: start))
    default:
      throw RESPError(.unknownType, offset: consumed, byte: type)
    }
  }

  private func scalar(
    _ type: UInt8, _ line: RESPBytes, at start: Int
  ) throws(RESPError) -> RESPValue {
    switch type {
    case UInt8(ascii: "+"): return .simpleString(line)
    case UInt8(ascii: "-"): return .error(line)
    case UInt8(ascii: "("):
      let isNumber = line.withUnsafeBytes { bytes in
        let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes[...]
        return !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
      }
      if isNumber { return .bigNumber(line) }
    case UInt8(ascii: ","):
      if let number = Double(resp: line.text) { return .double(number) }
    case UInt8(ascii: "#"):
      if line.bytes == [UInt8(ascii: "t")] { return .boolean(true) }
      if line.bytes == [UInt8(ascii: "f")] { return .boolean(false) }
    default:
      if line.count == 0 { return .null }
    }
    throw RESPError(.badValue, offset: start + 1, byte: line.bytes.first ?? UInt8(ascii: "\r"))
  }

  private mutating func list(
    _ kind: ListKind, in buffer: inout ByteBuffer
  ) throws(RESPError) -> Element? {
    let start = consumed
    guard let count = try header(in: &buffer) else { return nil }
    if count == -1, kind == .array { return .value(.null) }
    guard count >= 0 else {
      throw RESPError(.negativeLength, offset: start + 1, byte: UInt8(ascii: "-"))
    }
    let (elements, overflow) = Int(count).multipliedReportingOverflow(by: kind.width)
    guard !overflow, elements <= limits.count else {
      throw RESPError(.tooMany, offset: start, byte: nil)
    }
    guard open.count < limits.depth else {
      throw RESPError(.tooDeep, offset: start, byte: nil)
    }
    return .list(kind, count: elements)
  }

  private mutating func string(
    _ kind: StringKind, in buffer: inout ByteBuffer
  ) throws(RESPError) -> Element? {
    let start = consumed
    guard let length = try header(in: &buffer) else { return nil }
    if length == -1, kind == .bulk { return .value(.null) }
    guard length >= 0 else {
      throw RESPError(.negativeLength, offset: start + 1, byte: UInt8(ascii: "-"))
    }
    guard length <= limits.length else {
      throw RESPError(.tooLong, offset: start, byte: nil)
    }
    string = (kind, Int(length))
    return try payload(of: kind, length: Int(length), in: &buffer).map(Element.value)
  }

  private mutating func payload(
    of kind: StringKind, length: Int, in buffer: inout ByteBuffer
  ) throws(RESPError) -> RESPValue? {
    guard length < buffer.readableBytes else { return nil }
    let end = buffer.readerIndex + length
    if let cr: UInt8 = buffer.getInteger(at: end), cr != UInt8(ascii: "\r") {
      throw RESPError(.missingLineEnd, offset: consumed + length, byte: cr)
    }
    guard let lf: UInt8 = buffer.getInteger(at: end + 1) else { return nil }
    guard lf == UInt8(ascii: "\n") else {
      throw RESPError(.missingLineEnd, offset: consumed + length + 1, byte: lf)
    }
    guard let slice = buffer.readSlice(length: length) else { return nil }
    buffer.moveReaderIndex(forwardBy: 2)
    let start = consumed
    consumed += length + 2
    string = nil
    switch kind {
    case .bulk: return .bulkString(RESPBytes(buffer: slice))
    case .error: return .error(RESPBytes(buffer: slice))
    case .verbatim:
      var text = slice
      guard length >= 4, slice.getInteger(at: slice.readerIndex + 3) == UInt8(ascii: ":") else {
        throw RESPError(
          .badValue, offset: start + min(3, length),
          byte: slice.getInteger(at: slice.readerIndex + min(3, length)))
      }
      text.moveReaderIndex(forwardBy: 4)
      return .verbatimString(RESPBytes(buffer: text))
    }
  }

  /// Takes a line with a whole number off the buffer: a length, a count, an integer.
  private mutating func header(in buffer: inout ByteBuffer) throws(RESPError) -> Int64? {
    let longest = 24
    let found: Result<(value: Int64, length: Int)?, RESPError> =
      buffer.withUnsafeReadableBytes { bytes in
        var index = 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\r") {
          let byte = bytes[index]
          if byte == UInt8(ascii: "?") {
            return .failure(RESPError(.streamed, offset: consumed + index, byte: byte))
          }
          let isSign = index == 1 && (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"))
          guard isSign || (0x30...0x39).contains(byte), index < longest else {
            return .failure(RESPError(.badNumber, offset: consumed + index, byte: byte))
          }
          index += 1
        }
        guard index < bytes.count else { return .success(nil) }
        guard let value = Int64(decimal: UnsafeRawBufferPointer(rebasing: bytes[1..<index])) else {
          return .failure(RESPError(.badNumber, offset: consumed + 1, byte: bytes[1]))
        }
        guard index + 1 < bytes.count else { return .success(nil) }
        guard bytes[index + 1] == UInt8(ascii: "\n") else {
          return .failure(
            RESPError(.missingLineEnd, offset: consumed + index + 1, byte: bytes[index + 1]))
        }
        return .success((value, index + 2))
      }
    guard let (value, length) = try found.get() else { return nil }
    buffer.moveReaderIndex(forwardBy: length)
    consumed += length
    return value
  }

  /// Takes a line of text off the buffer, without its type and its end.
  private mutating func line(in buffer: inout ByteBuffer) throws(RESPError) -> RESPBytes? {
    let view = buffer.readableBytesView
    let start = view.startIndex
    var index = start + searched
    while index < view.endIndex, view[index] != UInt8(ascii: "\r") {
      if view[index] == UInt8(ascii: "\n") {
        throw RESPError(.missingLineEnd, offset: consumed + index - start, byte: view[index])
      }
      index += 1
    }
    guard index - start <= limits.lineLength else {
      throw RESPError(.lineTooLong, offset: consumed, byte: nil)
    }
    searched = index - start
    guard index + 1 < view.endIndex else { return nil }
    guard view[index + 1] == UInt8(ascii: "\n") else {
      throw RESPError(.missingLineEnd, offset: consumed + index + 1 - start, byte: view[index + 1])
    }
    let length = index - start
    buffer.moveReaderIndex(forwardBy: 1)
    guard let slice = buffer.readSlice(length: length - 1) else { return nil }
    buffer.moveReaderIndex(forwardBy: 2)
    consumed += length + 2
    searched = 1
    return RESPBytes(buffer: slice)
  }
}

private enum StringKind { case bulk, verbatim, error }

extension Double {
  /// The number as RESP3 spells it; unlike Swift's own reading, no hexadecimal and no blanks.
  fileprivate init?(resp text: String) {
    switch text {
    case "inf": self = .infinity
    case "-inf": self = -.infinity
    case "nan", "-nan": self = .nan
    default:
      guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
        let number = Double(text)
      else { return nil }
      self = number
    }
  }
}
