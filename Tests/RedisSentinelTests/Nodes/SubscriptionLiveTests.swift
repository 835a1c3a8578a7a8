import RESP
import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import RedisSentinel

/// Subscriptions at real servers, through failovers.
@Suite(.live) struct SubscriptionLiveTests {
  /// Lends a client that listens, and shuts it down.
  private func withClient(
    of lab: Lab, _ change: (inout SentinelConfiguration) -> Void = { _ in },
    _ body: (SentinelClient) async throws -> Void
  ) async throws {
    var configuration = try SentinelConfiguration(endpoints: lab.sentinels.map(\.address))
    configuration.retry = .forever
    change(&configuration)
    let client = SentinelClient(configuration: configuration)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await client.run() }
      defer { group.cancelAll() }
      try await body(client)
      await client.shutdown()
    }
  }

  private func words(_ words: String...) -> [RedisRequest] {
    [RedisRequest(words: words.map { RESPBytes($0) }, isReplayable: true)]
  }

  private func subscribers(_ client: RedisClient) async throws -> Int {
    let list = try await client.replies(to: words("CLIENT", "LIST", "TYPE", "pubsub"))
    // The Sentinels listen to the nodes too.
    return (list.first?.text ?? "").split(separator: "\n").count { $0.contains("name=reader ") }
  }

  private func waitUntilNobodyIsSubscribed(_ client: RedisClient) async throws {
    while try await subscribers(client) > 0 { await Task.yield() }
  }

  @Test(arguments: [
    ConnectionConfiguration.ProtocolVersion.resp3OrResp2, .resp2,
  ])
  func `two subscriptions share one connection, and are gone with their readers`(
    version: ConnectionConfiguration.ProtocolVersion
  ) async throws {
    try await Lab.open { lab in
      try await withClient(
        of: lab,
        {
          $0.nodeConnection.protocolVersion = version
          $0.nodeConnection.clientName = "reader"
          $0.nodeConnection.healthCheckInterval = .milliseconds(20)
        }
      ) { client in
        let master = try client.makeMasterClient(for: "mymaster")
        let name: [UInt8] = [0, 255, 13, 10, 120]
        try await master.subscribe(to: name, "x") { messages in
          try await master.psubscribe(to: "n*") { news in
            let got10 = try await subscribers(master)
            #expect(got10 == 1)
            _ = try await master.replies(to: [
              RedisRequest(words: ["PUBLISH", RESPBytes(name), "1"]),
              RedisRequest(words: ["PUBLISH", "news", "2"]),
            ])
            var iterator = messages.makeAsyncIterator()
            var newsIterator = news.makeAsyncIterator()
            let got11 = try await iterator.next()
            #expect(got11 == .message(.init(channel: RESPBytes(name), payload: "1")))
            let got12 = try await newsIterator.next()
            #expect(got12 == .message(.init(channel: "news", pattern: "n*", payload: "2")))
          }
          while try await master.replies(to: words("PUBSUB", "NUMPAT")) != [.integer(0)] {
            await Task.yield()
          }
          let got13 = try await master.replies(to: words("PUBLISH", "x", "3"))
          #expect(got13 == [.integer(1)])
        }
        try await master.ssubscribe(to: "shard") { messages in
          let got14 = try await master.replies(to: words("SPUBLISH", "shard", "4"))
          #expect(got14 == [.integer(1)])
          var iterator = messages.makeAsyncIterator()
          let got15 = try await iterator.next()
          #expect(got15 == .message(.init(channel: "shard", payload: "4")))
        }
        try await waitUntilNobodyIsSubscribed(master)
      }
    }
  }

  enum Trouble: CaseIterable { case frozen, killed, switched }

  @Test(arguments: Trouble.allCases)
  func `messages of the new master come on the same sequence, after the gap was told`(
    trouble: Trouble
  ) async throws {
    try await Lab.open { lab in
      try await lab.settle()
      try await withClient(of: lab) { client in
        let master = try client.makeMasterClient(for: "mymaster")
        let old = lab.masters[0].address
        try await master.subscribe(to: "x") { messages in
          var iterator = messages.makeAsyncIterator()
          _ = try await master.replies(to: words("PUBLISH", "x", "before"))
          let got16 = try await iterator.next()
          #expect(got16 == .message(.init(channel: "x", payload: "before")))
          switch trouble {
          case .frozen: try await lab.masters[0].freeze()
          case .killed: try await lab.masters[0].kill()
          case .switched: try await client.failover("mymaster")
          }
          let got17 = try await iterator.next()
          #expect(got17 == .resubscribed(missedPossible: true))
          let got18 = try await client.discoverMaster(of: "mymaster")
          #expect(got18 != old)
          let got19 = try await master.replies(to: words("PUBLISH", "x", "after"))
          #expect(got19 == [.integer(1)])
          var element = try await iterator.next()
          while element == .resubscribed(missedPossible: true) {
            element = try await iterator.next()
          }
          #expect(element == .message(.init(channel: "x", payload: "after")))
        }
      }
    }
  }

  @Test func `a replica's reader hears what is published on the master`() async throws {
    try await Lab.open { lab in
      try await withClient(of: lab) { client in
        let master = try client.makeMasterClient(for: "mymaster")
        let replica = try client.makeReplicaClient(for: "mymaster")
        try await replica.subscribe(to: "x") { messages in
          // Nobody listens on the master itself.
          let got20 = try await master.replies(to: words("PUBLISH", "x", "1"))
          #expect(got20 == [.integer(0)])
          var iterator = messages.makeAsyncIterator()
          let got21 = try await iterator.next()
          #expect(got21 == .message(.init(channel: "x", payload: "1")))
        }
      }
    }
  }

  @Test func `a channel that the user may not hear is refused, and no other one`() async throws {
    try await Lab.open { lab in
      try await withClient(of: lab) { client in
        let admin = try client.makeMasterClient(for: "mymaster")
        _ = try await admin.replies(
          to: words(
            "ACL", "SETUSER", "guest", "on", ">secret", "+@all", "~*", "resetchannels", "&open"))
        var node = ConnectionConfiguration(connectTimeout: .seconds(5), commandTimeout: .seconds(5))
        node.authentication = Authentication(username: "guest", password: "secret")
        let guest = try client.makeMasterClient(for: "mymaster", node: node)
        try await guest.subscribe(to: "open") { messages in
          let error = await failure(of: { try await guest.subscribe(to: "closed") { _ in } })
          #expect(error?.code == .forbidden)
          _ = try await admin.replies(to: words("PUBLISH", "open", "1"))
          var iterator = messages.makeAsyncIterator()
          let got22 = try await iterator.next()
          #expect(got22 == .message(.init(channel: "open", payload: "1")))
        }
      }
    }
  }

  @Test func `the client's shut-down ends the messages and closes the connection`() async throws {
    try await Lab.open { lab in
      try await withClient(of: lab, { $0.nodeConnection.clientName = "reader" }) { client in
        let master = try client.makeMasterClient(for: "mymaster")
        let admin = try client.makeMasterClient(for: "mymaster")
        try await master.subscribe(to: "x") { messages in
          await master.shutdown()
          for try await _ in messages { Issue.record() }
        }
        try await waitUntilNobodyIsSubscribed(admin)
      }
    }
  }
}
