import RESP
import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import RedisSentinel

/// Clients of real masters and replicas, through failovers.
@Suite(.live) struct RedisClientLiveTests {
  private func set(_ key: String, _ value: String) -> RedisRequest {
    RedisRequest(
      words: ["SET", RESPBytes(key), RESPBytes(value)], isReplayable: true, blocksFor: nil)
  }

  private func words(_ words: String..., replayable: Bool = true) -> RedisRequest {
    RedisRequest(words: words.map { RESPBytes($0) }, isReplayable: replayable, blocksFor: nil)
  }

  private func configuration(
    _ lab: Lab, _ change: (inout SentinelConfiguration) -> Void = { _ in }
  ) throws -> SentinelConfiguration {
    var configuration = try SentinelConfiguration(endpoints: lab.sentinels.map(\.address))
    change(&configuration)
    return configuration
  }

  @Test
  func `what the master's client writes stands on the master, and a replica's client reads it`()
    async throws
  {
    try await Lab.open { lab in
      let client = SentinelClient(configuration: try configuration(lab))
      let master = try client.makeMasterClient(for: "mymaster")
      let replica = try client.makeReplicaClient(for: "mymaster")
      #expect(try await master.replies(to: [set("k", "v")]) == [.simpleString("OK")])
      #expect(
        try await master.replies(to: [words("WAIT", "2", "5000")]).first?.integer == 2)
      #expect(try await replica.replies(to: [words("GET", "k")]) == [.bulkString("v")])
      let role = try await replica.replies(to: [words("ROLE")]).first
      #expect(role?.elements?.first?.text == "slave")
      // On a replica READONLY is the answer, not a reason to look elsewhere.
      let refusal = try await replica.replies(to: [set("k", "v")]).first
      #expect(refusal?.errorText?.hasPrefix("READONLY") == true)
      await client.shutdown()
      await #expect(throws: SentinelError.self) { try await master.replies(to: [words("PING")]) }
    }
  }

  @Test
  func `a client survives a failover without its caller noticing, and follows it when it listens`()
    async throws
  {
    try await Lab.open { lab in
      try await lab.settle()
      let client = SentinelClient(
        configuration: try configuration(lab) { $0.retry = .forever })
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await client.run() }
        defer { group.cancelAll() }
        let master = try client.makeMasterClient(for: "mymaster")
        _ = try await master.replies(to: [set("before", "1")])
        try await client.failover("mymaster")
        // Writes go on; each is acknowledged by somebody.
        var writes = 0
        var port = lab.masters[0].address.port
        while port == lab.masters[0].address.port {
          writes += 1
          _ = try await master.replies(to: [set("during", "\(writes)")])
          port = try await client.discoverMaster(of: "mymaster").port
        }
        let role = try await master.replies(to: [words("ROLE"), words("INFO", "server")])
        #expect(role.first?.elements?.first?.text == "master")
        #expect(role.last?.text.map { ServerInfo(text: $0) }?.integer("tcp_port") == port)
      }
      await client.shutdown()
    }
  }

  @Test func `the end of a failover can be waited for`() async throws {
    try await Lab.open { lab in
      try await lab.settle()
      let client = SentinelClient(configuration: try configuration(lab))
      let ticket = try await client.failover("mymaster")
      #expect(ticket.oldMaster == lab.masters[0].address)
      let new = try await ticket.waitForCompletion()
      #expect(lab.replicas.map(\.address).contains(new))
      #expect(try await client.masterAddress(of: "mymaster", on: .one(ticket.sentinel)) == new)
      await client.shutdown()
    }
  }

  @Test func `the death of the master is survived, within the caller's patience`() async throws {
    try await Lab.open { lab in
      try await lab.settle()
      let client = SentinelClient(
        configuration: try configuration(lab) { $0.retry = .forever })
      let master = try client.makeMasterClient(for: "mymaster")
      _ = try await master.replies(to: [set("k", "1")])
      try await lab.masters[0].kill()
      #expect(try await master.replies(to: [set("k", "2")]) == [.simpleString("OK")])
      #expect(try await master.replies(to: [words("GET", "k")]) == [.bulkString("2")])
      await client.shutdown()
    }
  }

  @Test func `a command that may not be sent twice fails where its fate is unknown`() async throws {
    try await Lab.open { lab in
      let client = SentinelClient(configuration: try configuration(lab))
      let master = try client.makeMasterClient(for: "mymaster")
      _ = try await master.replies(to: [words("SET", "n", "0")])
      let blocked = RedisRequest(
        words: ["BLPOP", "empty", "0"], isReplayable: false, blocksFor: .zero)
      let waiting = Task { try await master.replies(to: [blocked]) }
      let node = lab.masters[0]
      var isBlocked = false
      while !isBlocked {
        let clients = try await master.replies(to: [words("INFO", "clients")]).first?.text ?? ""
        isBlocked = ServerInfo(text: clients).integer("blocked_clients") == 1
      }
      try await node.kill()
      let error = await #expect(throws: SentinelError.self) { try await waiting.value }
      #expect(error?.mayHaveExecuted == true)
      #expect(error?.service == "mymaster")
      await client.shutdown()
    }
  }

  @Test func `twenty tasks writing through failovers leave the pool whole`() async throws {
    var layout = LabLayout()
    layout.failoverTimeout = .seconds(2)
    try await Lab.open(layout) { lab in
      try await lab.settle()
      let client = SentinelClient(
        configuration: try configuration(lab) { $0.retry = .forever })
      let master = try client.makeMasterClient(for: "mymaster")
      try await withThrowingTaskGroup(of: Int.self) { group in
        group.addTask {
          await client.run()
          return 0
        }
        for writer in 0..<20 {
          group.addTask {
            var acknowledged = 0
            while !Task.isCancelled {
              do {
                _ = try await master.replies(to: [set("w\(writer)", "\(acknowledged)")])
                acknowledged += 1
              } catch let error as SentinelError where error.code == .cancelled {
                break
              }
            }
            return acknowledged
          }
        }
        var failovers = 0
        while failovers < 3 {
          let before = try await client.discoverMaster(of: "mymaster")
          do {
            try await client.failover("mymaster")
          } catch let error as SentinelError where error.isServerReply {
            // None fit yet, or one runs: the next attempt will tell.
            try await Task.sleep(for: .milliseconds(200))
            continue
          }
          while try await client.discoverMaster(of: "mymaster") == before {
            try await Task.sleep(for: .milliseconds(50))
          }
          failovers += 1
        }
        group.cancelAll()
        var acknowledged = 0
        while let count = try await group.next() { acknowledged += count }
        #expect(acknowledged > 20)
      }
      // The conversation that all share may be opening still: it belongs to no writer, and ends with none.
      _ = try await master.replies(to: [set("last", "1")])
      let patience = ContinuousClock.now + .seconds(10)
      var counts = await master.pool.counts
      while counts.opening > 0 || counts.lent > 1, ContinuousClock.now < patience {
        try await Task.sleep(for: .milliseconds(10))
        counts = await master.pool.counts
      }
      #expect(counts.opening == 0)
      #expect(counts.waiting == 0)
      #expect(counts.lent == 1)
      await client.shutdown()
    }
  }
}
