import Foundation
import RESP
import SentinelLab
import SentinelModel
import Synchronization
import TestSupport
import Testing

@testable import RedisSentinel

/// Twenty tasks that write while masters are switched and killed. `LOAD_FAILOVERS` and `LOAD_KILLS` in
/// the environment make it as long as one likes; the figures are printed.
@Suite(.liveAlone) struct WriteLoadLiveTests {
  private static let writers = 20
  /// What a writer rests between two writes: a steady load, not as many as can be.
  private static let pace = Duration.milliseconds(5)
  /// What a caller gives a write before it lets go.
  private static let deadline = Duration.seconds(10)

  @Test func `nobody hangs, and no write is lost but those an old master acknowledged alone`()
    async throws
  {
    let failovers = Self.number("LOAD_FAILOVERS") ?? 1
    let kills = Self.number("LOAD_KILLS") ?? 1
    var layout = LabLayout()
    layout.failoverTimeout = .seconds(3)
    try await Lab.open(layout) { lab in
      try await lab.settle()
      var configuration = try SentinelConfiguration(endpoints: lab.sentinels.map(\.address))
      configuration.retry = .forever
      let client = SentinelClient(configuration: configuration)
      let master = try client.makeMasterClient(for: "mymaster")
      let ledger = Ledger()
      let events = client.events(of: "mymaster")
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await client.run() }
        group.addTask {
          for await event in events {
            if case .switched(_, let to) = event.event.detail { ledger.switched(to: to.port) }
          }
        }
        for writer in 0..<Self.writers {
          group.addTask {
            var number = 0
            while !Task.isCancelled {
              await Self.write("w\(writer):\(number)", by: master, ledger)
              number += 1
              try? await Task.sleep(for: Self.pace)
            }
          }
        }
        for turn in 0..<(failovers + kills) {
          // Kills are spread among the failovers.
          let isKill = (turn + 1) * kills / (failovers + kills) > turn * kills / (failovers + kills)
          try await Self.replaceMaster(of: lab, by: client, killing: isKill)
          try await Self.waitForReplicas(of: lab, client)
        }
        group.cancelAll()
      }
      try await Self.waitForReplicas(of: lab, client)
      try await Self.judge(ledger, master, client, of: lab)
      await client.shutdown()
    }
  }

  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  /// One write, and who acknowledged it.
  private static func write(_ key: String, by master: RedisClient, _ ledger: Ledger) async {
    let requests = [
      RedisRequest(words: ["SET", RESPBytes(key), "1"], isReplayable: true, blocksFor: nil),
      RedisRequest(words: ["CONFIG", "GET", "port"], isReplayable: true, blocksFor: nil),
    ]
    let begin = ContinuousClock.now
    let replies = await withTaskGroup(of: [RESPValue]?.self) { group in
      group.addTask { try? await master.replies(to: requests) }
      group.addTask {
        try? await Task.sleep(for: deadline)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
    let port = replies?.last.flatMap { Fields($0)?.texts["port"] }.flatMap { Int($0) }
    let isAcknowledged = replies?.first?.text == "OK"
    ledger.wrote(key, acknowledgedBy: isAcknowledged ? port : nil, in: .now - begin)
  }

  private static func replaceMaster(
    of lab: Lab, by client: SentinelClient, killing: Bool
  ) async throws {
    let before = try await client.discoverMaster(of: "mymaster")
    if killing {
      try await lab.node(at: before)?.kill()
    } else {
      while !(try await begin(client)) { try await Task.sleep(for: .milliseconds(200)) }
    }
    // While the master is dead there is none to be found.
    while (try? await client.discoverMaster(of: "mymaster")) ?? before == before {
      try await Task.sleep(for: .milliseconds(50))
    }
    if killing { try await lab.node(at: before)?.start() }
  }

  /// Asks for a failover; false where no replica is fit yet, or one runs.
  private static func begin(_ client: SentinelClient) async throws -> Bool {
    do throws(SentinelError) {
      try await client.failover("mymaster")
      return true
    } catch {
      guard error.isServerReply else { throw error }
      return false
    }
  }

  /// Waits until all Sentinels know two replicas in step.
  private static func waitForReplicas(of lab: Lab, _ client: SentinelClient) async throws {
    while true {
      let answers = await client.askAll(.replicas("mymaster"))
      let isWhole = answers.allSatisfy { answer in
        guard let replicas = try? answer.result.get().entries else { return false }
        return replicas.count == 2 && replicas.allSatisfy { $0.masterLink.isUp && !$0.flags.isDown }
      }
      if isWhole { return }
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  private static func judge(
    _ ledger: Ledger, _ master: RedisClient, _ client: SentinelClient, of lab: Lab
  ) async throws {
    let record = ledger.record
    let survivor = try await client.discoverMaster(of: "mymaster").port
    var lost: [(port: Int, term: Int)] = []
    for batch in Array(record.acknowledged).chunks(of: 1_000) {
      let words: [RESPBytes] = ["MGET"] + batch.map { RESPBytes($0.key) }
      let stored = try await master.replies(to: [
        RedisRequest(words: words, isReplayable: true, blocksFor: nil)
      ])
      let values = try #require(stored.first?.elements)
      #expect(values.count == batch.count)
      lost += zip(batch, values).filter { $0.1 == .null }.map(\.0.value)
    }
    // Sentinel loses what a master acknowledged before it was demoted. What the last one has
    // acknowledged in its last term can't be missing.
    let unexplained = lost.count {
      $0.port == survivor && $0.term == record.switches.count
    }
    #expect(unexplained == 0)
    #expect(record.acknowledged.count > 100)
    #expect(record.longest < deadline + .milliseconds(500))
    #expect(record.switches.count >= 1)
    let pauses = record.switches.compactMap(\.untilFirstWrite).sorted()
    print(
      """

      load: \(record.acknowledged.count) writes acknowledged, \(record.failed) not, \
      longest call \(record.longest); lost \(lost.count), all acknowledged by masters that were \
      demoted; \(record.switches.count) switches, first write acknowledged by the new master after: \
      median \(pauses.isEmpty ? .zero : pauses[pauses.count / 2]), worst \(pauses.last ?? .zero)
      """)
  }
}

extension Array {
  fileprivate func chunks(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}

/// What became of the writes.
private final class Ledger: Sendable {
  struct Switch {
    var port: Int
    var at: ContinuousClock.Instant
    var untilFirstWrite: Duration?
  }

  struct Record {
    /// By whom, and how many switches were told before.
    var acknowledged: [String: (port: Int, term: Int)] = [:]
    var failed = 0
    var longest = Duration.zero
    var switches: [Switch] = []
  }

  private let state = Mutex(Record())

  var record: Record { state.withLock(\.self) }

  func wrote(_ key: String, acknowledgedBy port: Int?, in time: Duration) {
    let now = ContinuousClock.now
    state.withLock { record in
      record.longest = max(record.longest, time)
      guard let port else {
        record.failed += 1
        return
      }
      record.acknowledged[key] = (port, record.switches.count)
      if let last = record.switches.indices.last, record.switches[last].port == port,
        record.switches[last].untilFirstWrite == nil
      {
        record.switches[last].untilFirstWrite = now - record.switches[last].at
      }
    }
  }

  /// Every Sentinel tells of the switch: the first one counts.
  func switched(to port: Int) {
    let now = ContinuousClock.now
    state.withLock { record in
      guard record.switches.last?.port != port else { return }
      record.switches.append(Switch(port: port, at: now))
    }
  }
}
