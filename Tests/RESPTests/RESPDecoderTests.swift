import NIOCore
import NIOEmbedded
import NIOTestUtils
import RESP
import TestSupport
import Testing

/// Each row runs through NIO's verifier, which cuts the bytes everywhere.
@Suite struct RESPDecoderTests {
  @Test(
    arguments: [
      ("+OK\r\n", .simpleString("OK")),
      ("+\r\n", .simpleString("")),
      ("+größe 🙂\r\n", .simpleString("größe 🙂")),
      ("-ERR No such master with that name\r\n", .error("ERR No such master with that name")),
      ("-\r\n", .error("")),
      ("$3\r\nfoo\r\n", .bulkString("foo")),
      ("$0\r\n\r\n", .bulkString("")),
      ("$2\r\n\r\n\r\n", .bulkString("\r\n")),
      ("$8\r\n$3\r\nfoo\r\r\n", .bulkString("$3\r\nfoo\r")),
      ("$7\r\ngröße\r\n", .bulkString("größe")),
      ("$-1\r\n", .null),
      ("*-1\r\n", .null),
      ("_\r\n", .null),
      ("!22\r\nSYNTAX invalid\r\nsyntax\r\n", .error("SYNTAX invalid\r\nsyntax")),
      ("!0\r\n\r\n", .error("")),
      ("=8\r\ntxt:a\r\nb\r\n", .verbatimString("a\r\nb")),
      ("=4\r\nmkd:\r\n", .verbatimString("")),
      ("#t\r\n", .boolean(true)),
      ("#f\r\n", .boolean(false)),
    ] as [(Wire, RESPValue)])
  func `a scalar becomes its value`(wire: Wire, value: RESPValue) throws {
    try verify(wire, [value])
  }

  @Test(
    arguments: [
      (":0\r\n", .integer(0)),
      (":-0\r\n", .integer(0)),
      (":+7\r\n", .integer(7)),
      (":007\r\n", .integer(7)),
      (":-1000\r\n", .integer(-1000)),
      (":9223372036854775807\r\n", .integer(.max)),
      (":-9223372036854775808\r\n", .integer(.min)),
      (",0\r\n", .double(0)),
      (",1.5\r\n", .double(1.5)),
      (",-1.5e-3\r\n", .double(-0.0015)),
      (",10\r\n", .double(10)),
      (",inf\r\n", .double(.infinity)),
      (",-inf\r\n", .double(-.infinity)),
      ("(0\r\n", .bigNumber("0")),
      ("(-12\r\n", .bigNumber("-12")),
      (
        "(3492890328409238509324850943850943825024385\r\n",
        .bigNumber("3492890328409238509324850943850943825024385")
      ),
    ] as [(Wire, RESPValue)])
  func `a number becomes its value`(wire: Wire, value: RESPValue) throws {
    try verify(wire, [value])
  }

  @Test(
    arguments: [
      ("*0\r\n", .array([])),
      ("~0\r\n", .set([])),
      ("%0\r\n", .map([])),
      (">0\r\n", .push([])),
      ("*2\r\n$1\r\na\r\n:1\r\n", .array([.bulkString("a"), .integer(1)])),
      ("*3\r\n$-1\r\n*-1\r\n_\r\n", .array([.null, .null, .null])),
      ("*2\r\n*0\r\n*0\r\n", .array([.array([]), .array([])])),
      ("*1\r\n*1\r\n*1\r\n*0\r\n", .array([.array([.array([.array([])])])])),
      (
        "*2\r\n*2\r\n+a\r\n+b\r\n*1\r\n-c\r\n",
        .array([.array([.simpleString("a"), .simpleString("b")]), .array([.error("c")])])
      ),
      ("~2\r\n#t\r\n,2\r\n", .set([.boolean(true), .double(2)])),
      (
        "%2\r\n+a\r\n:1\r\n$1\r\nb\r\n*1\r\n:2\r\n",
        .map([.simpleString("a"), .integer(1), .bulkString("b"), .array([.integer(2)])])
      ),
      (
        "*1\r\n%1\r\n+flags\r\n~1\r\n+master\r\n",
        .array([.map([.simpleString("flags"), .set([.simpleString("master")])])])
      ),
      (
        ">3\r\n$7\r\nmessage\r\n$6\r\n+sdown\r\n$0\r\n\r\n",
        .push([.bulkString("message"), .bulkString("+sdown"), .bulkString("")])
      ),
    ] as [(Wire, RESPValue)])
  func `a list becomes its elements`(wire: Wire, value: RESPValue) throws {
    try verify(wire, [value])
  }

  @Test(
    arguments: [
      ("|1\r\n+ttl\r\n:3600\r\n+OK\r\n", [.simpleString("OK")]),
      ("|0\r\n+OK\r\n", [.simpleString("OK")]),
      ("|1\r\n+a\r\n*2\r\n:1\r\n:2\r\n*1\r\n:3\r\n", [.array([.integer(3)])]),
      ("*2\r\n:1\r\n|1\r\n+a\r\n:9\r\n:2\r\n", [.array([.integer(1), .integer(2)])]),
      ("*2\r\n|0\r\n:1\r\n|0\r\n|1\r\n+a\r\n+b\r\n:2\r\n", [.array([.integer(1), .integer(2)])]),
      (
        "%1\r\n|1\r\n+x\r\n+y\r\n+k\r\n|1\r\n+x\r\n+y\r\n+v\r\n",
        [.map([.simpleString("k"), .simpleString("v")])]
      ),
      ("|1\r\n|1\r\n+inner\r\n:0\r\n+k\r\n+v\r\n:5\r\n", [.integer(5)]),
      ("|1\r\n+a\r\n:1\r\n>1\r\n+p\r\n:6\r\n", [.push([.simpleString("p")]), .integer(6)]),
    ] as [(Wire, [RESPValue])])
  func `an attribute is set aside`(wire: Wire, values: [RESPValue]) throws {
    try verify(wire, values)
  }

  @Test(
    arguments: [
      ("+a\r\n+b\r\n", [.simpleString("a"), .simpleString("b")]),
      ("$-1\r\n:1\r\n*0\r\n", [.null, .integer(1), .array([])]),
      (
        "+OK\r\n>1\r\n+x\r\n*1\r\n:1\r\n>1\r\n+y\r\n>0\r\n_\r\n",
        [
          .simpleString("OK"), .push([.simpleString("x")]), .array([.integer(1)]),
          .push([.simpleString("y")]), .push([]), .null,
        ]
      ),
    ] as [(Wire, [RESPValue])])
  func `replies and pushes follow each other`(wire: Wire, values: [RESPValue]) throws {
    try verify(wire, values)
  }

  @Test func `bytes that are no text are kept`() throws {
    let bytes: [UInt8] = [0xFF, 0x00, 0x0D, 0x0A, 0xC3]
    let wire = Array("$5\r\n".utf8) + bytes + Array("\r\n".utf8)
    try ByteToMessageDecoderVerifier.verifyDecoder(
      inputOutputPairs: [(ByteBuffer(bytes: wire), [RESPValue.bulkString(RESPBytes(bytes))])],
      decoderFactory: { RESPDecoder() })
  }

  @Test func `not-a-number is a double`() throws {
    for wire in [",nan\r\n", ",-nan\r\n"] {
      var buffer = ByteBuffer(string: wire)
      var parser = RESPParser()
      guard case .double(let number) = try parser.next(in: &buffer) else {
        Issue.record("\(wire) is no double")
        continue
      }
      #expect(number.isNaN)
    }
  }

  @Test(
    arguments: [
      ("+OK\r\n", nil), ("+OK\r\n+O", 7), ("$3\r\nfo", 6), ("$3\r\nfoo", 7), ("*2\r\n:1\r\n", 8),
      ("*2\r\n", 4), ("*", 1), ("$5\r\n", 4), (">2\r\n+a\r\n", 8), ("", nil),
    ] as [(Wire, Int?)])
  func `a reply cut short by the end of the connection is an error`(
    wire: Wire, offset: Int?
  ) throws {
    let channel = EmbeddedChannel(handler: ByteToMessageHandler(RESPDecoder()))
    try channel.writeInbound(wire.buffer)
    var thrown: RESPError?
    do {
      _ = try channel.finish()
    } catch let error as RESPError {
      thrown = error
    }
    #expect(thrown == offset.map { RESPError(.truncated, offset: $0) })
  }

  private func verify(_ wire: Wire, _ values: [RESPValue]) throws {
    try ByteToMessageDecoderVerifier.verifyDecoder(
      inputOutputPairs: [(wire.buffer, values)], decoderFactory: { RESPDecoder() })
  }
}
