import RESP
import SentinelModel
import TestSupport
import Testing

@testable import RedisSentinel

/// The everyday commands at a real server, in both protocols.
@Suite(
  .live,
  .enabled(if: LiveRedis.program != nil, "no redis-server is installed"))
struct CommandsLiveTests {
  typealias Version = ConnectionConfiguration.ProtocolVersion
  static let versions: [Version] = [.resp3OrResp2, .resp2]

  @Test(arguments: versions)
  func `strings and keys go there and back`(version: Version) async throws {
    try await LiveRedis.open(speaking: version) { redis in
      #expect(try await redis.get("k") == nil)
      #expect(try await redis.set("k", "größe"))
      #expect(try await redis.get("k") == "größe")
      #expect(try await !redis.set("k", 1, .ifAbsent))
      #expect(try await redis.execute(.setReturningOld("k", 0.1)) == "größe")
      #expect(try await redis.get("k", as: Double.self) == 0.1)
      #expect(try await redis.execute(.incrbyfloat("k", by: 0.2)) == 0.3)
      #expect(try await redis.incr("n", by: 41) == 41)
      #expect(try await redis.incr("n") == 42)
      #expect(try await redis.mget(["n", "no"], as: Int.self) == [42, nil])
      #expect(try await redis.pttl("n") == .unlimited)
      #expect(try await redis.expire("n", after: .seconds(100)))
      #expect(try await redis.ttl("n") == .remaining(.seconds(100)))
      #expect(try await redis.set("n", 1, expiring: .unchanged))
      guard case .remaining = try await redis.pttl("n") else {
        Issue.record("it stays")
        return
      }
      #expect(try await redis.persist("n"))
      #expect(try await redis.execute(.getex("n", expiring: .after(.milliseconds(90_500)))) == "1")
      #expect(try await redis.ttl("no") == .missing)
      #expect(try await redis.execute(.objectEncoding("n")) == "int")
      #expect(try await redis.execute(.type("no")) == "none")
      try await redis.mset(["a": 1, "b": 2])
      try await redis.rename("a", to: "c")
      #expect(try await redis.execute(.copy("c", to: "d")))
      #expect(try await redis.exists("a", "b", "c", "d") == 3)
      #expect(try await redis.del("b", "c", "d") == 3)
      #expect(try await redis.getdel("n") == "1")
      let missing = await #expect(throws: SentinelError.self) {
        try await redis.rename("no", to: "x")
      }
      #expect(missing?.serverError?.message == "no such key")
      #expect(try await redis.dbsize() == 1)
      try await redis.flushdb()
      #expect(try await redis.dbsize() == 0)
    }
  }

  @Test(arguments: versions)
  func `hashes, lists and sets go there and back`(version: Version) async throws {
    try await LiveRedis.open(speaking: version) { redis in
      #expect(try await redis.hset("h", ["a": 1, "b": 2]) == 2)
      #expect(try await redis.hset("h", "b", 3) == 0)
      #expect(try await redis.hgetall("h", as: [String: Int].self) == ["a": 1, "b": 3])
      #expect(try await redis.hmget("h", ["b", "no"], as: Int.self) == [3, nil])
      #expect(try await redis.hincrby("h", "a", by: 2) == 3)
      #expect(try await redis.execute(.hincrbyfloat("h", "a", by: 0.5)) == 3.5)
      #expect(try await redis.hexists("h", "a"))
      #expect(try await redis.hdel("h", "a", "no") == 1)

      #expect(try await redis.rpush("l", "a", "b", "c") == 3)
      #expect(try await redis.lpush("l", 0) == 4)
      #expect(try await redis.lrange("l") == ["0", "a", "b", "c"])
      #expect(try await redis.execute(.lindex("l", at: -1)) == "c")
      #expect(try await redis.execute(.linsert("l", "x", before: "b")) == 5)
      #expect(try await redis.execute(.lpop("l", count: 2)) == ["0", "a"])
      #expect(try await redis.execute(.lpop("no", count: 2)) == [])
      #expect(try await redis.blpop("l", timeout: .seconds(1)) == "x")
      #expect(try await redis.brpop("no", timeout: .milliseconds(10)) == nil)
      #expect(try await redis.execute(.lmove("l", .left, to: "m", .right)) == "b")
      try await redis.execute(.lset("l", at: 0, "z"))
      #expect(try await redis.lpop("l") == "z")
      #expect(try await redis.llen("l") == 0)

      #expect(try await redis.sadd("s", "a", "b") == 2)
      #expect(try await redis.sadd("t", "b", "c") == 2)
      #expect(try await redis.smembers("s") == ["a", "b"])
      #expect(try await redis.execute(.sunion(["s", "t"])) == ["a", "b", "c"])
      #expect(try await redis.execute(.sdiffstore("d", of: ["s", "t"])) == 1)
      #expect(try await redis.execute(.smismember("s", ["a", "c"])) == [true, false])
      #expect(try await redis.execute(.spop("d")) == "a")
      #expect(try await redis.execute(.spop("d", count: 2)) == [])
      #expect(try await redis.srem("s", "a") == 1)
    }
  }

  @Test(arguments: versions)
  func `sorted sets go there and back`(version: Version) async throws {
    try await LiveRedis.open(speaking: version) { redis in
      let all = [
        ScoredMember("low", score: -.infinity), ScoredMember("ann", score: 0.1),
        ScoredMember("bob", score: 1e20),
      ]
      #expect(try await redis.zadd("z", ["low": -.infinity, "ann": 0.1, "bob": 1e20]) == 3)
      #expect(try await redis.zrangeWithScores("z") == all)
      #expect(try await redis.zrange("z", through: 0, reversed: true) == ["bob"])
      #expect(try await redis.zrangebyscore("z", from: .excluding(0.1)) == ["bob"])
      let finite = RedisCommand<[ScoredMember<String>]>.zrangebyscoreWithScores(
        "z", from: -5, reversed: true, limit: RangeLimit(1, after: 1))
      #expect(try await redis.execute(finite) == [all[1]])
      #expect(try await redis.zscore("z", "low") == -.infinity)
      #expect(try await redis.execute(.zmscore("z", ["bob", "no"])) == [1e20, nil])
      #expect(try await redis.zrank("z", "ann") == 1)
      #expect(try await redis.zrank("z", "no") == nil)
      #expect(try await redis.zadd("z", "ann", score: 0, .ifHigher) == 0)
      #expect(try await redis.zincrby("z", "ann", by: 0.2) == 0.30000000000000004)
      #expect(try await redis.execute(.zcount("z", from: 0)) == 2)
      #expect(
        try await redis.execute(.zunionstore("u", of: ["z"], weights: [2], aggregate: .highest))
          == 3)
      #expect(try await redis.execute(.zpopmin("z")) == [all[0]])
      #expect(try await redis.execute(.zpopmin("no")) == [])
      let popped = try await redis.execute(.bzpopmax("no", "z", timeout: .seconds(1)))
      #expect(popped == RESPPair("z", all[2]))
      #expect(try await redis.execute(.bzpopmin("no", timeout: .milliseconds(10))) == nil)
      try await redis.execute(.zadd("e", [("a", 0), ("b", 0), ("c", 0)]))
      let between = RedisCommand<[String]>.zrangebylex("e", from: .excluding("a"))
      #expect(try await redis.execute(between) == ["b", "c"])
    }
  }

  @Test(arguments: versions)
  func `scans find all there is`(version: Version) async throws {
    try await LiveRedis.open(speaking: version) { redis in
      let isSet = try await redis.pipeline((0..<500).map { .set("key:\($0)", $0) })
      #expect(isSet.allSatisfy { (try? $0.get()) == true })
      var keys: Set<String> = []
      for try await key in redis.scan(matching: "key:*", count: 50) { keys.insert(key) }
      #expect(keys.count == 500)
      try await redis.hset(
        "h", Dictionary(uniqueKeysWithValues: (0..<1_000).map { ("f\($0)", $0) }))
      var sum = 0
      for try await field in redis.hscan("h", as: RESPPair<String, Int>.self) {
        sum += field.second
      }
      #expect(sum == 499_500)
      try await redis.zadd("z", ["ann": 0.5])
      for try await member in redis.zscan("z") {
        #expect(member == ScoredMember("ann", score: 0.5))
      }
      for try await key in redis.scan(type: "zset") { #expect(key == "z") }
    }
  }

  @Test(arguments: versions)
  func `scripts, and what the server tells of itself`(version: Version) async throws {
    try await LiveRedis.open(speaking: version) { redis in
      #expect(
        try await redis.eval(
          "return {KEYS[1], ARGV[1]}", keys: ["k"], arguments: [5], as: [String].self)
          == ["k", "5"])
      let digest = try await redis.scriptLoad("return tonumber(ARGV[1]) + 1")
      #expect(try await redis.evalsha(digest, arguments: [41], as: Int.self) == 42)
      #expect(try await redis.execute(.scriptExists([digest, "no"])) == [true, false])
      try await redis.execute(.scriptFlush)
      let unknown = await #expect(throws: SentinelError.self) {
        try await redis.evalsha(digest, as: Int.self)
      }
      #expect(unknown?.serverError?.prefix == "NOSCRIPT")
      try await redis.ping()
      #expect(try await redis.info("server").version?.isEmpty == false)
      #expect(try await redis.info()["role"] == "master")
      guard case .master(_, let replicas) = try await redis.role() else {
        Issue.record("no master")
        return
      }
      #expect(replicas.isEmpty)
      #expect(try await redis.publish("c", "m") == 0)
      #expect(try await redis.wait(replicas: 0, timeout: .milliseconds(10)) == 0)
      #expect(try await redis.time().microseconds > 1_700_000_000_000_000)
      #expect(try await redis.execute(.clientID) > 0)
      #expect(try await redis.execute(.memoryUsage("no")) == nil)
      try await redis.execute(.configSet("maxmemory-samples", 7))
      #expect(
        try await redis.execute(.configGet("maxmemory-samples")) == ["maxmemory-samples": "7"])
      #expect(try await redis.execute(.echo("hi")) == "hi")
    }
  }

  @Test(arguments: versions)
  func `transactions are carried out, refused, or invalidated`(version: Version) async throws {
    try await LiveRedis.open(speaking: version) { redis in
      let (count, wrong) = try await redis.transaction(.incr("n"), .llen("n")).get()
      #expect(try count.get() == 1)
      #expect(wrong.failure?.serverError?.prefix == "WRONGTYPE")

      try await redis.execute(.watch("n"))
      try await redis.set("n", 5)
      guard case .invalidated = try await redis.transaction(.incr("n")) else {
        Issue.record("carried out")
        return
      }
      #expect(try await redis.get("n", as: Int.self) == 5)

      let refused = await #expect(throws: SentinelError.self) {
        _ = try await redis.transaction(.incr("n"), RedisCommand("NOPE", as: RESPValue.self))
      }
      #expect(refused?.serverError?.prefix == "EXECABORT")
      #expect(refused?.underlying.count == 1)
      #expect(try await redis.get("n", as: Int.self) == 5)
    }
  }
}
