import RESP
import RedisSentinel
import SentinelModel
import TestSupport
import Testing

@Suite struct MasterStateFieldsTests {
  @Test func `a healthy master is read whole`() throws {
    let master = try masters("masters.resp2")[0]
    #expect(master.name == "mymaster")
    #expect(master.address == NodeAddress(host: "127.0.0.1", port: 27001))
    #expect(master.report.runID == "3860895285e84c8205c7b54ec00c6c95faf8a147")
    #expect(master.flags == [.master])
    #expect(master.report.pendingCommands == 0 && master.report.linkReferences == 1)
    #expect(master.report.pendingPingAge == .zero)
    #expect(master.report.sinceValidPing == .milliseconds(719))
    #expect(master.report.sincePing == .milliseconds(719))
    #expect(master.report.sDownFor == nil && master.oDownFor == nil)
    #expect(master.report.downAfter == .milliseconds(1_500))
    #expect(master.sinceInfo == .milliseconds(4_117))
    #expect(master.reportedRole == .master)
    #expect(master.reportedRoleFor == .milliseconds(14_161))
    #expect(master.configEpoch == 0 && master.replicaCount == 2 && master.otherSentinelCount == 2)
    #expect(master.quorum == 2 && master.parallelSyncs == 1)
    #expect(master.failoverTimeout == .seconds(6))
    #expect(master.failoverState == nil)
    #expect(master.notificationScript == nil && master.clientReconfigScript == nil)
  }

  @Test func `a master that was never reached has no run id and no INFO`() throws {
    let cold = try masters("masters-never-reached-sdown.resp2")[1]
    #expect(cold.name == "cold")
    #expect(cold.report.runID == nil && cold.sinceInfo == nil)
    #expect(cold.flags == [.sDown, .master, .disconnected])
    #expect(cold.report.sDownFor == .milliseconds(1_239))
    #expect(cold.report.pendingPingAge == .milliseconds(31_305))
    #expect(cold.report.pendingCommands == 3)
    #expect(cold.failoverTimeout == .seconds(180))
  }

  @Test func `a master that refuses the password answers, but not well`() throws {
    let master = try masters("masters-wrong-auth.resp2")[0]
    #expect(master.report.sincePing == .milliseconds(89))
    #expect(master.report.sinceValidPing == .milliseconds(4_230))
    #expect(master.flags.contains(.sDown))
  }

  @Test(arguments: [
    ("masters-ipv6.resp2", 0, "[::1]:27501"), ("masters-hostnames.resp2", 0, "localhost:27401"),
    ("masters-two-groups.resp3", 1, "127.0.0.1:27108"),
    ("versions/redis-5.0.14/masters.resp3", 0, "127.0.0.1:27001"),
    ("versions/valkey-8.0.1/primaries.resp2", 0, "127.0.0.1:27301"),
  ])
  func `an address is kept as it was announced`(name: String, index: Int, address: String) throws {
    #expect(try masters(name)[index].address.description == address)
  }

  @Test func `scripts are paths`() throws {
    let master = try masters("masters-with-scripts.resp2")[0]
    #expect(master.notificationScript == "/etc/redis/scripts/slow.sh")
    #expect(master.clientReconfigScript == nil)
  }

  @Test func `the reply of MASTER is one entry`() throws {
    let one = try MasterState(reply: try Fixture.reply("master.resp3"))
    #expect(one.name == "mymaster" && one.quorum == 2)
    #expect(
      try MasterState(reply: try Fixture.reply("versions/valkey-8.0.1/primary.resp2")).name
        == "mymaster")
  }

  @Test func `a failover shows its step and both downs`() throws {
    let path =
      "replies-by-state/auto-failover/"
      + "masters--s_down+o_down+master+disconnected+failover_in_progress--reconf_slaves"
    let master = try masters(path)[0]
    #expect(master.failoverState == .reconfigureReplicas)
    #expect(master.flags == [.sDown, .oDown, .master, .disconnected, .failoverInProgress])
    #expect(master.oDownFor != nil && master.report.sDownFor != nil)
  }

  @Test func `the order of the fields means nothing`() throws {
    let reply = try entry()
    #expect(try MasterState(reply: reply.reversedPairs) == MasterState(reply: reply))
  }

  @Test(
    arguments: [
      ("name", nil), ("name", ""), ("ip", nil), ("port", nil), ("port", "x"), ("port", ""),
      ("port", "65536"), ("port", "-1"), ("flags", nil),
    ] as [(String, String?)])
  func `an entry that lacks what it must have is reported, and the others are read`(
    field: String, value: String?
  ) throws {
    let good = try entry()
    let bad = good.with(field, value)
    let list = try #require(
      Entries(.array([good, bad, .bulkString("x"), good])) { reply throws(BadEntry) in
        try MasterState(reply: reply)
      })
    #expect(list.entries.count == 2)
    #expect(list.bad.count == 2)
    #expect(list.bad[0].reason.contains("field \(field)"))
    #expect(list.bad[1].reason.contains("a string"))
  }

  @Test(arguments: [RESPValue.null, .map([]), .error("ERR no"), .bulkString("x")])
  func `what is no list of entries is refused`(reply: RESPValue) {
    #expect(Entries(reply) { reply throws(BadEntry) in try MasterState(reply: reply) } == nil)
  }

  @Test func `an odd number of elements is no entry`() throws {
    var elements = try #require(try entry().elements)
    elements.removeLast()
    #expect(throws: BadEntry.self) { try MasterState(reply: .array(elements)) }
  }

  @Test func `fields that nobody knows, or can read, are kept`() throws {
    let reply = try entry().with("shiny", "new").with("quorum", "many").with(
      "role-reported", "queen")
    let master = try MasterState(reply: reply)
    #expect(
      master.report.additionalFields
        == ["shiny": "new", "quorum": "many", "role-reported": "queen"])
    #expect(master.quorum == 0 && master.reportedRole == nil)
  }

  @Test func `ages that make no sense are zero or never`() throws {
    let reply = try entry().with("last-ping-reply", "-5").with("info-refresh", "1795354392308")
      .with("s-down-time", "9223372036854775807").with("config-epoch", "-1")
    let master = try MasterState(reply: reply)
    #expect(master.report.sincePing == .zero)
    #expect(master.sinceInfo == nil)
    #expect(master.report.sDownFor == .milliseconds(Int64.max))
    #expect(master.configEpoch == 0)
  }

  @Test(arguments: [("flags", ""), ("ip", ""), ("port", "0"), ("runid", "")])
  func `some fields may be empty`(field: String, value: String) throws {
    #expect(throws: Never.self) { try MasterState(reply: try entry().with(field, value)) }
  }

  @Test func `the new vocabulary is read too`() throws {
    let reply = try entry().with("num-slaves", nil).with("num-replicas", "7")
      .with("flags", "s_down,primary").with("role-reported", "primary")
      .with("link-pending-commands", nil).with("pending-commands", "4")
    let master = try MasterState(reply: reply)
    #expect(master.replicaCount == 7 && master.report.pendingCommands == 4)
    #expect(master.flags == [.sDown, .master] && master.reportedRole == .master)
  }

  private func entry() throws -> RESPValue { try Fixture.reply("master.resp2") }

  private func masters(_ name: String) throws -> [MasterState] {
    let reply = try Fixture.reply(name)
    return try #require(reply.elements).map { try MasterState(reply: $0) }
  }
}
