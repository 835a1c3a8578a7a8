import RESP
import TestSupport
import Testing

@Suite struct RESPReaderTests {
  @Test(arguments: ["masters.resp2", "masters.resp3", "subscribe-stream.resp3", "info.resp2"])
  func `the replies are the same whatever way the bytes are cut`(name: String) throws {
    let path = "replies/\(name).resp"
    let bytes = try Fixture.bytes(path)
    for length in [1, 7, 100, bytes.count] {
      var reader = RESPReader()
      var values: [RESPValue] = []
      for start in stride(from: 0, to: bytes.count, by: length) {
        reader.feed(bytes[start..<min(start + length, bytes.count)])
        while let value = try reader.next() { values.append(value) }
      }
      #expect(try values == Fixture.replies(path), "in pieces of \(length)")
      try reader.finish()
    }
  }

  @Test func `a reply stays what it was while more bytes come in`() throws {
    var reader = RESPReader()
    reader.feed(Array("+first\r\n$6\r\nsec".utf8))
    let first = try #require(try reader.next())
    #expect(try reader.next() == nil)
    reader.feed(Array("ond\r\n:3\r\n".utf8))
    #expect(first == .simpleString("first"))
    #expect(try reader.next() == .bulkString("second"))
    #expect(try reader.next() == .integer(3))
  }

  @Test(arguments: ["$5\r\nab", "*2\r\n:1\r\n", "+O", "$-"])
  func `an end in the middle of a reply is told with its place`(text: String) throws {
    var reader = RESPReader()
    reader.feed(Array(":1\r\n\(text)".utf8))
    while try reader.next() != nil {}
    let error = #expect(throws: RESPError.self) { try reader.finish() }
    #expect(error?.reason == .truncated && error?.offset == 4 + text.utf8.count)
  }

  @Test(arguments: [
    ("*3\r\n$1\r\na\r\n$1\r\nbcd", RESPError.Reason.missingLineEnd, 16),
    ("*3\r\n$1\r\na\r\n$x\r\n", .badNumber, 12), ("*3\r\n$1\r\na\r\n?\r\n", .unknownType, 11),
    ("*3\r\n$1\r\na\r\n$5\r\nabcde\r\n", .tooLong, 11),
  ])
  func `what is wrong behind a run of strings is told with its place`(
    text: String, reason: RESPError.Reason, offset: Int
  ) throws {
    var reader = RESPReader(limits: RESPLimits(length: 4))
    reader.feed(Array(text.utf8))
    let error = #expect(throws: RESPError.self) { _ = try reader.next() }
    #expect(error?.reason == reason && error?.offset == offset)
  }
}
