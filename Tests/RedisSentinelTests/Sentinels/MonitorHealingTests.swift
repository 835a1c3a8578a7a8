import SentinelModel
import Testing

@testable import RedisSentinel

/// What has to hold at all Sentinels can be ordered again where it holds at some already.
@Suite(.timeLimit(.minutes(1))) struct MonitorHealingTests {
  private static let address = NodeAddress(host: "127.0.0.1", port: 6379)
  private static let accepting = Scripts.greeting { _, _ in [.send(Wire.ok)] }

  /// A Sentinel that monitors a master already.
  private static func monitoring(_ port: Int) -> FakeSentinel.Script {
    Scripts.greeting { words, connection in
      words.contains("MONITOR")
        ? [.send("-ERR Duplicate master name\r\n")]
        : Scripts.knowing(port: port)(words, connection)
    }
  }

  @Test func `a Sentinel that monitors that master already has nothing left to do`() async throws {
    try await withServers(playing: [Self.accepting, Self.monitoring(6379)]) {
      client, _ async throws in
      let answers = try await client.monitor("mymaster", at: Self.address, quorum: 2)
      #expect(answers.map(\.isSettled) == [true, true])
      #expect(answers.map { $0.failure?.code } == [nil, .alreadyMonitored])
      try answers.checkSettled()
    }
  }

  @Test func `one that monitors another master under that name is a failure`() async throws {
    try await withServers(playing: [Self.accepting, Self.monitoring(6380)]) {
      client, servers async throws in
      let answers = try await client.monitor("mymaster", at: Self.address, quorum: 2)
      #expect(answers.map(\.isSettled) == [true, false])
      let error = await failure { try answers.checkSettled() }
      #expect(error?.code == .partialFailure)
      #expect(error?.underlying.map(\.endpoint) == [servers[1].address])
      #expect(error?.underlying.first?.code == .server)
    }
  }

  @Test func `options are set wherever the master is monitored, and nowhere else`() async throws {
    try await withServers(
      playing: [Self.accepting, Self.monitoring(6379), Self.monitoring(6380)]
    ) { client, servers async throws in
      _ = try await client.monitor(
        "mymaster", at: Self.address, quorum: 2, options: [.quorum(2), .parallelSyncs(3)])
      let order = ["SENTINEL", "SET", "mymaster", "quorum", "2", "parallel-syncs", "3"]
      #expect(servers.map { $0.orders.contains(order) } == [true, true, false])
    }
  }

  @Test func `an option that is refused makes the answer a failure`() async throws {
    let script = Scripts.greeting { words, _ in
      [.send(words.contains("SET") ? "-ERR Invalid argument\r\n" : Wire.ok)]
    }
    try await withServers(playing: [script]) { client, _ async throws in
      let answers = try await client.monitor(
        "mymaster", at: Self.address, quorum: 2, options: [.custom("nonsense", "1")])
      #expect(answers.first?.isSettled == false)
      #expect(await failure { try answers.checkSettled() }?.code == .server)
    }
  }

  @Test(arguments: [true, false])
  func `a service that some Sentinels don't know is gone where any did`(wasKnown: Bool) async throws
  {
    let ignorant = Scripts.greeting { _, _ in [.send(Wire.unknownService)] }
    try await withServers(playing: [ignorant, wasKnown ? Self.accepting : ignorant]) {
      client, _ async throws in
      let answers = await client.stopMonitoring("mymaster")
      #expect(answers[0].failure?.code == .masterNotFound(.unknownService))
      #expect(answers[0].isSettled == wasKnown)
      let error = await failure { try answers.checkSettled() }
      #expect(error?.code == (wasKnown ? nil : .partialFailure))
    }
  }
}
