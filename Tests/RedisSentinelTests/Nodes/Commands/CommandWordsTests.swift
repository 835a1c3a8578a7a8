import RESP
import SentinelModel
import Testing

@testable import RedisSentinel

/// What is sent for each of the everyday commands, and whether it may be sent again.
@Suite struct CommandWordsTests {
  /// Sent again after an outcome that isn't known.
  private func again<Reply>(_ command: RedisCommand<Reply>, _ words: String) -> Row {
    Row(request: command.request, words: words, isReplayable: true)
  }

  private func once<Reply>(_ command: RedisCommand<Reply>, _ words: String) -> Row {
    Row(request: command.request, words: words, isReplayable: false)
  }

  private struct Row {
    var request: RedisRequest
    var words: String
    var isReplayable: Bool
  }

  private func check(_ rows: [Row]) {
    for row in rows {
      #expect(row.request.text == row.words)
      #expect(row.request.isReplayable == row.isReplayable, "\(row.words)")
      #expect(row.request.refusal == nil)
    }
  }

  @Test func `commands for strings are these words`() {
    let moment = Timestamp(milliseconds: 1_700_000_000_123)
    check([
      again(.get("k"), "GET k"),
      again(.get("k", as: Int.self), "GET k"),
      again(.mget(["a", "b"]), "MGET a b"),
      again(.set("k", "v"), "SET k v"),
      again(.set("k", 5), "SET k 5"),
      again(.set("k", 0.5, expiring: .after(.seconds(10))), "SET k 0.5 EX 10"),
      again(.set("k", "v", expiring: .after(.milliseconds(1500))), "SET k v PX 1500"),
      again(.set("k", "v", expiring: .after(.microseconds(1))), "SET k v PX 1"),
      again(.set("k", "v", expiring: .at(moment)), "SET k v PXAT 1700000000123"),
      again(.set("k", "v", expiring: .unchanged), "SET k v KEEPTTL"),
      again(.set("k", "v", .ifPresent), "SET k v XX"),
      once(.set("lock", "me", expiring: .after(.seconds(9)), .ifAbsent), "SET lock me EX 9 NX"),
      once(.setReturningOld("k", "v", expiring: .unchanged), "SET k v KEEPTTL GET"),
      again(.mset(["k": 1]), "MSET k 1"),
      again(.mset([("a", 1), ("b", "x")]), "MSET a 1 b x"),
      once(.getdel("k"), "GETDEL k"),
      again(.getex("k", expiring: .after(.seconds(60))), "GETEX k EX 60"),
      again(.getex("k", expiring: nil), "GETEX k PERSIST"),
      again(.getex("k", expiring: .unchanged), "GETEX k"),
      again(.getrange("k", from: 0, through: -1), "GETRANGE k 0 -1"),
      again(.setrange("k", at: 3, "x"), "SETRANGE k 3 x"),
      once(.append("k", "x"), "APPEND k x"),
      again(.strlen("k"), "STRLEN k"),
      once(.incr("k"), "INCR k"),
      once(.incr("k", by: 5), "INCRBY k 5"),
      once(.incr("k", by: -1), "INCRBY k -1"),
      once(.decr("k"), "DECR k"),
      once(.decr("k", by: 2), "DECRBY k 2"),
      once(.incrbyfloat("k", by: 0.1), "INCRBYFLOAT k 0.1"),
    ])
  }

  @Test func `commands for keys are these words`() {
    check([
      once(.del("a", "b"), "DEL a b"),
      once(.del(["a", "b"]), "DEL a b"),
      once(.unlink("a"), "UNLINK a"),
      again(.exists("a", "b"), "EXISTS a b"),
      again(.touch("a"), "TOUCH a"),
      again(.expire("k", after: .seconds(30)), "EXPIRE k 30"),
      again(.expire("k", after: .milliseconds(30)), "PEXPIRE k 30"),
      once(.expire("k", after: .seconds(30), .ifUnlimited), "EXPIRE k 30 NX"),
      once(.expire("k", after: .zero), "EXPIRE k 0"),
      once(.expire("k", at: Timestamp(milliseconds: 17)), "PEXPIREAT k 17"),
      once(.persist("k"), "PERSIST k"),
      again(.ttl("k"), "TTL k"),
      again(.pttl("k"), "PTTL k"),
      again(.type("k"), "TYPE k"),
      once(.rename("a", to: "b"), "RENAME a b"),
      once(.renamenx("a", to: "b"), "RENAMENX a b"),
      once(.copy("a", to: "b"), "COPY a b"),
      again(.copy("a", to: "b", replacing: true), "COPY a b REPLACE"),
      again(.keys(matching: "a*"), "KEYS a*"),
      again(.randomkey(), "RANDOMKEY"),
      again(.objectEncoding("k"), "OBJECT ENCODING k"),
      again(.scan(), "SCAN 0"),
      once(
        .scan(from: "17", matching: "a*", count: 50, type: "hash"),
        "SCAN 17 MATCH a* COUNT 50 TYPE hash"),
      again(.hscan("h", matching: "f*"), "HSCAN h 0 MATCH f*"),
      once(.sscan("s", from: "3"), "SSCAN s 3"),
      again(.zscan("z", count: 9), "ZSCAN z 0 COUNT 9"),
    ])
  }

  @Test func `commands for hashes are these words`() {
    check([
      again(.hget("h", "f"), "HGET h f"),
      again(.hmget("h", ["f", 1]), "HMGET h f 1"),
      again(.hgetall("h"), "HGETALL h"),
      again(.hkeys("h"), "HKEYS h"),
      again(.hvals("h"), "HVALS h"),
      once(.hset("h", "f", 1), "HSET h f 1"),
      once(.hset("h", ["f": 1]), "HSET h f 1"),
      once(.hset("h", [("f", 1), ("g", "x")]), "HSET h f 1 g x"),
      once(.hsetnx("h", "f", 1), "HSETNX h f 1"),
      once(.hdel("h", "f", "g"), "HDEL h f g"),
      again(.hlen("h"), "HLEN h"),
      again(.hstrlen("h", "f"), "HSTRLEN h f"),
      again(.hexists("h", "f"), "HEXISTS h f"),
      once(.hincrby("h", "f", by: 2), "HINCRBY h f 2"),
      once(.hincrbyfloat("h", "f", by: 2), "HINCRBYFLOAT h f 2"),
    ])
  }

  @Test func `commands for lists are these words`() {
    check([
      once(.lpush("l", "a", 2), "LPUSH l a 2"),
      once(.rpush("l", ["a", "b"]), "RPUSH l a b"),
      once(.lpop("l"), "LPOP l"),
      once(.lpop("l", count: 2), "LPOP l 2"),
      once(.rpop("l"), "RPOP l"),
      once(.rpop("l", count: 2), "RPOP l 2"),
      again(.lrange("l"), "LRANGE l 0 -1"),
      again(.lindex("l", at: -1), "LINDEX l -1"),
      again(.llen("l"), "LLEN l"),
      again(.lset("l", at: 0, "x"), "LSET l 0 x"),
      once(.ltrim("l", from: 0, through: 9), "LTRIM l 0 9"),
      once(.lrem("l", "x"), "LREM l 0 x"),
      once(.linsert("l", "x", before: "y"), "LINSERT l BEFORE y x"),
      once(.linsert("l", "x", after: "y"), "LINSERT l AFTER y x"),
      once(.lmove("a", .left, to: "b", .right), "LMOVE a b LEFT RIGHT"),
      once(.blpop("a", "b", timeout: .seconds(5)), "BLPOP a b 5"),
      once(.brpop("a", timeout: .milliseconds(100)), "BRPOP a 0.1"),
      once(.blmove("a", .right, to: "b", .left, timeout: .zero), "BLMOVE a b RIGHT LEFT 0"),
    ])
  }

  @Test func `commands for sets are these words`() {
    check([
      once(.sadd("s", "a", 2), "SADD s a 2"),
      once(.srem("s", ["a"]), "SREM s a"),
      again(.scard("s"), "SCARD s"),
      again(.sismember("s", "a"), "SISMEMBER s a"),
      again(.smismember("s", ["a", "b"]), "SMISMEMBER s a b"),
      again(.smembers("s"), "SMEMBERS s"),
      once(.spop("s"), "SPOP s"),
      once(.spop("s", count: 2), "SPOP s 2"),
      again(.srandmember("s"), "SRANDMEMBER s"),
      again(.srandmember("s", count: -2), "SRANDMEMBER s -2"),
      once(.smove("a", from: "s", to: "t"), "SMOVE s t a"),
      again(.sinter(["s", "t"]), "SINTER s t"),
      again(.sunion(["s", "t"]), "SUNION s t"),
      again(.sdiff(["s", "t"]), "SDIFF s t"),
      again(.sinterstore("d", of: ["s", "t"]), "SINTERSTORE d s t"),
      again(.sunionstore("d", of: ["s", "t"]), "SUNIONSTORE d s t"),
      once(.sdiffstore("d", of: ["s", "t"]), "SDIFFSTORE d s t"),
    ])
  }

  @Test func `commands for sorted sets are these words`() {
    check([
      once(.zadd("z", "ann", score: 1.5), "ZADD z 1.5 ann"),
      once(.zadd("z", "ann", score: -.infinity, .ifAbsent), "ZADD z NX -inf ann"),
      once(
        .zadd("z", ["ann": 1], .ifPresentAndHigher, countingChanges: true), "ZADD z XX GT CH 1 ann"),
      once(.zadd("z", [("ann", 1), (7, 2)], .ifLower), "ZADD z LT 1 ann 2 7"),
      once(.zrem("z", "ann", "bob"), "ZREM z ann bob"),
      again(.zcard("z"), "ZCARD z"),
      again(.zcount("z"), "ZCOUNT z -inf inf"),
      again(.zcount("z", from: 1, through: .excluding(2.5)), "ZCOUNT z 1 (2.5"),
      again(.zlexcount("z", from: .excluding("a")), "ZLEXCOUNT z (a +"),
      again(.zscore("z", "ann"), "ZSCORE z ann"),
      again(.zmscore("z", ["ann", "bob"]), "ZMSCORE z ann bob"),
      again(.zrank("z", "ann"), "ZRANK z ann"),
      again(.zrevrank("z", "ann"), "ZREVRANK z ann"),
      once(.zincrby("z", "ann", by: 2), "ZINCRBY z 2 ann"),
      again(.zrange("z"), "ZRANGE z 0 -1"),
      again(.zrange("z", through: 9, reversed: true), "ZREVRANGE z 0 9"),
      again(.zrangeWithScores("z"), "ZRANGE z 0 -1 WITHSCORES"),
      again(
        .zrangebyscore("z", from: 1, through: 2, limit: RangeLimit(10, after: 5)),
        "ZRANGEBYSCORE z 1 2 LIMIT 5 10"),
      again(.zrangebyscore("z", from: 1, reversed: true), "ZREVRANGEBYSCORE z inf 1"),
      again(
        .zrangebyscoreWithScores("z", limit: RangeLimit(1)),
        "ZRANGEBYSCORE z -inf inf WITHSCORES LIMIT 0 1"),
      again(.zrangebylex("z", from: .including("a"), reversed: true), "ZREVRANGEBYLEX z + [a"),
      once(.zremrangebyrank("z", from: 0, through: -2), "ZREMRANGEBYRANK z 0 -2"),
      once(
        .zremrangebyscore("z", from: .lowest, through: .excluding(3)),
        "ZREMRANGEBYSCORE z -inf (3"),
      once(.zremrangebylex("z", from: .lowest, through: .highest), "ZREMRANGEBYLEX z - +"),
      once(.zpopmin("z"), "ZPOPMIN z 1"),
      once(.zpopmax("z", count: 3), "ZPOPMAX z 3"),
      once(.bzpopmin("z", "y", timeout: .seconds(1)), "BZPOPMIN z y 1"),
      once(.bzpopmax("z", timeout: .zero), "BZPOPMAX z 0"),
      once(
        .zunionstore("d", of: ["z", "y"], weights: [1, 0.5], aggregate: .highest),
        "ZUNIONSTORE d 2 z y WEIGHTS 1 0.5 AGGREGATE MAX"),
      once(.zinterstore("d", of: ["z"]), "ZINTERSTORE d 1 z"),
    ])
  }

  @Test func `commands for scripts and the server are these words`() {
    check([
      once(
        .eval("return 1", keys: ["k"], arguments: [5, "x"], as: Int.self), "EVAL return 1 1 k 5 x"),
      again(.eval("return 1", as: Int.self, isReplayable: true), "EVAL return 1 0"),
      once(.evalsha("abc", keys: ["a", "b"], as: [Int].self), "EVALSHA abc 2 a b"),
      again(.evalReadOnly("return 1", as: Int.self), "EVAL_RO return 1 0"),
      again(.evalshaReadOnly("abc", keys: ["k"], as: Int.self), "EVALSHA_RO abc 1 k"),
      again(.scriptLoad("return 1"), "SCRIPT LOAD return 1"),
      again(.scriptExists(["a", "b"]), "SCRIPT EXISTS a b"),
      again(.scriptFlush, "SCRIPT FLUSH"),
      again(.ping, "PING"),
      again(.echo("hi"), "ECHO hi"),
      again(.info(), "INFO"),
      again(.info("server", "clients"), "INFO server clients"),
      again(.role, "ROLE"),
      again(.time, "TIME"),
      once(.publish("c", "m"), "PUBLISH c m"),
      once(.wait(replicas: 2, timeout: .milliseconds(100)), "WAIT 2 100"),
      again(.dbsize, "DBSIZE"),
      again(.clientID, "CLIENT ID"),
      again(.memoryUsage("k"), "MEMORY USAGE k"),
      again(.flushdb, "FLUSHDB"),
      again(.flushall, "FLUSHALL"),
      again(.configSet("maxmemory", "1mb"), "CONFIG SET maxmemory 1mb"),
      again(.configGet("max*"), "CONFIG GET max*"),
      once(.watch("a", "b"), "WATCH a b"),
      once(.unwatch, "UNWATCH"),
      once(RedisCommand("OBJECT", "FREQ", "k", as: Int.self), "OBJECT FREQ k"),
      once(RedisCommand(words: ["LOLWUT"], as: String.self), "LOLWUT"),
      again(RedisCommand("OBJECT", "FREQ", "k", as: Int.self).replayable(), "OBJECT FREQ k"),
    ])
  }

  @Test func `what waits at the server says how long`() {
    #expect(
      RedisCommand<RESPPair<RESPBytes, String>?>.blpop("a", timeout: .seconds(5)).blocksFor
        == .seconds(5))
    #expect(
      RedisCommand<RESPPair<RESPBytes, String>?>.brpop("a", timeout: .zero).blocksFor == .zero)
    #expect(RedisCommand.wait(replicas: 1, timeout: .milliseconds(5)).blocksFor == .milliseconds(5))
    #expect(RedisCommand.incr("a").blocksFor == nil)
    #expect(
      RedisCommand("XREAD", "BLOCK", 10, as: RESPValue.self, blocksFor: .milliseconds(10)).blocksFor
        == .milliseconds(10))
  }

  @Test func `any bytes are safe in any place`() {
    let bytes: [UInt8] = [0x00, 0x0D, 0x0A, 0xFF]
    #expect(RedisCommand.set(bytes, bytes).words == ["SET", RESPBytes(bytes), RESPBytes(bytes)])
    #expect(RedisCommand.del(bytes).words == ["DEL", RESPBytes(bytes)])
    #expect(MemberBound.including(bytes).redisWord.bytes == [0x5B] + bytes)
  }

  @Test(arguments: [
    ["SUBSCRIBE", "c"], ["psubscribe", "c*"], ["MONITOR"], ["HELLO", "3"], ["QUIT"],
    ["client", "reply", "off"], ["MULTI"], ["exec"], ["DISCARD"], ["PSYNC", "?", "-1"], [],
  ])
  func `what would mix up everybody's replies isn't sent`(words: [String]) async {
    let executor = ScriptedExecutor(replies: .simpleString("OK"))
    await #expect {
      try await executor.execute(RedisCommand(words: words, as: RESPValue.self))
    } throws: { ($0 as? SentinelError)?.code == .invalidConfiguration }
    #expect(executor.asked.isEmpty)
  }

  @Test(arguments: [
    (["SELECT", "3"], true), (["auth", "x"], true), (["WATCH", "k"], true),
    (["CLIENT", "tracking", "on"], true), (["CLIENT", "ID"], false), (["CLIENT"], false),
    (["GET", "SELECT"], false),
  ])
  func `what changes the connection for others is known`(words: [String], changes: Bool) {
    let request = RedisRequest(words: words.map { RESPBytes($0) })
    #expect(request.changesConnection == changes)
    #expect(request.refusal == nil)
  }
}
