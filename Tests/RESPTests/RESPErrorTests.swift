import NIOCore
import RESP
import Testing

@Suite struct RESPErrorTests {
  @Test(
    arguments: [
      ("x", RESPError(.unknownType, offset: 0, byte: 0x78)),
      ("\r\n", RESPError(.unknownType, offset: 0, byte: 0x0D)),
      ("PING\r\n", RESPError(.unknownType, offset: 0, byte: 0x50)),
      ("+OK\r\n?\r\n", RESPError(.unknownType, offset: 5, byte: 0x3F)),
      ("*2\r\n+a\r\n&b\r\n", RESPError(.unknownType, offset: 8, byte: 0x26)),
    ] as [(Wire, RESPError)])
  func `an unknown type is named with its place`(wire: Wire, error: RESPError) {
    #expect(failure(wire) == error)
  }

  @Test(
    arguments: [
      (":\r\n", RESPError(.badNumber, offset: 1, byte: 0x0D)),
      (":1x\r\n", RESPError(.badNumber, offset: 2, byte: 0x78)),
      (": 1\r\n", RESPError(.badNumber, offset: 1, byte: 0x20)),
      (":1-\r\n", RESPError(.badNumber, offset: 2, byte: 0x2D)),
      (":--1\r\n", RESPError(.badNumber, offset: 2, byte: 0x2D)),
      (":-\r\n", RESPError(.badNumber, offset: 1, byte: 0x2D)),
      (":1.5\r\n", RESPError(.badNumber, offset: 2, byte: 0x2E)),
      (":9223372036854775808\r\n", RESPError(.badNumber, offset: 1, byte: 0x39)),
      (":-9223372036854775809\r\n", RESPError(.badNumber, offset: 1, byte: 0x2D)),
      ("$abc\r\n", RESPError(.badNumber, offset: 1, byte: 0x61)),
      ("$\r\n", RESPError(.badNumber, offset: 1, byte: 0x0D)),
      ("*1,\r\n", RESPError(.badNumber, offset: 2, byte: 0x2C)),
      ("*1\n", RESPError(.badNumber, offset: 2, byte: 0x0A)),
      ("%99999999999999999999\r\n", RESPError(.badNumber, offset: 1, byte: 0x39)),
      ("+OK\r\n$1\r\na\r\n:z\r\n", RESPError(.badNumber, offset: 13, byte: 0x7A)),
    ] as [(Wire, RESPError)])
  func `a bad number is named with its place`(wire: Wire, error: RESPError) {
    #expect(failure(wire) == error)
  }

  @Test(
    arguments: [
      ("#x\r\n", RESPError(.badValue, offset: 1, byte: 0x78)),
      ("#\r\n", RESPError(.badValue, offset: 1, byte: 0x0D)),
      ("#true\r\n", RESPError(.badValue, offset: 1, byte: 0x74)),
      ("_x\r\n", RESPError(.badValue, offset: 1, byte: 0x78)),
      (",\r\n", RESPError(.badValue, offset: 1, byte: 0x0D)),
      (",one\r\n", RESPError(.badValue, offset: 1, byte: 0x6F)),
      (",0x1p3\r\n", RESPError(.badValue, offset: 1, byte: 0x30)),
      (", 1\r\n", RESPError(.badValue, offset: 1, byte: 0x20)),
      (",infinity\r\n", RESPError(.badValue, offset: 1, byte: 0x69)),
      ("(\r\n", RESPError(.badValue, offset: 1, byte: 0x0D)),
      ("(-\r\n", RESPError(.badValue, offset: 1, byte: 0x2D)),
      ("(1e5\r\n", RESPError(.badValue, offset: 1, byte: 0x31)),
      ("=0\r\n\r\n", RESPError(.badValue, offset: 4)),
      ("=3\r\ntxt\r\n", RESPError(.badValue, offset: 7)),
      ("=6\r\ntxt-ab\r\n", RESPError(.badValue, offset: 7, byte: 0x2D)),
    ] as [(Wire, RESPError)])
  func `a malformed value is named with its place`(wire: Wire, error: RESPError) {
    #expect(failure(wire) == error)
  }

  @Test(
    arguments: [
      ("$3\r\nfooXX", RESPError(.missingLineEnd, offset: 7, byte: 0x58)),
      ("$3\r\nfoo\rX", RESPError(.missingLineEnd, offset: 8, byte: 0x58)),
      ("$3\r\nfoobar\r\n", RESPError(.missingLineEnd, offset: 7, byte: 0x62)),
      ("$3\r\nfoo\n", RESPError(.missingLineEnd, offset: 7, byte: 0x0A)),
      ("+O\nK\r\n", RESPError(.missingLineEnd, offset: 2, byte: 0x0A)),
      ("+O\rK\r\n", RESPError(.missingLineEnd, offset: 3, byte: 0x4B)),
      ("+\r\r\n", RESPError(.missingLineEnd, offset: 2, byte: 0x0D)),
      (":1\r\r\n", RESPError(.missingLineEnd, offset: 3, byte: 0x0D)),
      ("*1\rx", RESPError(.missingLineEnd, offset: 3, byte: 0x78)),
    ] as [(Wire, RESPError)])
  func `a missing line end is named with its place`(wire: Wire, error: RESPError) {
    #expect(failure(wire) == error)
  }

  @Test(
    arguments: [
      ("$-2\r\n", RESPError(.negativeLength, offset: 1, byte: 0x2D)),
      ("*-2\r\n", RESPError(.negativeLength, offset: 1, byte: 0x2D)),
      ("%-1\r\n", RESPError(.negativeLength, offset: 1, byte: 0x2D)),
      ("~-1\r\n", RESPError(.negativeLength, offset: 1, byte: 0x2D)),
      (">-1\r\n", RESPError(.negativeLength, offset: 1, byte: 0x2D)),
      ("|-1\r\n", RESPError(.negativeLength, offset: 1, byte: 0x2D)),
      ("=-1\r\n", RESPError(.negativeLength, offset: 1, byte: 0x2D)),
      ("!-1\r\n", RESPError(.negativeLength, offset: 1, byte: 0x2D)),
      ("*1\r\n>1\r\n+x\r\n", RESPError(.nestedPush, offset: 4, byte: 0x3E)),
      ("|1\r\n+k\r\n>0\r\n", RESPError(.nestedPush, offset: 8, byte: 0x3E)),
      ("$?\r\n;4\r\nabcd\r\n;0\r\n", RESPError(.streamed, offset: 1, byte: 0x3F)),
      ("*?\r\n:1\r\n.\r\n", RESPError(.streamed, offset: 1, byte: 0x3F)),
      ("~?\r\n.\r\n", RESPError(.streamed, offset: 1, byte: 0x3F)),
      ("%?\r\n.\r\n", RESPError(.streamed, offset: 1, byte: 0x3F)),
      (";4\r\nabcd\r\n", RESPError(.streamed, offset: 0, byte: 0x3B)),
      (".\r\n", RESPError(.streamed, offset: 0, byte: 0x2E)),
    ] as [(Wire, RESPError)])
  func `what no server sends is refused and named`(wire: Wire, error: RESPError) {
    #expect(failure(wire) == error)
  }

  @Test(arguments: [
    (
      RESPError(.unknownType, offset: 5, byte: 0x3F),
      "no reply begins with this byte, at byte 5: 0x3f '?'"
    ),
    (RESPError(.badNumber, offset: 13, byte: 0x0D), "not a number, at byte 13: 0x0d"),
    (RESPError(.badValue, offset: 1, byte: 0xFF), "a malformed value, at byte 1: 0xff"),
    (
      RESPError(.missingLineEnd, offset: 2, byte: 0x20),
      "a line must end with CR LF here, at byte 2: 0x20"
    ),
    (
      RESPError(.streamed, offset: 0, byte: 0x3B),
      "streamed replies are not supported, at byte 0: 0x3b ';'"
    ),
    (RESPError(.truncated, offset: 99), "the reply is cut short, at byte 99"),
  ])
  func `a description names the place and the byte`(error: RESPError, text: String) {
    #expect("\(error)" == text)
  }

  /// The error of the first malformed reply, the same whether the bytes come at once or one by one.
  private func failure(_ wire: Wire) -> RESPError? {
    var whole = RESPParser()
    var buffer = wire.buffer
    let error = failure(&whole, &buffer)
    var dripping = RESPParser()
    var drops = ByteBuffer()
    for byte in wire.text.utf8 {
      drops.writeInteger(byte)
      if let other = failure(&dripping, &drops) {
        #expect(other == error)
        return error
      }
    }
    #expect(error == nil, "refused at once, but not when it drips")
    return error
  }

  private func failure(_ parser: inout RESPParser, _ buffer: inout ByteBuffer) -> RESPError? {
    do throws(RESPError) {
      while try parser.next(in: &buffer) != nil {}
      return nil
    } catch {
      return error
    }
  }
}
