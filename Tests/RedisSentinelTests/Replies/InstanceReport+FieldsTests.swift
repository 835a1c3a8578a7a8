import RESP
import RedisSentinel
import SentinelModel
import TestSupport
import Testing

@Suite struct InstanceReportFieldsTests {
  @Test func `text that is no UTF-8 is repaired, but not in an address`() throws {
    let broken = RESPBytes([0x61, 0xFF])
    var elements = try #require(try Fixture.reply("master.resp2").elements)
    elements[1] = .bulkString(broken)
    #expect(try MasterState(reply: .array(elements)).name == "a\u{FFFD}")
    elements[3] = .bulkString(broken)
    #expect(throws: BadEntry.self) { try MasterState(reply: .array(elements)) }
  }

  @Test(
    arguments: [
      ("0", nil), ("1", .milliseconds(1)), ("-1", nil), ("100000000", .seconds(100_000)),
      ("1795354392308", nil), ("x", nil), (nil, nil),
    ] as [(String?, Duration?)])
  func `an INFO of age zero, or as old as 1970, never was`(text: String?, age: Duration?) throws {
    let reply = try Fixture.reply("master.resp2").with("info-refresh", text)
    #expect(try MasterState(reply: reply).sinceInfo == age)
  }

  @Test func `flags that nobody knows are kept`() throws {
    let reply = try Fixture.reply("master.resp2").with("flags", "master,sleepy")
    #expect(try MasterState(reply: reply).flags.unknown == ["sleepy"])
  }

  @Test func `values may be numbers and maps may come from RESP3`() throws {
    let reply = RESPValue.map([
      .simpleString("name"), .simpleString("a"), .simpleString("ip"), .verbatimString("h"),
      .simpleString("port"), .integer(7000), .simpleString("flags"), .bulkString("master"),
      .simpleString("last-ping-reply"), .integer(12),
    ])
    let master = try MasterState(reply: reply)
    #expect(master.address == NodeAddress(host: "h", port: 7000))
    #expect(master.report.sincePing == .milliseconds(12))
  }
}
