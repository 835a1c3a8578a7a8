import SentinelModel
import Synchronization
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

  @Test func `a reset doesn't look like the loss of all replicas`() async throws {
    let isReset = Mutex(false)
    let forgetting = Scripts.watched { words in
      guard words.count > 1, words[1] == "REPLICAS", isReset.withLock(\.self) else { return nil }
      return [.send(Wire.list([]))]
    }
    try await withListening(forgetting) { client, server in
      var topology = client.topology(of: "mymaster").makeAsyncIterator()
      let before = await topology.next()
      #expect(before?.replicas.map(\.address.port) == [6380])
      #expect(before?.isStale == false)
      isReset.withLock { $0 = true }
      server.push(Wire.event("+reset-master", of: "mymaster"))
      let after = await topology.next()
      #expect(after?.replicas == before?.replicas)
      #expect(after?.isStale == true)
    }
  }

  @Test func `a master that is down is asked about more often than the rest`() async throws {
    // The pace of peace is an hour: what is asked for a second time is asked because of the trouble.
    let script = Scripts.watched { words in
      words == ["SENTINEL", "MASTERS"]
        ? [.send(Wire.list([Wire.master(flags: "s_down,master")]))] : nil
    }
    try await withServers(
      playing: [script], change: Tweak { $0.topologyRefreshInterval = .seconds(3_600) }
    ) { client, servers in
      let running = Task { await client.run() }
      defer { running.cancel() }
      var count = 0
      for await words in servers[0].commands where words == ["SENTINEL", "MASTERS"] {
        count += 1
        if count == 3 { break }
      }
      #expect(count == 3)
    }
  }

  @Test func `who says that its clock is off is asked last`() async throws {
    let tilted = Scripts.watched { words in
      words == ["INFO", "sentinel"]
        ? [.send(Wire.bulk("# Sentinel\r\nsentinel_masters:1\r\nsentinel_tilt:1\r\n"))] : nil
    }
    try await withServers(playing: [tilted, Scripts.watched()]) { client, servers in
      let running = Task { await client.run() }
      defer { running.cancel() }
      var events = client.events().makeAsyncIterator()
      var topology = client.topology(of: "mymaster").makeAsyncIterator()
      _ = await topology.next()
      servers[0].push(Wire.event("+tilt", "#tilt mode entered"))
      #expect(await events.next()?.event.name == .tilt)
      // What comes after an event has been taken in too.
      servers[0].push(Wire.event("+sdown", of: "mymaster"))
      _ = await events.next()
      #expect(client.endpoints.first == servers[1].address)
      #expect(client.endpoints.last == servers[0].address)
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
