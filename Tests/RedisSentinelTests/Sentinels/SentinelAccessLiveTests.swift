import RESP
import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import RedisSentinel

/// Real Sentinels that let their users do only so much.
@Suite(.live) struct SentinelAccessLiveTests {
  /// The permissions that the documentation tells to give to a monitor.
  private static let monitor = """
    resetkeys resetchannels &* -@all +ping +info +role +client|setname +client|id +client|info \
    +subscribe +psubscribe +unsubscribe +punsubscribe +sentinel|masters +sentinel|master \
    +sentinel|replicas +sentinel|slaves +sentinel|sentinels +sentinel|get-master-addr-by-name \
    +sentinel|ckquorum +sentinel|myid +sentinel|info-cache +sentinel|pending-scripts +acl|whoami
    """

  private func client(
    _ lab: Lab, sentinels: Authentication?, nodes: Authentication? = nil,
    speaking version: ConnectionConfiguration.ProtocolVersion = .resp3OrResp2
  ) throws -> SentinelClient {
    var configuration = try SentinelConfiguration(endpoints: lab.sentinels.map(\.address))
    configuration.sentinelConnection = ConnectionConfiguration(
      connectTimeout: .seconds(5), commandTimeout: .seconds(5), authentication: sentinels)
    configuration.sentinelConnection.protocolVersion = version
    configuration.nodeConnection.authentication = nodes
    configuration.discoveryTimeout = .seconds(10)
    configuration.retry = .once
    return SentinelClient(configuration: configuration)
  }

  /// Lends a lab whose Sentinels have one more user, with these permissions.
  private func withUser(
    _ rules: String, _ body: (Lab, Authentication) async throws -> Void
  ) async throws {
    try await Lab.open { lab in
      let admin = try client(lab, sentinels: nil)
      let words =
        ["ACL", "SETUSER", "visitor", "on", ">t1cket"]
        + rules.split(separator: " ").map(String.init)
      for answer in await admin.execute(words, on: .all) { #expect(answer.failure == nil) }
      await admin.shutdown()
      try await body(lab, Authentication(username: "visitor", password: "t1cket"))
    }
  }

  @Test func `the documented permissions are enough to discover, read and watch`() async throws {
    try await withUser(Self.monitor) { lab, visitor in
      try await lab.settle()
      let client = try client(lab, sentinels: visitor)
      let address = lab.masters[0].address
      #expect(try await client.discoverMaster(of: "mymaster") == address)
      #expect(try await client.masters().map(\.name) == ["mymaster"])
      #expect(try await client.master(named: "mymaster").address == address)
      #expect(try await client.replicas(of: "mymaster").count == 2)
      #expect(try await client.discoverReplicas(of: "mymaster").count == 2)
      #expect(try await client.otherSentinels(of: "mymaster").count == 2)
      #expect(try await client.checkQuorum(of: "mymaster").isReachable)
      #expect(try await client.myID().count == 40)
      #expect(try await client.info()["redis_mode"] == "sentinel")
      #expect(try await client.role() == .sentinel(services: ["mymaster"]))
      await client.shutdown()

      try await withWatch(of: lab.sentinels[0].address, budget: 4, as: visitor) { _, facts in
        var missing: Set = ["connected", "listening", "masters", "replicas", "sentinels", "info"]
        while !missing.isEmpty, let fact = await facts.next() {
          missing.remove(fact.kind)
          #expect(!["deaf", "unreadable", "lost"].contains(fact.kind), "\(fact)")
        }
        #expect(missing.isEmpty)
      }
    }
  }

  @Test func `what they aren't enough for is refused, and the missing one named`() async throws {
    try await withUser(Self.monitor) { lab, visitor in
      let client = try client(lab, sentinels: visitor)
      let error = await failure { try await client.failover("mymaster") }
      #expect(error?.code == .forbidden)
      #expect(error?.serverError?.missingPermission == "sentinel|failover")
      #expect(error?.message == "the user lacks the permission +sentinel|failover")
      for answer in await client.flushConfiguration() {
        #expect(answer.failure?.serverError?.missingPermission == "sentinel|flushconfig")
      }
      #expect(try await client.discoverMaster(of: "mymaster") == lab.masters[0].address)
      await client.shutdown()
    }
  }

  @Test(arguments: [ConnectionConfiguration.ProtocolVersion.resp3OrResp2, .resp2])
  func `a single permission is enough to discover`(
    version: ConnectionConfiguration.ProtocolVersion
  ) async throws {
    let rules = "resetkeys resetchannels -@all +sentinel|get-master-addr-by-name"
    try await withUser(rules) { lab, visitor in
      let client = try client(lab, sentinels: visitor, speaking: version)
      #expect(try await client.discoverMaster(of: "mymaster") == lab.masters[0].address)
      let error = await failure { try await client.masters() }
      #expect(error?.serverError?.missingPermission == "sentinel|masters")
      await client.shutdown()
    }
  }

  @Test func `each side sees its own password only`() async throws {
    var layout = LabLayout(sentinels: 2)
    layout.sentinelPassword = "sentinels-own"
    layout.nodePassword = "nodes-own"
    let (sentinels, nodes) = (
      Authentication(password: "sentinels-own"), Authentication(password: "nodes-own")
    )
    try await Lab.open(layout) { lab in
      let right = try client(lab, sentinels: sentinels, nodes: nodes)
      for answer in await right.execute(["ACL", "LOG", "RESET"], on: .all) {
        #expect(answer.failure == nil)
      }
      let master = try right.makeMasterClient(for: "mymaster")
      /// How many refused passwords each Sentinel, and the master, has on record.
      func refused() async throws -> (sentinels: [Int?], master: Int?) {
        let log = RedisRequest(words: ["ACL", "LOG"], isReplayable: true, blocksFor: nil)
        return (
          await right.execute(["ACL", "LOG"], on: .all).map { $0.reply?.elements?.count },
          try await master.replies(to: [log]).first?.elements?.count
        )
      }
      #expect(try await refused() == ([0, 0], 0))

      let sentinelsWrong = try client(lab, sentinels: nodes, nodes: nodes)
      let first = await failure { try await sentinelsWrong.discoverMaster(of: "mymaster") }
      #expect(first?.code == .authentication)
      await sentinelsWrong.shutdown()
      #expect(try await refused() == ([1, 1], 0))

      let nodesWrong = try client(lab, sentinels: sentinels, nodes: sentinels)
      let client = try nodesWrong.makeMasterClient(for: "mymaster")
      let ping = RedisRequest(words: ["PING"], isReplayable: true, blocksFor: nil)
      let second = await failure { try await client.replies(to: [ping]) }
      #expect(second?.code == .authentication)
      #expect(second?.endpoint == lab.masters[0].address)
      for text in ["\(first as Any)", "\(second as Any)"] { #expect(!text.contains("-own")) }
      await nodesWrong.shutdown()
      #expect(try await refused() == ([1, 1], 1))
      await right.shutdown()
    }
  }
}
