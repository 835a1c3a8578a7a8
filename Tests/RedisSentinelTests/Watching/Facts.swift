import SentinelModel
import Synchronization

@testable import RedisSentinel

/// What a watch learns, one fact after the other.
struct Facts {
  private var seen: [Observation] = []
  private var iterator: AsyncStream<Observation>.Iterator

  init(_ stream: AsyncStream<Observation>) {
    iterator = stream.makeAsyncIterator()
  }

  /// All that came so far.
  var past: [Observation.Fact] { seen.map(\.fact) }

  /// The next fact; nil when the watch has ended.
  mutating func next() async -> Observation.Fact? {
    guard let observation = await iterator.next(isolation: #isolation) else { return nil }
    seen.append(observation)
    return observation.fact
  }

  /// Waits for a fact of that kind, and passes over the others.
  mutating func wait(for kind: String) async -> Observation.Fact? {
    while let fact = await next() {
      if fact.kind == kind { return fact }
    }
    return nil
  }

  /// The kinds of the next facts.
  mutating func kinds(_ count: Int) async -> [String] {
    var kinds: [String] = []
    while kinds.count < count, let fact = await next() { kinds.append(fact.kind) }
    return kinds
  }
}

extension Observation.Fact {
  var kind: String {
    switch self {
    case .connected: "connected"
    case .listening: "listening"
    case .deaf: "deaf"
    case .masters: "masters"
    case .master: "master"
    case .replicas: "replicas"
    case .sentinels: "sentinels"
    case .info: "info"
    case .infoCache: "infoCache"
    case .configuration: "configuration"
    case .scripts: "scripts"
    case .event: "event"
    case .unreadable: "unreadable"
    case .lost: "lost"
    case .same: "same"
    case .sampled: "sampled"
    case .unsampled: "unsampled"
    case .hello: "hello"
    case .unwatched: "unwatched"
    }
  }
}

/// Lends a watch that runs, and what it learns. Its clock moves on by a millisecond at each look.
func withWatch(
  of address: NodeAddress, pace: Duration = .seconds(3_600), budget: Int = 0,
  patience: Duration = .seconds(20), as who: Authentication? = nil,
  _ body: (SentinelWatch, inout Facts) async throws -> Void
) async throws {
  let (stream, learnt) = AsyncStream.makeStream(of: Observation.self)
  let clock = Clock()
  let watch = SentinelWatch(
    address,
    ConnectionConfiguration(
      connectTimeout: .seconds(20), commandTimeout: patience, authentication: who),
    pace: pace, budget: budget, now: { clock.tick() },
    report: { for fact in $0 { learnt.yield(fact) } })
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask {
      await watch.run()
      learnt.finish()
    }
    defer { group.cancelAll() }
    var facts = Facts(stream)
    try await body(watch, &facts)
  }
}

private final class Clock: Sendable {
  private let milliseconds = Mutex<Int64>(0)
  func tick() -> Timestamp {
    milliseconds.withLock {
      $0 += 1
      return Timestamp(milliseconds: $0)
    }
  }
}

extension Scripts {
  /// A Sentinel with these services, each with a replica and another Sentinel.
  static func watched(
    _ services: [String] = ["mymaster"],
    instead: @escaping @Sendable ([String]) -> [FakeSentinel.Action]? = { _ in nil }
  ) -> FakeSentinel.Script {
    greeting { words, _ in
      if let actions = instead(words) { return actions }
      return [.send(Wire.answer(words, services))]
    }
  }
}

extension Wire {
  static func answer(_ words: [String], _ services: [String]) -> String {
    switch words[0...min(1, words.count - 1)].joined(separator: " ") {
    case "SENTINEL MYID": bulk(String(repeating: "a", count: 40))
    case "INFO server": bulk("# Server\r\nredis_version:7.0.15\r\nredis_mode:sentinel\r\n")
    case "INFO sentinel": bulk("# Sentinel\r\nsentinel_masters:1\r\nsentinel_tilt:0\r\n")
    case "PSUBSCRIBE *": subscribed
    case "SENTINEL MASTERS": list(services.map { master($0) })
    case "SENTINEL MASTER": services.contains(words[2]) ? master(words[2]) : unknownService
    case "SENTINEL REPLICAS", "SENTINEL SLAVES":
      services.contains(words[2]) ? list([replica(6380)]) : unknownService
    case "SENTINEL SENTINELS":
      services.contains(words[2]) ? list([sentinel("b", port: 26380)]) : unknownService
    default: "-ERR unknown command '\(words[0])'\r\n"
    }
  }

  static func event(_ channel: String, _ payload: String) -> String {
    push(["pmessage", "*", channel, payload])
  }

  static func event(_ channel: String, of service: String) -> String {
    event(channel, "master \(service) 127.0.0.1 6379")
  }
}
