import RESP
import Testing

@testable import RedisSentinel

@Suite struct RedisScanTests {
  private static func page(_ cursor: RESPBytes, _ elements: RESPBytes...) -> RESPValue {
    .array([.bulkString(cursor), .array(elements.map { .bulkString($0) })])
  }

  @Test func `pages are fetched as they are read, empty ones passed over`() async throws {
    let executor = ScriptedExecutor(
      replies: Self.page("17", "a", "b"), Self.page("9"), Self.page("0", "c"))
    var found: [String] = []
    for try await key in executor.scan(matching: "*", count: 10) {
      if found.isEmpty { #expect(executor.asked.count == 1) }
      found.append(key)
    }
    #expect(found == ["a", "b", "c"])
    #expect(
      executor.words == [
        "SCAN 0 MATCH * COUNT 10", "SCAN 17 MATCH * COUNT 10", "SCAN 9 MATCH * COUNT 10",
      ])
    #expect(executor.asked.flatMap { $0 }.map(\.isReplayable) == [true, false, false])
  }

  @Test func `nothing found is no element`() async throws {
    let executor = ScriptedExecutor(replies: Self.page("0"))
    for try await member in executor.sscan("s") { Issue.record("\(member)") }
    #expect(executor.words == ["SSCAN s 0"])
  }

  @Test func `fields and scores come in pairs`() async throws {
    let executor = ScriptedExecutor(
      replies: Self.page("0", "f", "1", "g", "2"), Self.page("0", "ann", "1.5"))
    var fields: [RESPPair<String, Int>] = []
    for try await field in executor.hscan("h", as: RESPPair<String, Int>.self) {
      fields.append(field)
    }
    #expect(fields == [RESPPair("f", 1), RESPPair("g", 2)])
    for try await member in executor.zscan("z") {
      #expect(member == ScoredMember("ann", score: 1.5))
    }
  }

  @Test func `a scan that fails is over`() async throws {
    let executor = ScriptedExecutor(replies: Self.page("17", "a"), .error("LOADING wait"))
    var iterator = executor.scan().makeAsyncIterator()
    #expect(try await iterator.next() == "a")
    do throws(SentinelError) {
      _ = try await iterator.next()
      Issue.record("no error")
    } catch {
      #expect(error.serverError?.prefix == "LOADING")
    }
    #expect(try await iterator.next() == nil)
    #expect(executor.asked.count == 2)
  }
}
