import RESP
import TestSupport
import Testing

@testable import RedisSentinel

@Suite struct FieldsTests {
  @Test func `a flat list and a map are the same, in any order`() throws {
    let pairs: [(String, String)] = [("name", "a"), ("port", "1"), ("empty", "")]
    let lookups = [
      Fields(.array(flat(pairs))), Fields(.map(flat(pairs))),
      Fields(.array(flat(pairs.reversed()))),
    ]
    for fields in lookups {
      let fields = try #require(fields)
      #expect(fields.text("name") == "a" && fields.integer("port") == 1)
      #expect(fields.text("empty") == "" && fields.text("other") == nil)
      #expect(fields.texts == ["name": "a", "port": "1", "empty": ""])
    }
  }

  @Test func `of a name that comes twice the last value counts`() {
    let fields = Fields(.array(flat([("a", "1"), ("b", "2"), ("a", "3")])))
    #expect(fields?.texts == ["a": "3", "b": "2"])
  }

  @Test func `numbers and texts may come as any kind of string`() {
    let fields = Fields(
      .array([
        .simpleString("a"), .integer(1), .verbatimString("b"), .simpleString("2"),
        .bulkString("c"), .verbatimString("x"), .bulkString("d"), .array([]), .bulkString("e"),
        .null,
      ]))
    #expect(fields?.integer("a") == 1 && fields?.integer("b") == 2)
    #expect(fields?.texts == ["a": "1", "b": "2", "c": "x"])
    #expect(fields?["d"] == .array([]) && fields?["e"] == .null)
  }

  @Test(
    arguments: [
      .array([.bulkString("a")]), .array([.bulkString("a"), .bulkString("b"), .bulkString("c")]),
      .array([.integer(1), .bulkString("b")]), .array([.null, .bulkString("b")]),
      .map([.array([]), .bulkString("b")]), .null, .bulkString("a"), .integer(1), .error("ERR no"),
      .simpleString("OK"),
    ] as [RESPValue])
  func `what has no names and values is refused`(reply: RESPValue) {
    #expect(Fields(reply) == nil)
  }

  @Test func `what is taken is gone, and what can't be read stays`() {
    var fields = Fields(
      .array(
        flat([("n", "5"), ("bad", "x"), ("t", "word"), ("none", ""), ("ms", "-7"), ("left", "1")])))
    #expect(fields?.takeInteger("n") == 5)
    #expect(fields?.takeInteger("n") == nil)
    #expect(fields?.takeInteger("bad") == nil)
    #expect(fields?.takeText("t") == "word")
    #expect(fields?.takeText("none") == nil)
    #expect(fields?.takeDuration("ms") == .zero)
    #expect(fields?.texts == ["bad": "x", "left": "1"])
  }

  @Test(arguments: [
    (
      "config-get-all.resp2",
      ["resolve-hostnames": "no", "announce-port": "0", "sentinel-pass": ""], 6
    ),
    (
      "config-get-all.resp3",
      ["resolve-hostnames": "no", "announce-port": "0", "sentinel-pass": ""], 6
    ),
    ("config-get-none.resp2", [:], 0), ("config-get-none.resp3", [:], 0),
    ("versions/redis-7.2.6/config-get-all.resp2", ["loglevel": "notice"], 7),
    ("versions/valkey-8.0.1/config-get-two.resp2", ["announce-ip": "", "announce-port": "0"], 2),
    ("debug.resp2", ["INFO-PERIOD": "10000", "SCRIPT-RETRY-DELAY": "30000"], 13),
    ("debug.resp3", ["INFO-PERIOD": "10000", "SCRIPT-RETRY-DELAY": "30000"], 13),
    ("hello.resp2", ["server": "redis", "version": "7.0.15", "proto": "2", "mode": "sentinel"], 5),
    ("hello.resp3", ["server": "redis", "version": "7.0.15", "proto": "3", "mode": "sentinel"], 5),
    ("versions/valkey-8.0.1/hello-3.resp2", ["server": "valkey", "version": "8.0.1"], 5),
    ("data-node/replica-hello.resp3", ["mode": "standalone", "role": "replica"], 6),
  ])
  func `recorded settings and greetings are read`(
    name: String, some: [String: String], count: Int
  ) throws {
    let texts = try #require(Fields(try Fixture.reply(name))).texts
    #expect(texts.count == count)
    for (key, value) in some { #expect(texts[key] == value) }
  }
}
