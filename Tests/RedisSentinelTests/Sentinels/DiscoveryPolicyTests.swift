import SentinelModel
import Testing

@testable import RedisSentinel

/// Whose word is taken where Sentinels differ, and at which addresses.
@Suite(.timeLimit(.minutes(1))) struct DiscoveryPolicyTests {
  private func master(_ port: Int) -> NodeAddress { NodeAddress(host: "127.0.0.1", port: port) }

  private let differing = [
    Scripts.knowing(port: 6379, epoch: 3), Scripts.knowing(port: 6380, epoch: 5),
    Scripts.knowing(port: 6379, epoch: 3),
  ]

  @Test func `the freshest epoch outweighs an answer that came first`() async throws {
    try await withServers(
      playing: differing, change: { $0.discoveryPolicy = .freshestEpoch(window: .seconds(20)) }
    ) { client, servers async throws in
      #expect(try await client.discoverMaster(of: "mymaster") == master(6380))
      #expect(client.endpoints.first == servers[1].address)
    }
  }

  @Test func `who is silent is waited for within the window only`() async throws {
    try await withServers(
      playing: [Scripts.silent] + differing,
      change: { $0.discoveryPolicy = .freshestEpoch(window: .milliseconds(300)) }
    ) { client, _ async throws in
      #expect(try await client.discoverMaster(of: "mymaster") == master(6380))
    }
  }

  @Test func `an address that more than half of the Sentinels name is taken, whatever its epoch`()
    async throws
  {
    try await withServers(playing: differing, change: { $0.discoveryPolicy = .majority }) {
      client, _ async throws in
      #expect(try await client.discoverMaster(of: "mymaster") == master(6379))
    }
  }

  @Test func `without a majority there is no master, and each Sentinel's reason is told`()
    async throws
  {
    try await withServers(
      playing: Array(differing.prefix(2)) + [Scripts.closing],
      change: { $0.discoveryPolicy = .majority }
    ) { client, servers async throws in
      let error = await failure { try await client.discoverMaster(of: "mymaster") }
      #expect(error?.code == .masterNotFound(.noMajority))
      #expect(error?.underlying.map(\.endpoint) == [servers[2].address])
    }
  }

  @Test(arguments: [.majority, .freshestEpoch(window: .seconds(20))] as [DiscoveryPolicy])
  func `where no Sentinel gives an acceptable answer, the reason is the same as with any policy`(
    policy: DiscoveryPolicy
  ) async throws {
    try await withServers(
      playing: [Scripts.knowing("other"), Scripts.knowing("other")],
      change: { $0.discoveryPolicy = policy }
    ) { client, _ async throws in
      let error = await failure { try await client.discoverMaster(of: "mymaster") }
      #expect(error?.code == .masterNotFound(.unknownService))
    }
  }

  @Test func `a discovery learns whom the Sentinel lists, where they can be reached from here`()
    async throws
  {
    let announced = NodeAddress(host: "10.0.0.7", port: 26379)
    let reachable = NodeAddress(host: "127.0.0.1", port: 7777)
    try await withServers(
      playing: [Scripts.knowing(sentinels: [announced, FakeSentinel.deserted])],
      change: { $0.addressMapper = .table([announced: reachable]) }
    ) { client, servers async throws in
      _ = try await client.discoverMaster(of: "mymaster")
      #expect(client.endpoints == [servers[0].address, reachable, FakeSentinel.deserted])
    }
  }

  @Test func `who may not ask for other Sentinels goes on with those there are`() async throws {
    let script = Scripts.greeting { words, connection in
      words.contains("SENTINELS")
        ? [.send(Wire.noPermission("sentinel|sentinels"))]
        : Scripts.knowing()(words, connection)
    }
    try await withServers(playing: [script]) { client, servers async throws in
      #expect(try await client.discoverMaster(of: "mymaster") == master(6379))
      #expect(client.endpoints == [servers[0].address])
    }
  }

  @Test func `no other Sentinels are asked for where they aren't to be learnt`() async throws {
    try await withServers(
      playing: [Scripts.knowing(sentinels: [FakeSentinel.deserted])],
      change: { $0.learnsSentinels = false }
    ) { client, servers async throws in
      _ = try await client.discoverMaster(of: "mymaster")
      #expect(client.endpoints == [servers[0].address])
      #expect(!servers[0].orders.contains { $0.contains("SENTINELS") })
    }
  }

  @Test func `a discovered address is one that can be reached from here`() async throws {
    let script = Scripts.greeting { words, connection in
      words.contains("REPLICAS") || words.contains("SLAVES")
        ? [.send(Wire.list([Wire.replica(6380)]))] : Scripts.knowing()(words, connection)
    }
    try await withServers(
      playing: [script],
      change: {
        $0.addressMapper = AddressMapper { address, role in
          NodeAddress(host: "\(role).example", port: address.port)
        }
      }
    ) { client, _ async throws in
      #expect(
        try await client.discoverMaster(of: "mymaster")
          == NodeAddress(host: "master.example", port: 6379))
      #expect(
        try await client.discoverReplicas(of: "mymaster")
          == [NodeAddress(host: "replica.example", port: 6380)])
    }
  }
}
