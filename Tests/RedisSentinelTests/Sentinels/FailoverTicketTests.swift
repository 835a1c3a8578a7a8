import SentinelModel
import Synchronization
import Testing

@testable import RedisSentinel

/// The end of a failover, as the Sentinel that runs it tells it.
@Suite(.timeLimit(.minutes(1))) struct FailoverTicketTests {
  /// A Sentinel that answers FAILOVER with OK, and MASTER with these states, the last one for good.
  private static func running(_ states: [(port: Int, flags: String)]) -> FakeSentinel.Script {
    let rest = Mutex(states)
    return Scripts.greeting { words, _ in
      switch words.dropFirst().first {
      case "GET-MASTER-ADDR-BY-NAME": [.send(Wire.array(["127.0.0.1", "1"]))]
      case "MASTER":
        rest.withLock { rest in
          let state = rest.count > 1 ? rest.removeFirst() : rest[0]
          return [.send(Wire.master(port: state.port, flags: state.flags))]
        }
      default: [.send(Wire.ok)]
      }
    }
  }

  private static let running = (port: 6379, flags: "master,failover_in_progress")

  @Test func `a failover is over when another master is named and none runs any more`()
    async throws
  {
    let states = [(6379, "master"), Self.running, Self.running, (6380, "master")]
    try await withServers(playing: [Self.running(states)]) { client, servers async throws in
      let ticket = try await client.failover("mymaster")
      #expect(ticket.oldMaster == NodeAddress(host: "127.0.0.1", port: 6379))
      #expect(ticket.sentinel == servers[0].address)
      let new = try await ticket.waitForCompletion()
      #expect(new == NodeAddress(host: "127.0.0.1", port: 6380))
      #expect(servers[0].orders.count { $0.contains("FAILOVER") } == 1)
    }
  }

  @Test func `one that ends with the old master was given up`() async throws {
    let states = [(6379, "master"), Self.running, (6379, "master")]
    try await withServers(playing: [Self.running(states)]) { client, servers async throws in
      let ticket = try await client.failover("mymaster")
      let error = await failure { try await ticket.waitForCompletion() }
      #expect(error?.code == .failoverAborted)
      #expect(error?.endpoint == servers[0].address)
      #expect(error?.service == "mymaster")
    }
  }

  @Test func `one that goes on is waited for no longer than wanted`() async throws {
    try await withServers(playing: [Self.running([(6379, "master"), Self.running])]) {
      client, _ async throws in
      let ticket = try await client.failover("mymaster")
      let error = await failure { try await ticket.waitForCompletion(timeout: .milliseconds(50)) }
      #expect(error?.code == .timeout(.failover))
    }
  }

  @Test func `where the Sentinel that runs it is lost, another's word on a new master counts`()
    async throws
  {
    let isGone = Mutex(false)
    let dying = Scripts.greeting { words, connection in
      if isGone.withLock(\.self) { return [.close] }
      if words.contains("FAILOVER") { isGone.withLock { $0 = true } }
      return words.contains("FAILOVER")
        ? [.send(Wire.ok)] : Scripts.knowing(port: 6379)(words, connection)
    }
    try await withServers(playing: [dying, Scripts.knowing(port: 6380)]) { client, _ async throws in
      let new = try await client.failover("mymaster").waitForCompletion()
      #expect(new == NodeAddress(host: "127.0.0.1", port: 6380))
    }
  }

  @Test func `a service that is removed meanwhile ends the wait`() async throws {
    let isGone = Mutex(false)
    let script = Scripts.greeting { words, connection in
      if isGone.withLock(\.self) { return Scripts.knowing("other")(words, connection) }
      if words.contains("FAILOVER") { isGone.withLock { $0 = true } }
      return words.contains("FAILOVER")
        ? [.send(Wire.ok)] : Scripts.knowing()(words, connection)
    }
    try await withServers(playing: [script]) { client, _ async throws in
      let ticket = try await client.failover("mymaster")
      let error = await failure { try await ticket.waitForCompletion() }
      #expect(error?.code == .masterNotFound(.unknownService))
    }
  }

  @Test func `who gives up waiting leaves at once`() async throws {
    try await withServers(playing: [Self.running([(6379, "master"), Self.running])]) {
      client, servers async throws in
      let ticket = try await client.failover("mymaster")
      let waiter = Task { try await ticket.waitForCompletion() }
      for await words in servers[0].commands where words.contains("FAILOVER") { break }
      waiter.cancel()
      #expect(await failure(of: { try await waiter.value })?.code == .cancelled)
    }
  }
}
