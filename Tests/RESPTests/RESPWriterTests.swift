import RESP
import Testing

@Suite struct RESPWriterTests {
  @Test func `commands are written one behind the other`() throws {
    var writer = RESPWriter()
    writer.write(["SET", "größe", ""])
    writer.write([RESPBytes([0, 13, 10, 255])])
    #expect(
      writer.bytes == Array("*3\r\n$3\r\nSET\r\n$7\r\ngröße\r\n$0\r\n\r\n*1\r\n$4\r\n".utf8)
        + [0, 13, 10, 255, 13, 10])
    #expect(writer.count == writer.bytes.count)
  }

  @Test func `what was removed doesn't come again`() {
    var writer = RESPWriter()
    writer.write(["PING"])
    let kept = writer
    writer.removeAll()
    #expect(writer.count == 0)
    writer.write(["ECHO", "x"])
    #expect(writer.bytes == Array("*2\r\n$4\r\nECHO\r\n$1\r\nx\r\n".utf8))
    #expect(kept.bytes == Array("*1\r\n$4\r\nPING\r\n".utf8))
  }

  @Test(arguments: [0, 1, 9, 10, 99, 100, 12_345, 1 << 20])
  func `a reader reads what was written, however long`(length: Int) throws {
    let word = String(repeating: "x", count: length)
    var writer = RESPWriter()
    writer.write([word])
    var reader = RESPReader()
    reader.feed(writer.bytes)
    #expect(try reader.next() == .array([.bulkString(RESPBytes(word))]))
    try reader.finish()
  }
}
