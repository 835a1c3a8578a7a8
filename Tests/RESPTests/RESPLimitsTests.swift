import Foundation
import NIOCore
import RESP
import Testing

/// What a hostile server may send: refused early, and without memory for what was only promised.
@Suite struct RESPLimitsTests {
  private let small = RESPLimits(depth: 3, length: 4, count: 4, lineLength: 8)

  @Test(
    arguments: [
      "*1\r\n*1\r\n*1\r\n:1\r\n", "$4\r\nabcd\r\n", "*4\r\n:1\r\n:2\r\n:3\r\n:4\r\n",
      "%2\r\n:1\r\n:2\r\n:3\r\n:4\r\n", "+1234567\r\n", "*1\r\n*1\r\n*0\r\n",
    ] as [Wire])
  func `what just fits is taken`(wire: Wire) throws {
    var buffer = wire.buffer
    var parser = RESPParser(limits: small)
    #expect(try parser.next(in: &buffer) != nil)
  }

  @Test(
    arguments: [
      ("*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n", RESPError(.tooDeep, offset: 12)),
      ("*1\r\n%1\r\n|1\r\n~1\r\n:1\r\n", RESPError(.tooDeep, offset: 12)),
      ("$5\r\n", RESPError(.tooLong, offset: 0)),
      ("=5\r\n", RESPError(.tooLong, offset: 0)),
      ("!5\r\n", RESPError(.tooLong, offset: 0)),
      ("+OK\r\n*5\r\n", RESPError(.tooMany, offset: 5)),
      ("%3\r\n", RESPError(.tooMany, offset: 0)),
      ("|3\r\n", RESPError(.tooMany, offset: 0)),
      (">5\r\n", RESPError(.tooMany, offset: 0)),
      ("*1\r\n+12345678\r\n", RESPError(.lineTooLong, offset: 4)),
    ] as [(Wire, RESPError)])
  func `what is one too much is refused`(wire: Wire, error: RESPError) {
    var buffer = wire.buffer
    var parser = RESPParser(limits: small)
    #expect(throws: error) {
      while try parser.next(in: &buffer) != nil {}
    }
  }

  @Test(
    arguments: [
      ("*1000000000\r\n", .tooMany), ("*9223372036854775807\r\n", .tooMany),
      ("%9223372036854775807\r\n", .tooMany), ("%4611686018427387904\r\n", .tooMany),
      ("$9223372036854775807\r\n", .tooLong), ("=4294967296\r\n", .tooLong),
      (Wire(repeating: "*1\r\n", count: 100_000), .tooDeep),
      (Wire(repeating: "%1\r\n", count: 100_000), .tooDeep),
      (Wire(repeating: "|1\r\n", count: 100_000), .tooDeep),
      (Wire(repeating: "0", count: 100_000, after: "*"), .badNumber),
      (Wire(repeating: "x", count: 100_000, after: "+"), .lineTooLong),
      (Wire(repeating: "1", count: 100_000, after: "("), .lineTooLong),
    ] as [(Wire, RESPError.Reason)])
  func `an attack is refused`(wire: Wire, reason: RESPError.Reason) {
    var buffer = wire.buffer
    var parser = RESPParser()
    let error = #expect(throws: RESPError.self) {
      while try parser.next(in: &buffer) != nil {}
    }
    #expect(error?.reason == reason)
  }

  @Test func `a line that drips for ever is refused at its limit`() throws {
    var parser = RESPParser(limits: RESPLimits(lineLength: 1_000))
    var buffer = ByteBuffer(string: "+")
    for _ in 0..<999 {
      buffer.writeInteger(UInt8(ascii: "x"))
      #expect(try parser.next(in: &buffer) == nil)
    }
    // The limit counts the byte that stands for the type.
    buffer.writeInteger(UInt8(ascii: "x"))
    #expect(throws: RESPError(.lineTooLong, offset: 0)) { try parser.next(in: &buffer) }
  }

  #if os(Linux)
    @Test func `a promise costs nothing`() throws {
      let before = try addressSpace()
      var parsers: [RESPParser] = []
      for promise in ["*16000000\r\n", "%8000000\r\n", "~16000000\r\n", "$500000000\r\n"] {
        for _ in 0..<16 {
          var parser = RESPParser()
          var buffer = ByteBuffer(string: String(repeating: promise, count: 16))
          if promise.hasPrefix("$") { buffer = ByteBuffer(string: promise) }
          #expect(try parser.next(in: &buffer) == nil)
          parsers.append(parser)
        }
      }
      #expect(parsers.count == 64)
      #expect(try addressSpace() - before < 1 << 30)
    }

    /// Bytes that the process has asked for, touched or not.
    private func addressSpace() throws -> Int {
      let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
      return (text.split(separator: " ").first.flatMap { Int($0) } ?? 0) * 4_096
    }
  #endif
}
