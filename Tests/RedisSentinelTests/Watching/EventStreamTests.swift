import SentinelModel
import Testing

@testable import RedisSentinel

/// What library users hear of a watch: events, and what a service consists of.
@Suite(.timeLimit(.minutes(1))) struct EventStreamTests {
  private func withListening(
    _ script: @escaping FakeSentinel.Script = Scripts.watched(["mymaster", "other"]),
    _ body: (SentinelClient, FakeSentinel) async throws -> Void
  ) async throws {
    try await withServers(playing: [script]) { client, servers in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await client.run() }
        defer { group.cancelAll() }
        try await body(client, servers[0])
      }
    }
  }

  @Test func `each reader hears the events of its service, with who told them, unknown ones too`()
    async throws
  {
    try await withListening { client, server in
      var mine = client.events(of: "mymaster").makeAsyncIterator()
      var all = client.events().makeAsyncIterator()
      var topology = client.topology(of: "mymaster").makeAsyncIterator()
      _ = await topology.next()
      server.push(
        Wire.event("+sdown", of: "other") + Wire.event("+odd", of: "mymaster")
          + Wire.event("+sdown", of: "mymaster"))
      #expect(await mine.next()?.event.channel == "+odd")
      #expect(await mine.next()?.event.name == .sDown)
      let first = await all.next()
      #expect(first?.event.service == "other")
      #expect(first?.source == server.address)
      // After 2020, as a wall clock has it.
      #expect(first.map { $0.receivedAt.milliseconds > 1_577_836_800_000 } == true)
    }
  }

  @Test func `a service is told whole, and again when it changes, not when it is asked again`()
    async throws
  {
    try await withListening { client, server in
      var topology = client.topology(of: "mymaster").makeAsyncIterator()
      let first = await topology.next()
      #expect(first?.master == NodeAddress(host: "127.0.0.1", port: 6379))
      #expect(first?.replicas.map(\.address.port) == [6380])
      #expect(Set(first?.sentinels.map(\.address.port) ?? []) == [26380, server.address.port])
      // Makes it ask anew, with the same answers.
      server.push(Wire.event("+fix-slave-config", of: "mymaster"))
      server.push(
        Wire.event("+switch-master", "mymaster 127.0.0.1 6379 127.0.0.1 6380"))
      #expect(await topology.next()?.master?.port == 6380)
      // Who comes later begins with what is.
      var late = client.topology(of: "mymaster").makeAsyncIterator()
      #expect(await late.next()?.service == "mymaster")
    }
  }

  @Test func `a service that is given up is told as unknown`() async throws {
    try await withListening { client, server in
      var topology = client.topology(of: "other").makeAsyncIterator()
      _ = await topology.next()
      server.push(Wire.event("-monitor", of: "other"))
      let last = await topology.next()
      #expect(last == ServiceTopology(unknown: "other"))
    }
  }

  @Test func `the end of the iteration releases the reader`() async throws {
    try await withListening { client, server in
      let events = client.events()
      let topologies = client.topology(of: "mymaster")
      #expect(client.audience.count == 2)
      for await _ in topologies { break }
      server.push(Wire.event("+sdown", of: "mymaster"))
      for await _ in events { break }
      #expect(client.audience.count == 0)
      _ = client.events()
      #expect(client.audience.count == 0)
      withExtendedLifetime((events, topologies)) {}
    }
  }

  @Test func `a slow reader keeps the latest events, and knows how many it lost`() {
    let audience = Audience()
    let address = NodeAddress(host: "s", port: 1)
    let stream = audience.events(of: nil)
    for number in 1...1_030 {
      let event = SentinelEvent(channel: "+new-epoch", payload: "\(number)")
      audience.take([
        Observation(source: address, at: Timestamp(milliseconds: 0), fact: .event(event))
      ])
    }
    #expect(stream.droppedCount == 6)
  }

  @Test func `the shut-down ends the streams`() async {
    let audience = Audience()
    let stream = audience.events(of: nil)
    audience.shutDown()
    for await _ in stream { Issue.record() }
    for await _ in audience.topology(of: "mymaster") { Issue.record() }
  }

  @Test func `a cancelled reader is told of the end`() async {
    let audience = Audience()
    let stream = audience.events(of: nil)
    let reader = Task { for await _ in stream { Issue.record() } }
    reader.cancel()
    await reader.value
  }
}
