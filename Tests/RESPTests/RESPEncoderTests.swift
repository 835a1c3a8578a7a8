import NIOCore
import RESP
import TestSupport
import Testing

@Suite struct RESPEncoderTests {
  @Test(
    arguments: [
      ([], "*0\r\n"),
      (["PING"], "*1\r\n$4\r\nPING\r\n"),
      (["SENTINEL", "MASTERS"], "*2\r\n$8\r\nSENTINEL\r\n$7\r\nMASTERS\r\n"),
      (["SET", "", "x"], "*3\r\n$3\r\nSET\r\n$0\r\n\r\n$1\r\nx\r\n"),
      (["a\r\n$1\r\nb"], "*1\r\n$8\r\na\r\n$1\r\nb\r\n"),
      (["größe", "🙂"], "*2\r\n$7\r\ngröße\r\n$4\r\n🙂\r\n"),
    ] as [([String], Wire)])
  func `words are counted in bytes and nothing in them is an end`(words: [String], wire: Wire) {
    var text = ByteBuffer()
    RESPEncoder.write(words, to: &text)
    #expect(text == wire.buffer)
    var bytes = ByteBuffer()
    RESPEncoder.write(words.map { RESPBytes($0) }, to: &bytes)
    #expect(bytes == text)
  }

  @Test func `every byte survives`() throws {
    let word = (0...255).map { UInt8($0) }
    var buffer = ByteBuffer()
    RESPEncoder.write([RESPBytes(word)], to: &buffer)
    var parser = RESPParser()
    #expect(try parser.next(in: &buffer) == .array([.bulkString(RESPBytes(word))]))
    #expect(buffer.readableBytes == 0)
  }

  @Test func `commands follow each other in one buffer`() throws {
    var buffer = ByteBuffer()
    RESPEncoder.write(["PING"], to: &buffer)
    RESPEncoder.write(["SENTINEL", "MYID"], to: &buffer)
    var parser = RESPParser()
    #expect(try parser.next(in: &buffer) == .array([.bulkString("PING")]))
    #expect(
      try parser.next(in: &buffer) == .array([.bulkString("SENTINEL"), .bulkString("MYID")]))
    #expect(try parser.next(in: &buffer) == nil)
  }

  @Test func `any words come back from the decoder`() throws {
    var chance = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let words = (0..<Int.random(in: 1...5, using: &chance)).map { _ in
        RESPBytes(
          (0..<Int.random(in: 0...40, using: &chance)).map { _ in
            UInt8.random(in: 0...255, using: &chance)
          })
      }
      var buffer = ByteBuffer()
      RESPEncoder.write(words, to: &buffer)
      var parser = RESPParser()
      #expect(try parser.next(in: &buffer) == .array(words.map { .bulkString($0) }))
      #expect(buffer.readableBytes == 0)
    }
  }
}
