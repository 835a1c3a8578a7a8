import SentinelModel
import Testing

@testable import RedisSentinel

/// A Sentinel that does as it should: what is asked, and what is told.
@Suite(.timeLimit(.minutes(1))) struct SentinelWatchTests {
  /// The facts up to the first details.
  private static let opening = [
    "connected", "listening", "masters", "info", "master", "replicas", "sentinels",
  ]

  @Test func `it tells who the Sentinel is, that it listens, and then all it is told`() async throws
  {
    try await FakeSentinel.open(Scripts.watched()) { server in
      try await withWatch(of: server.address) { _, facts in
        let kinds = await facts.kinds(Self.opening.count)
        #expect(kinds == Self.opening)
        let identity = SentinelIdentity(
          id: String(repeating: "a", count: 40), version: "7.0.15", respVersion: 3)
        #expect(facts.past[0] == .connected(identity))
        #expect(facts.past[1] == .listening(gap: nil))
        guard case .masters(let masters, _) = facts.past[2],
          case .replicas("mymaster", let replicas) = facts.past[5],
          case .sentinels("mymaster", let sentinels) = facts.past[6]
        else {
          _ = Issue.record("\(facts.past)")
          return
        }
        #expect(masters.map(\.name) == ["mymaster"])
        #expect(replicas.map(\.address.port) == [6380])
        #expect(sentinels.map(\.address.port) == [26380])
      }
    }
  }

  @Test func `it subscribes before it polls, on the one connection`() async throws {
    try await FakeSentinel.open(Scripts.watched()) { server in
      try await withWatch(of: server.address) { _, facts in
        _ = await facts.wait(for: "sentinels")
        #expect(
          server.orders == [
            ["SENTINEL", "MYID"], ["INFO", "server"], ["PSUBSCRIBE", "*"],
            ["SENTINEL", "MASTERS"], ["INFO", "sentinel"], ["SENTINEL", "MASTER", "mymaster"],
            ["SENTINEL", "REPLICAS", "mymaster"], ["SENTINEL", "SENTINELS", "mymaster"],
          ])
        #expect(server.acceptedCount == 1)
      }
    }
  }

  @Test func `what happens between the subscription and the first answer is heard`() async throws {
    let script = Scripts.watched { words in
      words.first == "PSUBSCRIBE"
        ? [.send(Wire.subscribed + Wire.event("+sdown", of: "mymaster"))] : nil
    }
    try await FakeSentinel.open(script) { server in
      try await withWatch(of: server.address) { _, facts in
        guard case .event(let event) = await facts.wait(for: "event") else { return }
        #expect(event.name == .sDown)
        #expect(event.service == "mymaster")
      }
    }
  }

  @Test func `an event makes it ask for the state of its service, at once and for no other`()
    async throws
  {
    // So many at first sight that none is asked for apart: it rests until something happens.
    let names = (0..<40).map { "s\(10 + $0)" }
    try await FakeSentinel.open(Scripts.watched(names)) { server in
      try await withWatch(of: server.address) { _, facts in
        _ = await facts.wait(for: "info")
        let before = server.orders.count
        server.push(Wire.event("+odown", "master s17 127.0.0.1 6379 #quorum 2/2"))
        let kinds = await facts.kinds(4)
        #expect(kinds == ["event", "master", "replicas", "sentinels"])
        #expect(
          Array(server.orders[before...]) == [
            ["SENTINEL", "MASTER", "s17"], ["SENTINEL", "REPLICAS", "s17"],
            ["SENTINEL", "SENTINELS", "s17"],
          ])
      }
    }
  }

  @Test func `an event of a service that is new makes it known before the next tick`() async throws
  {
    let script = Scripts.watched { words in
      words == ["SENTINEL", "MASTER", "fresh"] ? [.send(Wire.master("fresh"))] : nil
    }
    try await FakeSentinel.open(script) { server in
      try await withWatch(of: server.address) { _, facts in
        _ = await facts.wait(for: "sentinels")
        server.push(Wire.event("+monitor", "master fresh 127.0.0.1 6379 quorum 2"))
        guard case .master(let master)? = await facts.wait(for: "master") else { return }
        #expect(master.name == "fresh")
        // Its replicas can't be asked for yet: that is no complaint.
        server.push(Wire.event("+sdown", of: "mymaster"))
        _ = await facts.wait(for: "sentinels")
        #expect(!facts.past.contains { $0.kind == "unreadable" })
      }
    }
  }

  @Test func `a storm of events is answered by a few questions`() async throws {
    try await FakeSentinel.open(Scripts.watched()) { server in
      try await withWatch(of: server.address) { _, facts in
        _ = await facts.wait(for: "sentinels")
        let storm = (0..<100).map { _ in Wire.event("+fix-slave-config", of: "mymaster") }
        server.push(storm.joined())
        for _ in storm { _ = await facts.wait(for: "event") }
        _ = await facts.wait(for: "sentinels")
        #expect(facts.past.count { $0.kind == "event" } == 100)
        #expect(server.orders.count { $0 == ["SENTINEL", "MASTER", "mymaster"] } < 30)
      }
    }
  }

  @Test func `an event of no service makes it ask nothing`() async throws {
    try await FakeSentinel.open(Scripts.watched()) { server in
      try await withWatch(of: server.address) { _, facts in
        _ = await facts.wait(for: "sentinels")
        let before = server.orders.count
        server.push(
          Wire.event("+new-epoch", "7") + Wire.event("+tilt", "#tilt mode entered")
            + Wire.event("+sdown", of: "mymaster"))
        _ = await facts.wait(for: "sentinels")
        #expect(server.orders.count == before + 3)
      }
    }
  }

  @Test func `names with spaces are told apart by the services that are known`() async throws {
    try await FakeSentinel.open(Scripts.watched(["a", "a 1"])) { server in
      try await withWatch(of: server.address) { _, facts in
        _ = await facts.wait(for: "masters")
        server.push(Wire.event("+sdown", of: "a 1"))
        guard case .event(let event) = await facts.wait(for: "event") else { return }
        #expect(event.service == "a 1")
      }
    }
  }

  @Test func `it asks again at its pace`() async throws {
    try await FakeSentinel.open(Scripts.watched()) { server in
      try await withWatch(of: server.address, pace: .milliseconds(20), budget: 1) { _, facts in
        for _ in 0..<5 { _ = await facts.wait(for: "masters") }
        _ = await facts.wait(for: "replicas")
        #expect(!facts.past.contains { $0.kind == "lost" })
      }
    }
  }

  @Test func `a quicker pace holds at once, however slow the one before was`() async throws {
    try await FakeSentinel.open(Scripts.watched()) { server in
      try await withWatch(of: server.address) { watch, facts in
        _ = await facts.wait(for: "masters")
        await watch.attend(to: nil, pace: .milliseconds(20))
        for _ in 0..<3 { _ = await facts.wait(for: "masters") }
        #expect(server.orders.count { $0 == ["SENTINEL", "MASTERS"] } >= 4)
      }
    }
  }

  @Test func `a service that is looked at is asked for at once`() async throws {
    let names = (0..<40).map { "s\(10 + $0)" }
    try await FakeSentinel.open(Scripts.watched(names)) { server in
      try await withWatch(of: server.address) { watch, facts in
        // So many at first sight that none is asked for apart.
        _ = await facts.wait(for: "masters")
        await watch.attend(to: "s17", pace: .seconds(3_600))
        guard case .replicas(let service, _) = await facts.wait(for: "replicas") else { return }
        #expect(service == "s17")
      }
    }
  }
}
