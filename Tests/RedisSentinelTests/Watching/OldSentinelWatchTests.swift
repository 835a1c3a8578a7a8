import SentinelModel
import Synchronization
import Testing

@testable import RedisSentinel

/// Sentinels of old, and what they don't know.
@Suite(.timeLimit(.minutes(1))) struct OldSentinelWatchTests {
  private static let confirmation = "*3\r\n$10\r\npsubscribe\r\n$1\r\n*\r\n:1\r\n"

  /// A Sentinel of Redis 4: no HELLO, no MYID, no REPLICAS, one section of INFO at a time.
  private static func ancient(
    _ services: [String] = ["mymaster"], onSubscribe: [FakeSentinel.Action] = [.send(confirmation)],
    told: @escaping @Sendable ([String], Int) -> Void = { _, _ in }
  ) -> FakeSentinel.Script {
    let script = Scripts.old { words, _ in
      switch words.dropFirst().first {
      case "MYID", "REPLICAS": [.send("-ERR Unknown sentinel subcommand '\(words[1])'\r\n")]
      case "*": onSubscribe
      default: [.send(Wire.flat(Wire.answer(words, services)))]
      }
    }
    return { words, connection in
      told(words, connection)
      return script(words, connection)
    }
  }

  @Test func `in RESP2 events have a connection of their own`() async throws {
    let told = Mutex<[Int: [String]]>([:])
    let message =
      "*4\r\n" + ["pmessage", "*", "+tilt", "#tilt mode entered"].map(Wire.bulk).joined()
    let script = Self.ancient(onSubscribe: [.send(Self.confirmation + message)]) {
      words, connection in
      told.withLock { $0[connection, default: []].append(words.joined(separator: " ")) }
    }
    try await FakeSentinel.open(script) { server in
      try await withWatch(of: server.address) { _, facts in
        let kinds = await facts.kinds(2)
        #expect(kinds == ["connected", "listening"])
        #expect(
          facts.past[0]
            == .connected(SentinelIdentity(id: nil, version: "7.0.15", respVersion: 2)))
        guard case .event(let event) = await facts.wait(for: "event") else { return }
        #expect(event.name == .tilt)
        #expect(server.acceptedCount == 2)
        let commands = told.withLock { $0 }
        #expect(commands[2] == ["ROLE", "PSUBSCRIBE *"])
        #expect(commands[1]?.contains("PSUBSCRIBE *") == false)
      }
    }
  }

  @Test func `the end of the events' connection is the end of both`() async throws {
    let script = Self.ancient(onSubscribe: [.send(Self.confirmation), .close])
    try await FakeSentinel.open(script) { server in
      try await withWatch(of: server.address) { _, facts in
        _ = await facts.wait(for: "lost")
        _ = await facts.wait(for: "connected")
        #expect(server.acceptedCount >= 3)
        #expect(facts.past.filter { $0.kind == "connected" }.count == 2)
      }
    }
  }

  @Test func `replicas are asked for by the old word, for all services, without a complaint`()
    async throws
  {
    let script = Self.ancient(["a", "b", "c"])
    try await FakeSentinel.open(script) { server in
      try await withWatch(of: server.address, pace: .milliseconds(50), budget: 3) { _, facts in
        var served: Set<ServiceName> = []
        while served.count < 3 {
          guard case .replicas(let service, let replicas) = await facts.wait(for: "replicas") else {
            _ = Issue.record("no replicas of all services")
            return
          }
          #expect(replicas.map(\.address.port) == [6380])
          served.insert(service)
        }
        #expect(!facts.past.contains { $0.kind == "unreadable" })
        // Once the old word is known, the new one isn't tried again.
        let last = server.orders.lastIndex { $0.contains("REPLICAS") } ?? 0
        let first = server.orders.firstIndex { $0.contains("SLAVES") } ?? 0
        #expect(last < first)
      }
    }
  }

  @Test func `an unknown word that isn't about replicas is told`() async throws {
    let script = Scripts.watched { words in
      words.contains("SENTINELS")
        ? [.send("-ERR Unknown sentinel subcommand 'SENTINELS'\r\n")] : nil
    }
    try await FakeSentinel.open(script) { server in
      try await withWatch(of: server.address, pace: .milliseconds(20), budget: 1) { _, facts in
        guard case .unreadable(let words) = await facts.wait(for: "unreadable") else { return }
        #expect(words.contains("SENTINELS"))
        _ = await facts.wait(for: "replicas")
        #expect(!server.orders.contains { $0.contains("SLAVES") })
      }
    }
  }
}
