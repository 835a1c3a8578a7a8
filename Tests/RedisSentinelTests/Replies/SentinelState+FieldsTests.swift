import RESP
import RedisSentinel
import SentinelModel
import TestSupport
import Testing

@Suite struct SentinelStateFieldsTests {
  @Test func `another sentinel is read whole`() throws {
    let sentinel = try sentinels("sentinels.resp2")[0]
    #expect(sentinel.id == "f7eec5b5feb89ac52d9c74744fe17fb5e2a4d5c3")
    #expect(sentinel.address == NodeAddress(host: "127.0.0.1", port: 27013))
    #expect(sentinel.flags == [.sentinel])
    #expect(sentinel.sinceHello == .milliseconds(1_918))
    #expect(sentinel.votedLeader == nil && sentinel.votedLeaderEpoch == 0)
    #expect(sentinel.report.sincePing == .milliseconds(723))
  }

  @Test func `a link may serve several services`() throws {
    #expect(try sentinels("sentinels-shared-link.resp3").map(\.report.linkReferences) == [2, 2])
  }

  @Test func `a vote names a leader and an epoch`() throws {
    let path =
      "replies-by-state/auto-failover/"
      + "sentinels--sentinel+master_down-voted__sentinel+master_down-voted"
    let list = try sentinels(path)
    #expect(list.allSatisfy { $0.votedLeader?.count == 40 && $0.votedLeaderEpoch > 0 })
    #expect(Set(list.map(\.votedLeader)).count == 1)
    #expect(list.allSatisfy { $0.flags == [.sentinel, .masterDown] })
  }

  @Test(arguments: [("?", nil), ("", nil), ("abc", "abc")] as [(String, String?)])
  func `a question mark is no leader`(word: String, leader: String?) throws {
    #expect(try SentinelState(reply: entry().with("voted-leader", word)).votedLeader == leader)
  }

  @Test func `an address known to be wrong has port 0`() throws {
    #expect(try SentinelState(reply: entry().with("port", "0")).address.port == 0)
  }

  @Test func `without a run id the name is the id`() throws {
    #expect(try SentinelState(reply: entry().with("runid", "").with("name", "abc")).id == "abc")
  }

  @Test func `the order of the fields means nothing`() throws {
    #expect(try SentinelState(reply: entry().reversedPairs) == SentinelState(reply: entry()))
  }

  @Test(arguments: ["name", "ip", "port", "flags"])
  func `an entry that lacks what it must have is refused`(field: String) throws {
    let reply = try entry().with(field, nil)
    let error = #expect(throws: BadEntry.self) { try SentinelState(reply: reply) }
    #expect(error?.reason.contains("field \(field)") == true)
  }

  private func entry() throws -> RESPValue {
    try #require(try Fixture.reply("sentinels.resp2").elements?.first)
  }

  private func sentinels(_ name: String) throws -> [SentinelState] {
    try #require(try Fixture.reply(name).elements).map { try SentinelState(reply: $0) }
  }
}
