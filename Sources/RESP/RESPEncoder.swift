package import NIOCore

/// Turns the words of a command into bytes, safe for any bytes within the words.
package enum RESPEncoder {
  /// Writes one command.
  package static func write(_ words: some Collection<RESPBytes>, to buffer: inout ByteBuffer) {
    buffer.write(UInt8(ascii: "*"), number: words.count)
    for word in words {
      buffer.write(UInt8(ascii: "$"), number: word.count)
      buffer.writeImmutableBuffer(word.buffer)
      buffer.writeLineEnd()
    }
  }

  /// Writes one command whose words are text.
  package static func write(_ words: some Collection<String>, to buffer: inout ByteBuffer) {
    buffer.write(UInt8(ascii: "*"), number: words.count)
    for word in words {
      buffer.write(UInt8(ascii: "$"), number: word.utf8.count)
      buffer.writeString(word)
      buffer.writeLineEnd()
    }
  }
}

extension ByteBuffer {
  fileprivate mutating func write(_ type: UInt8, number: Int) {
    writeInteger(type)
    writeString(String(number))
    writeLineEnd()
  }

  fileprivate mutating func writeLineEnd() {
    writeInteger(UInt16(0x0D0A))
  }
}
