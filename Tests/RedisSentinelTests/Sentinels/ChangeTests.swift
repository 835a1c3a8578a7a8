import RESP
import SentinelModel
import Synchronization
import Testing

@testable import RedisSentinel

/// Changes reach whom they are for, once.
@Suite(.timeLimit(.minutes(1))) struct ChangeTests {
  private static let accepting = Scripts.changing { _, _ in [.send(Wire.ok)] }

  @Test func `a failover reaches exactly one Sentinel`() async throws {
    try await withServers(playing: [Self.accepting, Self.accepting]) { client, servers in
      try await client.failover("mymaster")
      #expect(servers[0].changes == [["SENTINEL", "FAILOVER", "mymaster"]])
      #expect(servers[1].orders.isEmpty)
    }
  }

  @Test func `a failover that is to lose no write is asked for as such`() async throws {
    try await withServers(playing: [Self.accepting]) { client, servers in
      try await client.failover("mymaster", mode: .coordinated)
      #expect(servers[0].changes == [["SENTINEL", "FAILOVER", "mymaster", "COORDINATED"]])
    }
  }

  @Test func `a reset of all goes to one after the other, and nobody's failure ends it`()
    async throws
  {
    let order = Mutex<[Int]>([])
    func resetting(_ number: Int) -> FakeSentinel.Script {
      Scripts.changing { words, _ in
        guard words == ["SENTINEL", "RESET", "*"] else { return [] }
        order.withLock { $0.append(number) }
        return number == 2 ? [.send("-NOPERM no\r\n")] : [.send(":\(number)\r\n")]
      }
    }
    try await withServers(playing: [resetting(1), resetting(2), resetting(3)]) { client, servers in
      let answers = await client.reset(matching: "*", stagger: .milliseconds(1))
      #expect(answers.map(\.endpoint) == servers.map(\.address))
      #expect(answers.map(\.reply) == [1, nil, 3])
      #expect(answers[1].failure?.code == .forbidden)
      #expect(order.withLock(\.self) == [1, 2, 3])
    }
  }

  @Test func `who gives up between two resets leaves the others as they are`() async throws {
    let script = Scripts.changing { _, _ in [.send(":1\r\n")] }
    try await withServers(playing: [script, script]) { client, servers in
      let resetting = Task { await client.reset(matching: "*", stagger: .seconds(60)) }
      for await words in servers[0].commands where words.contains("RESET") { break }
      resetting.cancel()
      let answers = await resetting.value
      #expect(answers.count == 2)
      #expect(answers[1].failure?.code == .cancelled)
      #expect(servers[1].changes.isEmpty)
    }
  }

  /// What a Sentinel may do that has read a change, and whose answer is none.
  private static let swallowing: [(String, FakeSentinel.Script)] = [
    ("closes", Scripts.changing { _, _ in [.close] }),
    ("half an answer", Scripts.changing { _, _ in [.send("+O"), .close] }),
    ("silent", Scripts.changing { _, _ in [] }),
    ("garbage", Scripts.changing { _, _ in [.send("what?\r\n")] }),
    ("another shape", Scripts.changing { _, _ in [.send("*0\r\n")] }),
    ("null", Scripts.changing { _, _ in [.send(Wire.none)] }),
  ]

  @Test(arguments: swallowing.indices)
  func `once a change may have left, no second Sentinel gets it`(index: Int) async throws {
    try await withServers(
      playing: [Self.swallowing[index].1, Self.accepting], patience: .seconds(1)
    ) { client, servers in
      let error = await failure {
        try await client.failover("mymaster")
      }
      #expect(error?.mayHaveExecuted == true, "\(Self.swallowing[index].0)")
      #expect(error?.endpoint == servers[0].address)
      #expect(error?.service == "mymaster")
      #expect(servers[0].changes == [["SENTINEL", "FAILOVER", "mymaster"]])
      #expect(servers[1].acceptedCount == 0)
    }
  }

  @Test func `nor does the same one get it again, on a connection that replaces a dead one`()
    async throws
  {
    let script = Scripts.changing { words, _ in
      words.contains("FAILOVER") ? [.close] : [.send(Wire.bulk("id"))]
    }
    try await withServers(playing: [script]) { client, servers in
      _ = try await client.myID()
      let error = await failure { try await client.failover("mymaster") }
      #expect(error?.mayHaveExecuted == true)
      #expect(servers[0].orders.count { $0.contains("FAILOVER") } == 1)
      #expect(servers[0].acceptedCount == 1)
    }
  }

  /// Sentinels that a change never reaches.
  private static let unreachable: [(String, FakeSentinel.Script)] = [
    ("closes", Scripts.closing), ("silent", Scripts.silent),
    ("garbage", Scripts.always("what?\r\n")),
    ("wants a password", Scripts.always(Wire.noAuth)),
    ("no Sentinel", Scripts.always(Wire.map([("mode", "cluster"), ("proto", "3")]))),
  ]

  @Test(arguments: unreachable.indices)
  func `a Sentinel that isn't even greeted is passed over`(index: Int) async throws {
    try await withServers(
      playing: [Self.unreachable[index].1, Self.accepting], patience: .seconds(1)
    ) { client, servers in
      let error = await failure {
        try await client.failover("mymaster")
      }
      #expect(error == nil, "\(Self.unreachable[index].0)")
      #expect(servers[1].changes == [["SENTINEL", "FAILOVER", "mymaster"]])
    }
  }

  @Test(arguments: unreachable.indices)
  func `a change that never left is told as not carried out`(index: Int) async throws {
    try await withServers(playing: [Self.unreachable[index].1], patience: .seconds(1)) {
      client, _ in
      let error = await failure {
        try await client.failover("mymaster")
      }
      #expect(error?.mayHaveExecuted == false, "\(Self.unreachable[index].0)")
    }
  }

  @Test(
    arguments: [
      ("-INPROG Failover already in progress\r\n", .failoverInProgress),
      ("-NOGOODSLAVE No suitable replica to promote\r\n", .noGoodReplica),
      (Wire.unknownService, .masterNotFound(.unknownService)),
      (Wire.noPermission("sentinel|failover"), .forbidden),
    ] as [(String, SentinelError.Code)])
  func `a Sentinel's no is final`(reply: String, code: SentinelError.Code) async throws {
    try await withServers(playing: [Scripts.changing { _, _ in [.send(reply)] }, Self.accepting]) {
      client, servers in
      let error = await failure {
        try await client.failover("mymaster")
      }
      #expect(error?.code == code)
      #expect(error?.mayHaveExecuted == false)
      #expect(servers[1].acceptedCount == 0)
    }
  }

  @Test
  func `a cancelled change isn't sent to the next Sentinel, and one cancelled before isn't sent`()
    async throws
  {
    try await withServers(playing: [Scripts.changing { _, _ in [] }, Self.accepting]) {
      client, servers in
      let running = Task { try await client.failover("mymaster") }
      for await words in servers[0].commands where words.dropFirst().first == "FAILOVER" { break }
      running.cancel()
      let error = await failure { try await running.value }
      #expect(error?.code == .cancelled)
      #expect(error?.mayHaveExecuted == true)

      let (hold, release) = AsyncStream.makeStream(of: Void.self)
      let late = Task { () async -> SentinelError? in
        for await _ in hold {}
        return await failure {
          try await client.failover("mymaster")
        }
      }
      late.cancel()
      release.finish()
      let second = await late.value
      #expect(second?.code == .cancelled)
      #expect(second?.mayHaveExecuted == false)
      #expect(servers[0].changes.count == 1)
      #expect(servers[1].acceptedCount == 0)
    }
  }

  @Test func `a reset counts the services, and is asked of one`() async throws {
    let counting = Scripts.changing { _, _ in [.send(":2\r\n")] }
    try await withServers(playing: [counting, counting]) { client, servers in
      let count = try await client.reset(matching: "my*")
      #expect(count == 2)
      #expect(servers.map(\.orders) == [[["SENTINEL", "RESET", "my*"]], []])
    }
  }

  @Test func `what has to hold everywhere goes to all`() async throws {
    try await withServers(playing: [Self.accepting, Scripts.closing, Self.accepting]) {
      client, servers in
      let address = NodeAddress(host: "10.0.0.1", port: 6379)
      _ = try await client.monitor("cache", at: address, quorum: 2)
      _ = try await client.set(.quorum(3), .authPassword("s3cr3t"), for: "cache")
      _ = await client.flushConfiguration()
      _ = await client.setConfiguration("announce-ip", to: "10.0.0.9")
      let answers = await client.stopMonitoring("cache")
      let orders = [
        ["SENTINEL", "MONITOR", "cache", "10.0.0.1", "6379", "2"],
        ["SENTINEL", "SET", "cache", "quorum", "3", "auth-pass", "s3cr3t"],
        ["SENTINEL", "FLUSHCONFIG"],
        ["SENTINEL", "CONFIG", "SET", "announce-ip", "10.0.0.9"],
        ["SENTINEL", "REMOVE", "cache"],
      ]
      #expect(servers[0].orders == orders)
      #expect(servers[2].orders == orders)
      #expect(answers.map { $0.reply != nil } == [true, false, true])
    }
  }

  @Test(arguments: [
    ("my master", "10.0.0.1", 6379, 2, "can't be a service's name"),
    ("", "10.0.0.1", 6379, 2, "can't be a service's name"),
    ("cache\n", "10.0.0.1", 6379, 2, "can't be a service's name"),
    ("cache", "", 6379, 2, "is no address"),
    ("cache", "10.0.0.1", 0, 2, "is no address"),
    ("cache", "10.0.0.1", 65536, 2, "is no address"),
    ("cache", "10.0.0.1", 6379, 0, "the quorum must be 1 or more"),
  ])
  func `what would harm a Sentinel is refused before anything is sent`(
    name: String, host: String, port: Int, quorum: Int, words: String
  ) async throws {
    try await withServers(playing: [Self.accepting]) { client, servers in
      let error = await failure {
        try await client.monitor(
          ServiceName(name), at: NodeAddress(host: host, port: port), quorum: quorum)
      }
      #expect(error?.code == .invalidConfiguration)
      #expect(error?.message.contains(words) == true)
      #expect(servers[0].acceptedCount == 0)
    }
  }

  @Test func `an order without its object is refused before anything is sent`() async throws {
    try await withServers(playing: [Self.accepting]) { client, servers in
      let noOption = await failure {
        try await client.set(for: "cache")
      }
      #expect(noOption?.code == .invalidConfiguration)
      #expect(noOption?.message.contains("no option") == true)
      #expect(servers[0].acceptedCount == 0)
    }
    for command: Command in [.failover(""), .remove(""), .checkQuorum(""), .reset(pattern: "")] {
      let error = #expect(throws: SentinelError.self) { try command.validate() }
      #expect(error?.code == .invalidConfiguration)
    }
    try Command.reset(pattern: "*").validate()
    try Command.failover("a name of old").validate()
  }
}
