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
      playing: differing,
      change: Tweak { $0.discoveryPolicy = .freshestEpoch(window: .seconds(20)) }
    ) { client, servers async throws in
      #expect(try await client.discoverMaster(of: "mymaster") == master(6380))
      #expect(client.endpoints.first == servers[1].address)
    }
  }

  @Test func `who is silent is waited for within the window only`() async throws {
    try await withServers(
      playing: [Scripts.silent] + differing,
      change: Tweak { $0.discoveryPolicy = .freshestEpoch(window: .milliseconds(300)) }
    ) { client, _ async throws in
      #expect(try await client.discoverMaster(of: "mymaster") == master(6380))
    }
  }

  @Test func `an address that more than half of the Sentinels name is taken, whatever its epoch`()
    async throws
  {
    try await withServers(playing: differing, change: Tweak { $0.discoveryPolicy = .majority }) {
      client, _ async throws in
      #expect(try await client.discoverMaster(of: "mymaster") == master(6379))
    }
  }

  @Test func `without a majority there is no master, and each Sentinel's reason is told`()
    async throws
  {
    try await withServers(
      playing: Array(differing.prefix(2)) + [Scripts.closing],
      change: Tweak { $0.discoveryPolicy = .majority }
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
      change: Tweak { $0.discoveryPolicy = policy }
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
      change: Tweak { $0.addressMapper = .table([announced: reachable]) }
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
      change: Tweak { $0.learnsSentinels = false }
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
      change: Tweak {
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

  @Test func `where the order is left to chance, all are there, and not always in the same order`()
    throws
  {
    let all = (1...8).map { NodeAddress(host: "s", port: $0) }
    var configuration = try SentinelConfiguration(endpoints: all)
    #expect(SentinelClient(configuration: configuration).endpoints == all)
    configuration.endpointOrder = .shuffled
    // That chance gives the same order twenty times happens once in 40,320 to the 20th.
    let orders = Set((0..<20).map { _ in SentinelClient(configuration: configuration).endpoints })
    #expect(orders.count > 1)
    for order in orders { #expect(Set(order) == Set(all)) }
  }

  @Test func `a node that isn't what one Sentinel says is looked for at the next one at once`()
    async throws
  {
    let node: @Sendable (String) -> FakeSentinel.Script = { role in
      Scripts.always(
        Wire.map([("mode", "standalone"), ("proto", "3"), ("role", role), ("version", "7")]))
    }
    try await FakeSentinel.open(all: [node("replica"), node("master")]) { nodes in
      try await withServers(
        playing: nodes.map { Scripts.knowing(port: $0.address.port) },
        change: Tweak { $0.roleMismatchDelay = .seconds(3_600) }
      ) { client, _ in
        let master = try client.makeMasterClient(for: "mymaster")
        try await master.pool.withConversation { connection throws(SentinelError) in
          #expect(connection.endpoint == nodes[1].address)
        }
      }
    }
  }

  @Test func `a service without a name is refused before anything is sent`() async throws {
    try await withServers(playing: [Scripts.knowing()]) { client, servers async throws in
      for error in [
        await failure { try await client.master(named: "") },
        await failure { try await client.masterAddress(of: "") },
        await failure { try await client.discoverReplicas(of: "") },
        await failure { try await client.failover("") },
        await client.stopMonitoring("").first?.failure,
      ] { #expect(error?.code == .invalidConfiguration) }
      #expect(servers[0].acceptedCount == 0)
    }
  }
}
