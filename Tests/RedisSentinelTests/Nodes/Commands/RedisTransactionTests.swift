import RESP
import Testing

@testable import RedisSentinel

@Suite struct RedisTransactionTests {
  private static let ok = RESPValue.simpleString("OK")
  private static let queued = RESPValue.simpleString("QUEUED")

  @Test func `commands are framed, sent in one go, and read each by itself`() async throws {
    let executor = ScriptedExecutor(
      replies: Self.ok, Self.queued, Self.queued, Self.queued,
      .array([.integer(5), .error("WRONGTYPE no"), .null]))
    let (count, length, value) = try await executor.transaction(
      .incr("n"), .llen("n"), .get("nothing")
    ).get()
    #expect(try count.get() == 5)
    #expect(length.failure?.serverError?.prefix == "WRONGTYPE")
    #expect(try value.get() == nil)
    #expect(
      executor.asked.map { $0.map(\.text) } == [
        ["MULTI", "INCR n", "LLEN n", "GET nothing", "EXEC"]
      ])
  }

  @Test func `commands can be gathered one by one`() async throws {
    var transaction = RedisTransaction()
    let first = transaction.queue(.set("a", 1))
    let counts = (1...3).map { transaction.queue(.incr("n\($0)")) }
    let executor = ScriptedExecutor(
      replies: Self.ok, Self.queued, Self.queued, Self.queued, Self.queued,
      .array([Self.ok, .integer(1), .integer(2), .integer(3)]))
    let replies = try await executor.execute(transaction).get()
    #expect(try replies.reply(to: first))
    #expect(try counts.map { try replies.reply(to: $0) } == [1, 2, 3])
  }

  @Test func `a watched key that was changed is an outcome, no error`() async throws {
    let executor = ScriptedExecutor(replies: Self.ok, Self.queued, .null)
    let outcome = try await executor.transaction(.incr("n"))
    guard case .invalidated = outcome else {
      Issue.record("carried out")
      return
    }
    #expect(throws: SentinelError.self) { _ = try outcome.get() }
  }

  @Test func `what was refused while it was queued is the cause`() async throws {
    let executor = ScriptedExecutor(
      replies: Self.ok, Self.queued,
      .error("READONLY You can't write against a read only replica."),
      .error("ERR unknown command 'NOPE'"),
      .error("EXECABORT Transaction discarded because of previous errors."))
    let error = await #expect(throws: SentinelError.self) {
      _ = try await executor.transaction(
        .get("a"), .incr("b"), RedisCommand("NOPE", as: RESPValue.self))
    }
    #expect(error?.serverError?.prefix == "EXECABORT")
    #expect(error?.underlying.map { $0.serverError?.prefix } == ["READONLY", "ERR"])
    #expect(error?.mayHaveExecuted == false)
    #expect(error?.message.contains("READONLY") == true)
  }

  @Test func `a cause that EXEC quotes is the cause`() async throws {
    let executor = ScriptedExecutor(
      replies: Self.ok, Self.queued,
      .error("EXECABORT Transaction discarded because of: READONLY You can't write"))
    let error = await #expect(throws: SentinelError.self) {
      _ = try await executor.transaction(.incr("a"))
    }
    #expect(
      error?.underlying.map(\.serverError) == [ServerError(text: "READONLY You can't write")])
  }

  @Test func `where MULTI is refused, the commands may have been carried out`() async throws {
    let executor = ScriptedExecutor(
      replies: .error("NOPERM User a has no permissions to run the 'multi' command"), .integer(1),
      .error("ERR EXEC without MULTI"))
    let error = await #expect(throws: SentinelError.self) {
      _ = try await executor.transaction(.incr("a"))
    }
    #expect(error?.code == .forbidden)
    #expect(error?.mayHaveExecuted == true)
  }

  @Test func `where all is refused, nothing was carried out`() async throws {
    let refused = RESPValue.error("NOAUTH Authentication required.")
    let executor = ScriptedExecutor(replies: refused, refused, refused)
    let error = await #expect(throws: SentinelError.self) {
      _ = try await executor.transaction(.incr("a"))
    }
    #expect(error?.code == .authentication)
    #expect(error?.mayHaveExecuted == false)
  }

  @Test(arguments: [RESPValue.array([]), .array([.integer(1), .integer(2)]), .integer(1), ok])
  func `replies that don't fit are never mixed up`(reply: RESPValue) async throws {
    let executor = ScriptedExecutor(replies: Self.ok, Self.queued, reply)
    let error = await #expect(throws: SentinelError.self) {
      _ = try await executor.transaction(.incr("a"))
    }
    #expect(error?.code == .protocolViolation)
    #expect(error?.mayHaveExecuted == true)
  }

  @Test func `none of it is sent twice, and nothing within waits`() {
    var transaction = RedisTransaction()
    transaction.queue(.get("a"))
    transaction.queue(.blpop("q", timeout: .zero))
    #expect(transaction.requests.allSatisfy { !$0.isReplayable && $0.blocksFor == nil })
  }

  @Test func `an empty transaction asks whether what was watched is unchanged`() async throws {
    let executor = ScriptedExecutor(replies: Self.ok, .array([]), Self.ok, .null)
    _ = try await executor.execute(RedisTransaction()).get()
    guard case .invalidated = try await executor.execute(RedisTransaction()) else {
      Issue.record("carried out")
      return
    }
  }

  @Test func `a place in another transaction is no place in this one`() async throws {
    var other = RedisTransaction()
    other.queue(.get("a"))
    let second = other.queue(.get("b"))
    var transaction = RedisTransaction()
    transaction.queue(.get("a"))
    let executor = ScriptedExecutor(replies: Self.ok, Self.queued, .array([.null]))
    let replies = try await executor.execute(transaction).get()
    #expect(replies.result(of: second).failure?.code == .invalidConfiguration)
  }

  @Test(arguments: ["DISCARD", "EXEC", "MULTI", "SUBSCRIBE"])
  func `what would end it halfway isn't sent`(word: String) async throws {
    let executor = ScriptedExecutor(replies: Self.ok)
    let error = await #expect(throws: SentinelError.self) {
      _ = try await executor.transaction(.incr("a"), RedisCommand(word, as: RESPValue.self))
    }
    #expect(error?.code == .invalidConfiguration)
    #expect(executor.asked.isEmpty)
  }
}
