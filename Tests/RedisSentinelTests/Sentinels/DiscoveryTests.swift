import SentinelModel
import Synchronization
import Testing

@testable import RedisSentinel

@Suite(.timeLimit(.minutes(1))) struct DiscoveryTests {
  private static let brief = Duration.seconds(1)

  private func master(_ port: Int) -> NodeAddress { NodeAddress(host: "127.0.0.1", port: port) }

  @Test func `the first Sentinel is asked first, and alone where its word is good`() async throws {
    try await withServers(playing: [Scripts.knowing(port: 6379), Scripts.knowing(port: 6380)]) {
      client, servers in
      let address = try await client.discoverMaster(of: "mymaster")
      #expect(address == master(6379))
      #expect(servers[1].acceptedCount == 0)
      #expect(client.endpoints == servers.map(\.address))
    }
  }

  @Test
  func `the next one is asked where a Sentinel doesn't know the service, and comes first then`()
    async throws
  {
    try await withServers(
      playing: [Scripts.knowing("other"), Scripts.knowing("third"), Scripts.knowing(port: 6381)]
    ) { client, servers in
      let all = servers.map(\.address)
      let address = try await client.discoverMaster(of: "mymaster")
      #expect(address == master(6381))
      #expect(client.endpoints == [all[2], all[0], all[1]])
      _ = try await client.discoverMaster(of: "mymaster")
      #expect(servers[0].orders.count { $0.contains("MASTER") } == 1)
      #expect(servers[2].orders.count { $0.contains("MASTER") } == 2)
    }
  }

  /// Sentinels whose word can't be taken, each for a reason of its own.
  private static let unfit: [(String, FakeSentinel.Script)] = [
    ("closes at once", Scripts.closing),
    ("closes after the greeting", Scripts.greeting { _, _ in [.close] }),
    ("garbage", Scripts.greeting { _, _ in [.send("HTTP/1.1 400\r\n")] }),
    ("wants a password", Scripts.always(Wire.noAuth)),
    ("is full", Scripts.always("-ERR max number of clients reached\r\n")),
    ("no Sentinel", Scripts.always(Wire.map([("mode", "standalone"), ("proto", "3")]))),
    ("master down", Scripts.knowing(flags: "s_down,o_down,master")),
    ("loading", Scripts.greeting { _, _ in [.send("-LOADING wait\r\n")] }),
    (
      "forbidden",
      Scripts.greeting { _, _ in
        [.send(Wire.noPermission("sentinel|get-master-addr-by-name"))]
      }
    ),
    ("malformed", Scripts.greeting { _, _ in [.send(Wire.array(["10.0.0.1"]))] }),
  ]

  @Test(arguments: unfit.indices)
  func `whatever one Sentinel answers, the next one is asked`(index: Int) async throws {
    try await withServers(playing: [Self.unfit[index].1, Scripts.knowing(port: 6381)]) {
      client, servers in
      let address = try await client.discoverMaster(of: "mymaster")
      #expect(address == master(6381), "\(Self.unfit[index].0)")
      #expect(client.endpoints.first == servers[1].address)
    }
  }

  @Test func `a Sentinel that never answers is passed over when its time is up`() async throws {
    try await withServers(
      playing: [Scripts.silent, Scripts.greeting { _, _ in [] }, Scripts.knowing(port: 6381)],
      patience: Self.brief
    ) { client, servers in
      let address = try await client.discoverMaster(of: "mymaster")
      #expect(address == master(6381))
      #expect(client.endpoints.first == servers[2].address)
    }
  }

  @Test func `when all fail, each one's reason is told with its address`() async throws {
    let gone = FakeSentinel.deserted
    try await FakeSentinel.open(all: [Scripts.closing, Scripts.silent]) { servers in
      let all = [gone] + servers.map(\.address)
      try await withClient(of: all, patience: Self.brief) { client in
        let error = await failure {
          try await client.discoverMaster(of: "mymaster")
        }
        #expect(error?.code == .sentinelsUnreachable)
        #expect(error?.service == "mymaster")
        #expect(error?.underlying.map(\.endpoint) == all)
        #expect(
          error?.underlying.map(\.code) == [
            .connection(.refused), .connection(.closed), .timeout(.handshake),
          ])
        for endpoint in all { #expect(error?.description.contains("\(endpoint) – ") == true) }
        #expect(client.endpoints == all)
      }
    }
  }

  @Test func `a password that everybody refuses is told as that`() async throws {
    let refusing = Scripts.always("-WRONGPASS invalid username-password pair\r\n")
    try await withServers(playing: [refusing, refusing], password: "s3cr3t") { client, _ in
      let error = await failure {
        try await client.discoverMaster(of: "mymaster")
      }
      #expect(error?.code == .authentication)
      #expect(error?.underlying.count == 2)
      #expect(error?.description.contains("s3cr3t") == false)
    }
  }

  @Test func `a service that nobody knows is told apart from Sentinels that nobody reaches`()
    async throws
  {
    try await withServers(playing: [Scripts.knowing(), Scripts.closing]) { client, _ in
      let error = await failure {
        try await client.discoverMaster(of: "nosuch")
      }
      #expect(error?.code == .masterNotFound(.unknownService))
      #expect(error?.message.contains("\"nosuch\"") == true)
    }
  }

  @Test func `too few peers are no peers`() async throws {
    try await withServers(
      playing: [Scripts.knowing(port: 6380, others: 1), Scripts.knowing(port: 6381, others: 2)],
      minimumOthers: 2
    ) { client, _ in
      let address = try await client.discoverMaster(of: "mymaster")
      #expect(address == master(6381))
    }
  }

  @Test func `when the time is up nobody else is asked`() async throws {
    try await withServers(
      playing: [Scripts.silent, Scripts.silent, Scripts.knowing()],
      patience: .seconds(1), discovery: .milliseconds(200)
    ) { client, servers in
      let error = await failure {
        try await client.discoverMaster(of: "mymaster")
      }
      #expect(error?.code == .timeout(.discovery))
      #expect(error?.underlying.map(\.endpoint) == [servers[0].address])
      #expect(servers[1].acceptedCount == 0)
    }
  }

  @Test func `a service without a name is refused before anything is sent`() async throws {
    try await withServers(playing: [Scripts.knowing()]) { client, servers in
      let error = await failure {
        try await client.discoverMaster(of: "")
      }
      #expect(error?.code == .invalidConfiguration)
      #expect(servers[0].acceptedCount == 0)
    }
  }

  @Test func `a caller who gives up isn't served by the next Sentinel`() async throws {
    try await withServers(playing: [Scripts.greeting { _, _ in [] }, Scripts.knowing()]) {
      client, servers in
      let task = Task { try await client.discoverMaster(of: "mymaster") }
      for await words in servers[0].commands where words.first == "SENTINEL" { break }
      task.cancel()
      let error = await failure { try await task.value }
      #expect(error?.code == .cancelled)
      #expect(servers[1].acceptedCount == 0)
    }
  }

  @Test func `a Sentinel that is slow doesn't hold up the next one`() async throws {
    try await withServers(
      playing: [Scripts.silent, Scripts.knowing()], hedge: .milliseconds(50)
    ) { client, servers in
      _ = try await client.discoverMaster(of: "mymaster")
      #expect(servers[0].acceptedCount == 1)
      #expect(client.endpoints.first == servers[1].address)
    }
  }

  @Test func `callers who ask for replicas at the same time share one search`() async throws {
    let script = Scripts.greeting { words, _ in
      words.contains("REPLICAS") || words.contains("SLAVES")
        ? [.drip(Wire.list([Wire.replica(6380)]))] : [.send(Wire.ok)]
    }
    try await withServers(playing: [script]) { client, servers in
      let addresses = await withTaskGroup(of: [NodeAddress]?.self) { group in
        for _ in 0..<50 {
          group.addTask { try? await client.discoverReplicas(of: "mymaster") }
        }
        return await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(addresses == [[NodeAddress(host: "127.0.0.1", port: 6380)]])
      #expect(servers[0].orders.count { $0.contains("REPLICAS") } < 50)
    }
  }

  @Test func `a Sentinel given by name and listed by address is asked once it has said who it is`()
    async throws
  {
    let id = String(repeating: "b", count: 40)
    let port = Mutex(0)
    let listing = Scripts.greeting { words, _ in
      switch words.dropFirst().first {
      case "SENTINELS": [.send(Wire.list([Wire.sentinel(id, port: port.withLock(\.self))]))]
      case "GET-MASTER-ADDR-BY-NAME": [.send(Wire.array(["127.0.0.1", "6379"]))]
      case "MASTER": [.send(Wire.master())]
      default: [.send(Wire.bulk(String(repeating: "a", count: 40)))]
      }
    }
    let listed = Scripts.greeting { words, _ in
      switch words.dropFirst().first {
      case "SENTINELS": [.send(Wire.list([]))]
      case "GET-MASTER-ADDR-BY-NAME": [.send(Wire.array(["127.0.0.1", "6379"]))]
      case "MASTER": [.send(Wire.master())]
      default: [.send(Wire.bulk(id))]
      }
    }
    try await FakeSentinel.open(all: [listing, listed]) { servers in
      port.withLock { $0 = servers[1].address.port }
      let named = NodeAddress(host: "localhost", port: servers[1].address.port)
      try await withClient(of: [servers[0].address, named]) { client in
        _ = try await client.discoverMaster(of: "mymaster")
        #expect(client.endpoints == [servers[0].address, named, servers[1].address])
        client.demote(servers[0].address)
        _ = try await client.discoverMaster(of: "mymaster")
        #expect(client.endpoints == [named, servers[0].address])
        client.promote(servers[0].address)
        _ = try await client.discoverMaster(of: "mymaster")
        #expect(client.endpoints == [servers[0].address, named])
      }
    }
  }

  @Test func `callers who ask at the same time share one search`() async throws {
    let asked = Mutex(0)
    let script = Scripts.greeting { words, _ in
      guard words.contains("GET-MASTER-ADDR-BY-NAME") else {
        return [.send(Wire.master())]
      }
      asked.withLock { $0 += 1 }
      return [.drip(Wire.array(["127.0.0.1", "6379"]))]
    }
    try await withServers(playing: [script]) { client, _ in
      let addresses = await withTaskGroup(of: NodeAddress?.self) { group in
        for _ in 0..<50 {
          group.addTask { try? await client.discoverMaster(of: "mymaster") }
        }
        return await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(addresses == [NodeAddress(host: "127.0.0.1", port: 6379)])
      #expect(asked.withLock(\.self) < 50)
    }
  }
}
