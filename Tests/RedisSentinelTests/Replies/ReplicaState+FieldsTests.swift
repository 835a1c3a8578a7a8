import RESP
import RedisSentinel
import SentinelModel
import TestSupport
import Testing

@Suite struct ReplicaStateFieldsTests {
  @Test func `a healthy replica is read whole`() throws {
    let replica = try replicas("replicas.resp3")[0]
    #expect(replica.name == "127.0.0.1:27003")
    #expect(replica.address == NodeAddress(host: "127.0.0.1", port: 27003))
    #expect(replica.report.runID == "bb0a100cd97f32915a6aa715f8d1db06847f4c57")
    #expect(replica.flags == [.replica])
    #expect(replica.reportedRole == .replica)
    #expect(replica.masterLink == .up)
    #expect(replica.masterAddress == NodeAddress(host: "127.0.0.1", port: 27001))
    #expect(replica.priority == 100 && replica.replicationOffset == 1_779 && replica.isAnnounced)
    #expect(replica.report.downAfter == .milliseconds(1_500))
  }

  @Test(
    arguments: [
      ("0", "ok", .up), ("-1000", "err", .down(for: nil)), ("3000", "err", .down(for: .seconds(3))),
      ("0", "err", .down(for: nil)), ("1795354392000", "err", .down(for: nil)),
      ("9223372036854775807", "err", .down(for: nil)), ("x", "err", .down(for: nil)),
      (nil, "err", .down(for: nil)), ("0", nil, .down(for: nil)), ("0", "strange", .down(for: nil)),
    ] as [(String?, String?, MasterLink)])
  func `a link is up, down for a time, or was never up`(
    time: String?, status: String?, link: MasterLink
  ) throws {
    let reply = try entry().with("master-link-down-time", time).with("master-link-status", status)
    #expect(try ReplicaState(reply: reply).masterLink == link)
  }

  @Test(arguments: [
    ("replicas-one-syncing-4.resp2", false, 1), ("replicas-one-syncing-6.resp2", false, 1),
    ("replicas-one-syncing-7.resp2", true, 4_094),
  ])
  func `a replica in its first sync has never been up`(
    name: String, isUp: Bool, offset: UInt64
  ) throws {
    let list = try replicas(name)
    #expect(list[0].masterLink == (isUp ? .up : .down(for: nil)))
    #expect(list[0].replicationOffset == offset)
    #expect(list[1].masterLink == .up)
  }

  @Test(
    arguments: [
      ("?", "0", nil), ("10.0.0.1", "0", nil), ("?", "7000", nil), ("", "7000", nil),
      ("10.0.0.1", nil, nil), ("::1", "7000", "[::1]:7000"), ("db-1", "7000", "db-1:7000"),
    ] as [(String, String?, String?)])
  func `whom it follows is known after its first INFO`(
    host: String, port: String?, address: String?
  ) throws {
    let reply = try entry().with("master-host", host).with("master-port", port)
    #expect(try ReplicaState(reply: reply).masterAddress?.description == address)
  }

  @Test func `a replica right after a switch knows nothing yet`() throws {
    let path =
      "replies-by-state/auto-failover/replicas--slave+disconnected-err__slave+disconnected-err"
    for replica in try replicas(path) {
      #expect(replica.masterAddress == nil && replica.report.runID == nil)
      #expect(replica.sinceInfo == nil)
      #expect(replica.masterLink == .down(for: nil))
      #expect(replica.priority == 100 && replica.replicationOffset == 0)
    }
  }

  @Test(arguments: [
    ("replicas-ipv6.resp2", "[::1]:27503", "::1"),
    ("replicas-hostnames.resp2", "localhost:27403", "localhost"),
  ])
  func `an address is kept as it was announced`(name: String, shown: String, host: String) throws {
    let replica = try replicas(name)[0]
    #expect(replica.name == shown)
    #expect(replica.address.host == host && replica.masterAddress?.host == host)
  }

  @Test func `old servers say less, which changes nothing`() throws {
    let replica = try replicas("versions/redis-5.0.14/replicas.resp2")[0]
    #expect(replica.isAnnounced && replica.masterLink == .up && replica.replicationOffset == 1_779)
  }

  @Test func `hidden replicas are left out by the server, not by us`() throws {
    #expect(try replicas("replicas-one-not-announced.resp2").count == 1)
    #expect(try !ReplicaState(reply: entry().with("replica-announced", "0")).isAnnounced)
  }

  @Test func `the new vocabulary is read too`() throws {
    let reply = try entry().with("slave-priority", nil).with("replica-priority", "0")
      .with("slave-repl-offset", nil).with("replica-repl-offset", "18446744073709551615")
      .with("flags", "replica,promoted").with("role-reported", "replica")
    let replica = try ReplicaState(reply: reply)
    #expect(replica.priority == 0)
    #expect(replica.flags == [.replica, .promoted] && replica.reportedRole == .replica)
    // Beyond 64 signed bits it can't be read, and so isn't lost.
    #expect(replica.replicationOffset == 0)
    #expect(replica.report.additionalFields == ["replica-repl-offset": "18446744073709551615"])
  }

  @Test func `the order of the fields means nothing`() throws {
    #expect(try ReplicaState(reply: entry().reversedPairs) == ReplicaState(reply: entry()))
  }

  @Test(arguments: ["name", "ip", "port", "flags"])
  func `an entry that lacks what it must have is refused`(field: String) throws {
    let reply = try entry().with(field, nil)
    let error = #expect(throws: BadEntry.self) { try ReplicaState(reply: reply) }
    #expect(error?.reason.contains("field \(field)") == true)
  }

  private func entry() throws -> RESPValue {
    try #require(try Fixture.reply("replicas.resp2").elements?.first)
  }

  private func replicas(_ name: String) throws -> [ReplicaState] {
    try #require(try Fixture.reply(name).elements).map { try ReplicaState(reply: $0) }
  }
}
