import RESP
import SentinelModel
import Testing

@testable import RedisSentinel

/// One connection that stays, and is replaced when it dies.
@Suite(.timeLimit(.minutes(1))) struct SentinelLinksTests {
  private static let ok = Scripts.greeting { _, _ in [.send(Wire.bulk("id"))] }

  @Test func `many questions travel on one connection`() async throws {
    try await withServers(playing: [Self.ok]) { client, servers in
      for _ in 0..<5 { _ = try await client.myID() }
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<20 { group.addTask { _ = try? await client.myID() } }
      }
      #expect(servers[0].orders.count == 25)
      #expect(servers[0].acceptedCount == 1)
    }
  }

  @Test func `those who come first at the same time share what they open`() async throws {
    try await withServers(playing: [Self.ok]) { client, servers in
      let answers = await withTaskGroup(of: String?.self) { group in
        for _ in 0..<10 { group.addTask { try? await client.myID() } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.allSatisfy { $0 == "id" })
      _ = try await client.myID()
      // Whatever was opened at the same time, one stays.
      let accepted = servers[0].acceptedCount
      _ = try await client.myID()
      #expect(servers[0].acceptedCount == accepted)
    }
  }

  @Test func `a connection that has died is replaced, and the caller doesn't notice`() async throws
  {
    let links = SentinelLinks(
      ConnectionConfiguration(connectTimeout: .seconds(20), commandTimeout: .seconds(20)))
    try await FakeSentinel.open(Self.ok) { server in
      _ = try await links.send([["SENTINEL", "MYID"]], to: server.address)
      server.hangUp()
      // The old one may answer once more before its end has come, and a call may meet that end.
      for _ in 0..<10_000 where server.acceptedCount < 2 {
        _ = try? await links.send([["SENTINEL", "MYID"]], to: server.address)
      }
      let replies = try await links.send([["SENTINEL", "MYID"]], to: server.address)
      #expect(replies.first?.text == "id")
      #expect(server.acceptedCount == 2)
      links.shutDown()
    }
  }

  @Test func `a connection on which an answer was lost isn't used again`() async throws {
    let script = Scripts.greeting { _, connection in
      connection == 1 ? [] : [.send(Wire.bulk("id"))]
    }
    try await withServers(playing: [script], patience: .seconds(1)) { client, servers in
      let error = await failure { try await client.myID() }
      #expect(error?.code == .timeout(.command))
      let id = try await client.myID()
      #expect(id == "id")
      #expect(servers[0].acceptedCount == 2)
    }
  }

  @Test func `after the end every call is refused, and nothing is opened`() async throws {
    try await withServers(playing: [Self.ok, Self.ok]) { client, servers in
      _ = try await client.myID()
      await client.shutdown()
      await client.shutdown()
      let asked = await failure { try await client.myID() }
      #expect(asked?.code == .clientShutDown)
      let discovered = await failure {
        try await client.discoverMaster(of: "mymaster")
      }
      #expect(discovered?.code == .clientShutDown)
      let ordered = await failure {
        try await client.failover("mymaster")
      }
      #expect(ordered?.code == .clientShutDown)
      let answers = await client.askAll(SentinelQuery.myID)
      #expect(answers.count == 2)
      #expect(servers.map(\.acceptedCount) == [1, 0])
      #expect(servers[0].orders.count == 1)
    }
  }

  @Test func `the end tells those who still wait`() async throws {
    try await withServers(playing: [Scripts.greeting { _, _ in [] }]) { client, servers in
      let waiting = Task { try await client.myID() }
      for await words in servers[0].commands where words.first == "SENTINEL" { break }
      await client.shutdown()
      let error = await failure { try await waiting.value }
      #expect(error?.code == .connection(.closed))
    }
  }
}
