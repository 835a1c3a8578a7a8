import RESP
import RedisSentinel
import SentinelModel
import TestSupport
import Testing

@Suite struct RoleReplyTests {
  private static let master = NodeAddress(host: "127.0.0.1", port: 27001)
  private static let other = NodeAddress(host: "127.0.0.1", port: 27101)

  @Test(
    arguments: [
      ("role.resp2", .sentinel(services: ["mymaster"])),
      ("role-two-groups.resp2", .sentinel(services: ["mymaster", "cache-2"])),
      ("versions/valkey-8.0.1/role.resp2", .sentinel(services: ["mymaster"])),
      ("data-node/replica-role.resp2", .replica(master: master, state: "connected", offset: 2_449)),
      (
        "data-node/replica-linkdown-role.resp2",
        .replica(master: master, state: "connect", offset: nil)
      ),
      (
        "data-node/replica-sync-diskless-handshake-role.resp2",
        .replica(master: other, state: "handshake", offset: nil)
      ),
      (
        "data-node/replica-sync-diskless-transfer-role.resp2",
        .replica(master: other, state: "sync", offset: nil)
      ),
      (
        "data-node/replica-sync-diskless-finished-role.resp2",
        .replica(master: other, state: "connected", offset: 0)
      ),
    ] as [(String, RoleReply)])
  func `a recorded role is read`(name: String, role: RoleReply) throws {
    #expect(RoleReply(reply: try Fixture.reply(name)) == role)
  }

  @Test(arguments: [
    ("data-node/master-role.resp2", 2_449, ["127.0.0.1:27002 2449", "127.0.0.1:27003 2449"]),
    ("data-node/master-while-replica-sync-diskless-transfer-role.resp2", 0, ["127.0.0.1:27102 0"]),
  ])
  func `a master names its replicas`(name: String, offset: Int64, replicas: [String]) throws {
    guard case .master(offset, let attached) = RoleReply(reply: try Fixture.reply(name)) else {
      Issue.record("no master with the offset \(offset)")
      return
    }
    #expect(attached.map { "\($0.address) \($0.offset)" } == replicas)
  }

  @Test func `a lonely master has no replicas`() {
    let reply = RESPValue.array([.bulkString("master"), .integer(0), .array([])])
    #expect(RoleReply(reply: reply) == .master(offset: 0, replicas: []))
  }

  @Test(
    arguments: [
      .null, .array([]), .array([.bulkString("queen")]), .array([.bulkString("master")]),
      .array([.bulkString("master"), .bulkString("x"), .array([])]),
      .array([.bulkString("slave"), .bulkString("h"), .integer(1), .bulkString("connected")]),
      .array([.bulkString("sentinel")]), .error("NOPERM"), .bulkString("master"),
    ] as [RESPValue])
  func `another shape is no role`(reply: RESPValue) {
    #expect(RoleReply(reply: reply) == nil)
  }
}
