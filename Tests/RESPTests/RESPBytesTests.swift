import RESP
import Testing

@Suite struct RESPBytesTests {
  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("+1", 1), ("0009", 9), ("9223372036854775807", .max),
      ("-9223372036854775808", .min), ("9223372036854775808", nil), ("-9223372036854775809", nil),
      ("99999999999999999999", nil), ("", nil), ("-", nil), ("+", nil), ("1 ", nil), (" 1", nil),
      ("1.0", nil), ("١", nil), ("--1", nil),
    ] as [(RESPBytes, Int64?)])
  func `a number is what its digits spell, and nothing else`(bytes: RESPBytes, number: Int64?) {
    #expect(bytes.integer == number)
  }

  @Test func `bytes that are no UTF-8 are repaired for showing, and told apart`() {
    let bytes = RESPBytes([0x61, 0xFF, 0x62])
    #expect(bytes.text == "a\u{FFFD}b")
    #expect(bytes.validText == nil)
    #expect(bytes.bytes == [0x61, 0xFF, 0x62])
    #expect(bytes.count == 3)
    #expect(RESPBytes("größe").validText == "größe")
    #expect(RESPBytes("größe").count == 7)
  }

  @Test func `equality is of bytes, not of characters`() {
    #expect(RESPBytes("\u{E9}") != RESPBytes("e\u{301}"))
    #expect(RESPBytes("ab") == RESPBytes([0x61, 0x62]))
  }

  @Test func `a description is quoted`() {
    #expect("\(RESPBytes("a\u{1B}[31m\"b\""))" == "\"a\\u{1B}[31m\\\"b\\\"\"")
  }
}
