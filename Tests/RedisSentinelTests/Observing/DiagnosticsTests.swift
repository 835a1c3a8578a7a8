import Logging
import SentinelModel
import Synchronization
import Testing

@testable import RedisSentinel

/// What a client tells of itself, in its diagnostics and in its log.
@Suite(.timeLimit(.minutes(1))) struct DiagnosticsTests {
  private func address(_ port: Int) -> NodeAddress { NodeAddress(host: "127.0.0.1", port: port) }

  @Test func `each Sentinel is told with its answers and failures, in the order of asking`()
    async throws
  {
    try await withServers(playing: [Scripts.closing, Scripts.knowing(port: 6379, epoch: 4)]) {
      client, servers async throws in
      let before = await client.diagnostics()
      #expect(before.sentinels == servers.map { Diagnostics.Sentinel(endpoint: $0.address) })
      #expect(before.counters == Diagnostics.Counters())
      _ = try await client.discoverMaster(of: "mymaster")
      _ = try await client.master(named: "mymaster")
      let after = await client.diagnostics()
      #expect(after.sentinels.map(\.endpoint) == [servers[1].address, servers[0].address])
      #expect(after.sentinels.map(\.answers) == [2, 0])
      #expect(after.sentinels.map(\.failures) == [0, 1])
      #expect(after.sentinels[0].latency != nil)
      #expect(after.sentinels[0].sinceAnswer != nil)
      #expect(after.sentinels[1].lastFailure?.code == .connection(.closed))
      #expect(after.sentinels[1].sinceFailure != nil)
      #expect(
        after.services == [
          Diagnostics.Service(
            name: "mymaster", master: address(6379), epoch: 4, source: servers[1].address)
        ])
      #expect(after.counters.discoveries == 1)
    }
  }

  @Test func `a search in vain is counted, and logged loudly once until one succeeds`()
    async throws
  {
    let isThere = Mutex(false)
    let script = Scripts.greeting { words, connection in
      Scripts.knowing(isThere.withLock(\.self) ? "mymaster" : "other")(words, connection)
    }
    let lines = LogLines()
    try await withServers(playing: [script], change: Tweak { $0.logger = lines.logger }) {
      client, _ async throws in
      for _ in 0..<3 { _ = await failure { try await client.discoverMaster(of: "mymaster") } }
      #expect(await client.diagnostics().counters.failedDiscoveries == 3)
      #expect(
        await client.diagnostics().services.first?.lastFailure?.code
          == .masterNotFound(.unknownService))
      #expect(lines.all.count { $0.level == .warning } == 1)
      #expect(lines.all.first { $0.level == .warning }?.metadata["service"] == "mymaster")
      isThere.withLock { $0 = true }
      _ = try await client.discoverMaster(of: "mymaster")
      #expect(await client.diagnostics().services.first?.lastFailure == nil)
      #expect(lines.all.count { $0.level == .info } == 1)
      isThere.withLock { $0 = false }
      _ = await failure { try await client.discoverMaster(of: "mymaster") }
      #expect(lines.all.count { $0.level == .warning } == 2)
    }
  }

  @Test func `a switch is counted and logged once, with its service and address`() async throws {
    let port = Mutex(6379)
    let script = Scripts.greeting { words, connection in
      Scripts.knowing(port: port.withLock(\.self))(words, connection)
    }
    let lines = LogLines()
    try await withServers(playing: [script], change: Tweak { $0.logger = lines.logger }) {
      client, servers async throws in
      _ = try await client.discoverMaster(of: "mymaster")
      port.withLock { $0 = 6380 }
      for _ in 0..<3 { _ = try await client.discoverMaster(of: "mymaster") }
      #expect(await client.diagnostics().counters.switches == 1)
      let told = lines.all.filter { $0.level == .info }
      #expect(told.count == 1)
      #expect(told.first?.metadata["master"] == "127.0.0.1:6380")
      #expect(told.first?.metadata["sentinel"] == "\(servers[0].address)")
    }
  }

  @Test func `pools are told by their state, and nodes that can't be reached are counted`()
    async throws
  {
    try await withServers(playing: [Scripts.knowing(port: 1)]) { client, _ async throws in
      let master = try client.makeMasterClient(for: "mymaster", retry: .once)
      #expect(await failure { try await master.execute(.get("k")) } != nil)
      let diagnostics = await client.diagnostics()
      #expect(
        diagnostics.pools == [Diagnostics.Pool(service: "mymaster", role: .master)])
      #expect(diagnostics.counters.failedConnections == 1)
      #expect(diagnostics.counters.connections == 0)
      _ = master
    }
  }

  @Test func `what is sent again is counted`() async throws {
    try await withServers(playing: [Scripts.knowing(port: 1)]) { client, _ async throws in
      let master = try client.makeMasterClient(
        for: "mymaster", retry: RetryPolicy(maximumAttempts: 3, firstPause: .milliseconds(1)))
      #expect(await failure { try await master.execute(.get("k")) }?.attempts == 3)
      #expect(await client.diagnostics().counters.replays == 2)
    }
  }

  @Test func `whether announcements are heard is told of each Sentinel`() async throws {
    let listening = Scripts.greeting { words, _ in
      [.send(words.first == "PSUBSCRIBE" ? Wire.subscribed : "*0\r\n")]
    }
    let refusing = Scripts.greeting { words, _ in
      [.send(words.first == "PSUBSCRIBE" ? Wire.noPermission("psubscribe") : "*0\r\n")]
    }
    try await withServers(playing: [listening, refusing, Scripts.closing]) {
      client, servers async throws in
      let run = Task { await client.run() }
      while true {
        let links = await client.diagnostics().sentinels.map(\.eventLink)
        if case .listening = links[0], case .refused = links[1], case .lost = links[2] { break }
        await Task.yield()
      }
      run.cancel()
      await run.value
    }
  }

  @Test func `nothing that is logged holds a password`() async throws {
    let secret = "s3cr3t-p4ss"
    let lines = LogLines()
    let repeating = Scripts.always("-ERR unknown command, with args: '\(secret)'\r\n")
    try await withServers(
      playing: [repeating, Scripts.always("-WRONGPASS no\r\n")], password: secret,
      change: Tweak { $0.logger = lines.logger }
    ) { client, _ async throws in
      _ = await failure { try await client.discoverMaster(of: "mymaster") }
      _ = try await client.set(.authPassword(secret), for: "mymaster")
      #expect(lines.all.count > 2)
      for line in lines.all {
        #expect(!"\(line.message) \(line.metadata)".contains(secret))
      }
      let diagnostics = await client.diagnostics()
      var dumped = ""
      dump(diagnostics, to: &dumped)
      #expect(!dumped.contains(secret))
    }
  }
}
