import RESP
import SentinelModel
import Testing

@testable import RedisSentinel

@Suite struct RedisExecutorTests {
  @Test func `a command is asked, and its reply read`() async throws {
    let executor = ScriptedExecutor(
      replies: .simpleString("OK"), .bulkString("5"), .integer(6), .null)
    try await executor.set("k", 5, expiring: .after(.seconds(60)))
    #expect(try await executor.get("k", as: Int.self) == 5)
    #expect(try await executor.incr("k") == 6)
    #expect(try await executor.get("nothing") == nil)
    #expect(executor.words == ["SET k 5 EX 60", "GET k", "INCR k", "GET nothing"])
  }

  @Test func `an error reply is thrown`() async throws {
    let executor = ScriptedExecutor(replies: .error("ERR value is not an integer or out of range"))
    let error = await #expect(throws: SentinelError.self) { try await executor.incr("k") }
    #expect(error?.code == .server)
    #expect(error?.serverError?.prefix == "ERR")
  }

  @Test func `where nobody can be asked, that is thrown`() async throws {
    let lost = SentinelError(.connection(.closed), "closed")
    let executor = ScriptedExecutor { _ throws(SentinelError) in throw lost }
    await #expect(throws: lost) { try await executor.get("k") }
    await #expect(throws: lost) { _ = try await executor.pipeline(.get("a"), .incr("b")) }
    await #expect(throws: lost) { try await executor.pipeline([.get("a")]) }
  }

  @Test func `a pipeline is sent in one go, and each piece has its own reply or error`()
    async throws
  {
    let executor = ScriptedExecutor(
      replies: .bulkString("v"), .error("WRONGTYPE no"), .simpleString("OK"), .simpleString("OK"))
    let (value, count, isSet, flushed) = try await executor.pipeline(
      .get("a"), .incr("b"), .set("c", 1), .flushdb)
    #expect(try value.get() == "v")
    #expect(count.failure?.serverError?.prefix == "WRONGTYPE")
    #expect(try isSet.get())
    #expect(flushed.failure == nil)
    #expect(executor.asked.map { $0.map(\.text) } == [["GET a", "INCR b", "SET c 1", "FLUSHDB"]])
  }

  @Test func `a pipeline of one kind is a list`() async throws {
    let executor = ScriptedExecutor { requests throws(SentinelError) in
      requests.map { .bulkString($0.words[1]) }
    }
    let values = try await executor.pipeline((1...3).map { .get("k\($0)") })
    #expect(try values.map { try $0.get() } == ["k1", "k2", "k3"])
    #expect(executor.asked.count == 1)
  }

  @Test func `a pipeline of one is one, and one of none asks nothing`() async throws {
    let executor = ScriptedExecutor(replies: .integer(1))
    #expect(try await executor.pipeline(.incr("a")).get() == 1)
    #expect(try await executor.pipeline([RedisCommand<Int>]()).isEmpty)
    #expect(executor.asked.count == 1)
  }

  @Test func `too few or too many replies are never mixed up`() async throws {
    for replies: [RESPValue] in [[.integer(1)], [.integer(1), .integer(2), .integer(3)]] {
      let executor = ScriptedExecutor { _ throws(SentinelError) in replies }
      let error = await #expect(throws: SentinelError.self) {
        _ = try await executor.pipeline(.incr("a"), .incr("b"))
      }
      #expect(error?.code == .protocolViolation)
      #expect(error?.mayHaveExecuted == true)
    }
  }

  @Test func `one word that must not be sent keeps all of them from being sent`() async throws {
    let executor = ScriptedExecutor(replies: .simpleString("OK"))
    await #expect(throws: SentinelError.self) {
      _ = try await executor.pipeline(.get("a"), RedisCommand("SUBSCRIBE", "c", as: RESPValue.self))
    }
    #expect(executor.asked.isEmpty)
  }

  @Test func `an executor of any kind will do`() async throws {
    let executor: any RedisExecutor = ScriptedExecutor(
      replies: .integer(1), .array([.bulkString("q"), .bulkString("job")]), .simpleString("PONG"))
    #expect(try await executor.hset("h", ["f": 1]) == 1)
    #expect(try await executor.blpop("q", timeout: .seconds(1)) == "job")
    try await executor.ping()
  }
}
