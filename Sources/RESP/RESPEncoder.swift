package import NIOCore

/// Turns the words of a command into bytes, safe for any bytes within the words.
///
/// Takes arrays, not any collection: a generic function of another module is several times slower.
package enum RESPEncoder {
  /// Writes one command.
  package static func write(_ words: [RESPBytes], to buffer: inout ByteBuffer) {
    let length = words.reduce(Pen.mostPerHeader) { $0 + $1.count + Pen.mostPerWord }
    buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: length) { bytes in
      var pen = Pen(on: bytes)
      pen.header(UInt8(ascii: "*"), words.count)
      for word in words { word.withUnsafeBytes { pen.word($0) } }
      return pen.position
    }
  }

  /// Writes one command whose words are text.
  package static func write(_ words: [String], to buffer: inout ByteBuffer) {
    let length = words.reduce(Pen.mostPerHeader) { $0 + $1.utf8.count + Pen.mostPerWord }
    buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: length) { bytes in
      var pen = Pen(on: bytes)
      pen.header(UInt8(ascii: "*"), words.count)
      for word in words {
        var word = word
        word.withUTF8 { pen.word(UnsafeRawBufferPointer($0)) }
      }
      return pen.position
    }
  }
}

/// Writes one thing after the other into memory that is large enough for all of it.
private struct Pen {
  /// A type, a number of up to 19 digits, and CR LF.
  static let mostPerHeader = 22
  /// What a word takes besides its bytes.
  static let mostPerWord = mostPerHeader + 2

  private let memory: UnsafeMutableRawBufferPointer
  private(set) var position = 0

  init(on memory: UnsafeMutableRawBufferPointer) {
    self.memory = memory
  }

  mutating func word(_ bytes: UnsafeRawBufferPointer) {
    header(UInt8(ascii: "$"), bytes.count)
    UnsafeMutableRawBufferPointer(rebasing: memory[position...]).copyMemory(from: bytes)
    position += bytes.count
    lineEnd()
  }

  mutating func header(_ type: UInt8, _ number: Int) {
    byte(type)
    digits(of: number)
    lineEnd()
  }

  private mutating func digits(of number: Int) {
    let (rest, last) = number.quotientAndRemainder(dividingBy: 10)
    if rest > 0 { digits(of: rest) }
    byte(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: last))
  }

  private mutating func lineEnd() {
    byte(UInt8(ascii: "\r"))
    byte(UInt8(ascii: "\n"))
  }

  private mutating func byte(_ byte: UInt8) {
    memory[position] = byte
    position += 1
  }
}
