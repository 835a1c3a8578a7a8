internal import NIOCore

/// Reads replies out of bytes that come from anywhere: a file, a recording, a socket of one's own.
///
/// Whatever way the bytes are cut, the replies are the same. What `RedisSentinel` connects itself
/// needs no reader.
public struct RESPReader: Sendable {
  private var parser: RESPParser
  private var buffer = ByteBuffer()

  /// A reader that stands before its first byte.
  public init(limits: RESPLimits = RESPLimits()) {
    parser = RESPParser(limits: limits)
  }

  /// Takes in the bytes that come next.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    if buffer.readerIndex > 0 {
      // What was handed out is a slice of these bytes: they stay where they are, the rest moves.
      let rest = buffer
      buffer = ByteBuffer()
      buffer.reserveCapacity(rest.readableBytes + bytes.underestimatedCount)
      buffer.writeImmutableBuffer(rest)
    }
    buffer.writeBytes(bytes)
  }

  /// The next reply or pushed message; nil where more bytes are needed.
  ///
  /// - Throws: where the bytes are no reply. Those that follow have no meaning any more.
  public mutating func next() throws(RESPError) -> RESPValue? {
    try parser.next(in: &buffer)
  }

  /// Says that nothing more comes.
  ///
  /// - Throws: `.truncated` where that is in the middle of a reply.
  public func finish() throws(RESPError) {
    guard parser.isBetweenReplies, buffer.readableBytes == 0 else {
      throw parser.truncated(buffer)
    }
  }
}
