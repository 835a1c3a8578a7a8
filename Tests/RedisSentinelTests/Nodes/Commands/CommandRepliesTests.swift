import RESP
import SentinelModel
import Testing

@testable import RedisSentinel

/// How the replies of the everyday commands are read, in both protocols.
@Suite struct CommandRepliesTests {
  private func read<Reply>(_ command: RedisCommand<Reply>, _ reply: RESPValue) throws -> Reply {
    try command.result(of: reply).get()
  }

  @Test func `a value is what it is asked for as`() throws {
    let bytes = RESPBytes([0xFF, 0x00])
    #expect(try read(.get("k"), .bulkString("v")) == "v")
    #expect(try read(.get("k"), .null) == nil)
    #expect(try read(.get("k", as: Int.self), .bulkString("5")) == 5)
    #expect(try read(.get("k", as: [UInt8].self), .bulkString(bytes)) == [0xFF, 0x00])
    #expect(try read(.get("k", as: RESPBytes.self), .bulkString(bytes)) == bytes)
    #expect(
      try read(.mget(["a", "b"], as: Double.self), .array([.bulkString("1.5"), .null])) == [
        1.5, nil,
      ])
    let command: RedisCommand = .get("k")
    #expect(try read(command, .bulkString("v")) == "v")
  }

  @Test func `text that is no UTF-8 is refused, never repaired`() {
    let reply = RESPValue.bulkString(RESPBytes([0x61, 0xFF]))
    let error = RedisCommand<String?>.get("k").result(of: reply).failure
    #expect(error?.code == .protocolViolation)
    #expect(error?.message == "GET: a string that is no UTF-8 came where text was wanted")
  }

  @Test func `a condition that isn't met is no error`() throws {
    #expect(try read(.set("k", "v"), .simpleString("OK")))
    #expect(try !read(.set("k", "v", .ifAbsent), .null))
    #expect(RedisCommand.set("k", "v").result(of: .simpleString("QUEUED")).failure != nil)
    #expect(try read(.setReturningOld("k", "v"), .null) == nil)
    #expect(try read(.setReturningOld("k", "v"), .bulkString("old")) == "old")
  }

  @Test func `a command without a reply of its own wants OK`() throws {
    try read(.flushdb, .simpleString("OK"))
    let error = RedisCommand.flushdb.result(of: .integer(1)).failure
    #expect(error?.message == "FLUSHDB: an integer came where OK was wanted")
    #expect(error?.mayHaveExecuted == true)
  }

  @Test func `a time to live tells a missing key from one that stays`() throws {
    #expect(try read(.ttl("k"), .integer(-2)) == .missing)
    #expect(try read(.ttl("k"), .integer(-1)) == .unlimited)
    #expect(try read(.ttl("k"), .integer(7)) == .remaining(.seconds(7)))
    #expect(try read(.pttl("k"), .integer(0)) == .remaining(.zero))
    #expect(try read(.pttl("k"), .integer(1500)) == .remaining(.milliseconds(1500)))
    #expect(RedisCommand.ttl("k").result(of: .integer(-3)).failure?.code == .protocolViolation)
  }

  @Test func `a hash comes as a map or as a flat list`() throws {
    let fields: [RESPValue] = [
      .bulkString("a"), .bulkString("1"), .bulkString("b"), .bulkString("2"),
    ]
    for reply in [RESPValue.array(fields), .map(fields)] {
      #expect(try read(.hgetall("h"), reply) == ["a": "1", "b": "2"])
      #expect(try read(.hgetall("h", as: [RESPBytes: Int].self), reply) == ["a": 1, "b": 2])
    }
    #expect(try read(.hgetall("h"), .array([])) == [:])
  }

  @Test func `members and scores come flat, or in pairs`() throws {
    let expected = [ScoredMember("ann", score: 1.5), ScoredMember("bob", score: .infinity)]
    let old = RESPValue.array([
      .bulkString("ann"), .bulkString("1.5"), .bulkString("bob"), .bulkString("inf"),
    ])
    let new = RESPValue.array([
      .array([.bulkString("ann"), .double(1.5)]), .array([.bulkString("bob"), .double(.infinity)]),
    ])
    for reply in [old, new] {
      #expect(try read(.zrangeWithScores("z"), reply) == expected)
      #expect(try read(.zrangebyscoreWithScores("z"), reply) == expected)
      #expect(try read(.zpopmin("z", count: 2), reply) == expected)
    }
    #expect(try read(.zpopmin("z"), .array([])) == [])
    #expect(try read(.zscore("z", "ann"), .bulkString("1.5")) == 1.5)
    #expect(try read(.zscore("z", "ann"), .double(1.5)) == 1.5)
    #expect(try read(.zscore("z", "nobody"), .null) == nil)
    #expect(try read(.zmscore("z", ["ann", "bob"]), .array([.null, .double(2)])) == [nil, 2])
    #expect(try read(.zrank("z", "ann"), .integer(0)) == 0)
  }

  @Test func `what is popped comes with the key it was popped from`() throws {
    let list = RESPValue.array([.bulkString("q"), .bulkString("job")])
    #expect(try read(.blpop("q", timeout: .zero), list) == RESPPair("q", "job"))
    #expect(try read(.blpop("q", timeout: .zero), .null) == nil)
    for score in [RESPValue.bulkString("2"), .double(2)] {
      let sorted = RESPValue.array([.bulkString("z"), .bulkString("ann"), score])
      let popped = try read(.bzpopmin("z", timeout: .zero), sorted)
      #expect(popped == RESPPair("z", ScoredMember("ann", score: 2)))
    }
    #expect(try read(.bzpopmax("z", timeout: .zero), .null) == nil)
    #expect(
      RedisCommand<RESPPair<RESPBytes, ScoredMember<String>>?>.bzpopmin("z", timeout: .zero)
        .result(of: list).failure?.code == .protocolViolation)
    #expect(try read(.lpop("l", count: 2), .null) == [])
    #expect(try read(.lpop("l", count: 2), .array([.bulkString("a")])) == ["a"])
  }

  @Test func `a set comes as a set or as a list`() throws {
    for reply in [RESPValue.array([.bulkString("a")]), .set([.bulkString("a")])] {
      #expect(try read(.smembers("s"), reply) == ["a"])
      #expect(try read(.spop("s", count: 1), reply) == ["a"])
    }
    #expect(
      try read(.smismember("s", ["a", "b"]), .array([.integer(1), .integer(0)])) == [true, false])
  }

  @Test func `what the server tells of itself is taken apart`() throws {
    let info = try read(.info(), .verbatimString("# Server\r\nredis_version:7.0.15\r\n"))
    #expect(info.version == "7.0.15")
    #expect(
      try read(.role, .array([.bulkString("master"), .integer(17), .array([])]))
        == .master(offset: 17, replicas: []))
    #expect(
      RedisCommand.role.result(of: .array([.bulkString("king")])).failure?.code
        == .protocolViolation)
    #expect(
      try read(.time, .array([.bulkString("1700000000"), .bulkString("123456")]))
        == Timestamp(microseconds: 1_700_000_000_123_456))
    #expect(try read(.configGet("a"), .map([.bulkString("a"), .bulkString("b")])) == ["a": "b"])
    #expect(try read(.ping, .simpleString("PONG")) == "PONG")
  }

  @Test func `a page of a scan says where to go on`() throws {
    let page = try read(.scan(), .array([.bulkString("17"), .array([.bulkString("a")])]))
    #expect(page.next == "17")
    #expect(page.elements == ["a"])
    let last = try read(.scan(from: "17"), .array([.bulkString("0"), .array([])]))
    #expect(last.next == nil)
    let fields = RESPValue.array([
      .bulkString("0"), .array([.bulkString("f"), .bulkString("1")]),
    ])
    #expect(
      try read(.hscan("h", as: RESPPair<String, Int>.self), fields).elements == [RESPPair("f", 1)])
    #expect(try read(.zscan("z"), fields).elements == [ScoredMember("f", score: 1)])
  }

  @Test func `an error reply is an error, even where any reply is wanted`() {
    let reply = RESPValue.error("WRONGTYPE Operation against a key")
    for error in [
      RedisCommand<String?>.get("k").result(of: reply).failure,
      RedisCommand("GET", "k", as: RESPValue.self).result(of: reply).failure,
    ] {
      #expect(error?.code == .server)
      #expect(error?.serverError?.prefix == "WRONGTYPE")
      #expect(error?.mayHaveExecuted == false)
    }
  }

  @Test func `an error names the command, but not its arguments`() {
    let command = RedisCommand("auth", "s3cr3t", as: Int.self)
    let error = command.result(of: .simpleString("OK")).failure
    #expect(
      error?.message
        == "AUTH: a string that spells none came where an integer of 64 bits was wanted")
  }
}
