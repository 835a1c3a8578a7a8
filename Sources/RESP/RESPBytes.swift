package import NIOCore

/// The bytes of a string in a reply: any bytes at all, mostly UTF-8.
///
/// A slice of the bytes that were read, without a copy of its own.
public struct RESPBytes: Hashable, Sendable {
  package var buffer: ByteBuffer

  package init(buffer: ByteBuffer) {
    self.buffer = buffer
  }

  /// The UTF-8 of a text.
  public init(_ text: some StringProtocol) {
    self.buffer = ByteBuffer(substring: Substring(text))
  }

  /// The bytes themselves.
  public init(_ bytes: some Sequence<UInt8>) {
    self.buffer = ByteBuffer(bytes: bytes)
  }

  /// How many bytes there are.
  public var count: Int { buffer.readableBytes }

  /// The bytes.
  public var bytes: [UInt8] { Array(buffer.readableBytesView) }

  /// The text, with what is no UTF-8 replaced by U+FFFD.
  public var text: String { String(buffer: buffer) }

  /// The text; nil where the bytes are no UTF-8.
  public var validText: String? {
    withUnsafeBytes { String(validating: $0, as: UTF8.self) }
  }

  /// The decimal number that the bytes spell; nil where they spell none.
  public var integer: Int64? {
    buffer.withUnsafeReadableBytes { bytes in Int64(decimal: bytes) }
  }

  /// Puts the bytes behind those that are there.
  package func append(to bytes: inout [UInt8]) {
    buffer.withUnsafeReadableBytes { bytes.append(contentsOf: $0) }
  }

  package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    buffer.withUnsafeReadableBytes(body)
  }
}

extension RESPBytes: ExpressibleByStringLiteral, CustomStringConvertible {
  /// The UTF-8 of a text written in the source.
  public init(stringLiteral value: String) {
    self.init(value)
  }

  /// The text, in quotes.
  public var description: String { text.debugDescription }
}

extension Int64 {
  /// The number that a run of decimal digits with an optional sign spells; nil where it spells none
  /// or one that doesn't fit.
  package init?(decimal bytes: UnsafeRawBufferPointer) {
    var index = 0
    var isNegative = false
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      index = 1
    }
    guard index < bytes.count else { return nil }
    var value: Int64 = 0
    while index < bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      // Built up on the negative side, which has one number more.
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = product.subtractingReportingOverflow(Int64(digit))
      guard !tooLarge, !overflow else { return nil }
      value = sum
      index += 1
    }
    if isNegative {
      self = value
    } else {
      guard value != .min else { return nil }
      self = -value
    }
  }
}
