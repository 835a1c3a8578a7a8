import SentinelModel
import Testing

@testable import RedisSentinel

/// A Sentinel that goes, comes back, or keeps something from us.
@Suite(.timeLimit(.minutes(1))) struct SentinelWatchTroubleTests {
  @Test func `after the end of a connection it comes back, tells the gap, and asks all again`()
    async throws
  {
    try await FakeSentinel.open(Scripts.watched()) { server in
      try await withWatch(of: server.address) { _, facts in
        _ = await facts.wait(for: "sentinels")
        server.hangUp()
        let kinds = await facts.kinds(8)
        #expect(
          kinds == [
            "lost", "connected", "listening", "masters", "info", "master", "replicas", "sentinels",
          ])
        guard case .lost(let reason) = facts.past[facts.past.count - 8],
          case .listening(let gap?) = facts.past[facts.past.count - 6]
        else {
          _ = Issue.record("\(facts.past)")
          return
        }
        #expect(reason == "the server closed the connection")
        // The clock moves at each look: one for the loss, one for the greeting, one for the gap.
        #expect(gap > .zero)
      }
    }
  }

  @Test func `a Sentinel that isn't there is tried again until it is`() async throws {
    let gone = FakeSentinel.deserted
    try await withWatch(of: gone) { _, facts in
      let kinds = await facts.kinds(3)
      #expect(kinds == ["lost", "lost", "lost"])
      #expect(facts.past[0] == .lost(reason: "connection refused: nobody listens there"))
    }
  }

  @Test func `a Sentinel that stops answering is lost when its time is up`() async throws {
    let script = Scripts.watched { words in words.contains("MASTERS") ? [] : nil }
    try await FakeSentinel.open(script) { server in
      try await withWatch(of: server.address, patience: .seconds(1)) { _, facts in
        let kinds = await facts.kinds(3)
        #expect(kinds == ["connected", "listening", "lost"])
        #expect(facts.past[2] == .lost(reason: "no answer in time"))
      }
    }
  }

  @Test func `what listens to nobody's events still asks`() async throws {
    let script = Scripts.watched { words in
      words.first == "PSUBSCRIBE"
        ? [.send("-NOPERM this user has no permissions to access one of the channels\r\n")] : nil
    }
    try await FakeSentinel.open(script) { server in
      try await withWatch(of: server.address, pace: .milliseconds(20)) { _, facts in
        let kinds = await facts.kinds(3)
        #expect(kinds == ["connected", "deaf", "masters"])
        guard case .deaf(let reason) = facts.past[1] else { return }
        #expect(reason.contains("&*"))
        for _ in 0..<3 { _ = await facts.wait(for: "masters") }
      }
    }
  }

  @Test func `entries that can't be read are told once, and the others are kept`() async throws {
    let script = Scripts.watched { words in
      words == ["SENTINEL", "MASTERS"]
        ? [.send(Wire.list([Wire.map([("name", "bad")]), Wire.master()]))] : nil
    }
    try await FakeSentinel.open(script) { server in
      try await withWatch(of: server.address, pace: .milliseconds(20)) { _, facts in
        for _ in 0..<4 {
          guard case .masters(let masters, _) = await facts.wait(for: "masters") else { return }
          #expect(masters.map(\.name) == ["mymaster"])
        }
        let unreadable = facts.past.filter { $0.kind == "unreadable" }
        #expect(
          unreadable == [
            .unreadable("1 entry of MASTERS left out: the field ip is missing, or no text")
          ])
      }
    }
  }

  @Test func `a refused question is told once, and the others are asked on`() async throws {
    let script = Scripts.watched { words in
      words.contains("SENTINELS") ? [.send(Wire.noPermission("sentinel|sentinels"))] : nil
    }
    try await FakeSentinel.open(script) { server in
      try await withWatch(of: server.address, pace: .milliseconds(20), budget: 1) { _, facts in
        for _ in 0..<4 { _ = await facts.wait(for: "replicas") }
        let unreadable = facts.past.filter { $0.kind == "unreadable" }
        #expect(unreadable == [.unreadable("the user lacks the permission +sentinel|sentinels")])
      }
    }
  }

  @Test func `a service that is removed in the middle is no complaint`() async throws {
    let script = Scripts.watched { words in
      words.count == 3 && words.first == "SENTINEL" ? [.send(Wire.unknownService)] : nil
    }
    try await FakeSentinel.open(script) { server in
      try await withWatch(of: server.address, pace: .milliseconds(20), budget: 1) { _, facts in
        for _ in 0..<4 { _ = await facts.wait(for: "masters") }
        #expect(!facts.past.contains { $0.kind == "unreadable" })
      }
    }
  }

  @Test func `a watch that is stopped ends without a word`() async throws {
    try await FakeSentinel.open(Scripts.watched()) { server in
      try await withWatch(of: server.address) { watch, facts in
        _ = await facts.wait(for: "sentinels")
        await watch.stop()
        let next = await facts.next()
        #expect(next == nil)
      }
    }
  }

  @Test func `a watch that is stopped while it connects asks nothing more`() async throws {
    try await FakeSentinel.open(Scripts.silent) { server in
      try await withWatch(of: server.address) { watch, facts in
        for await words in server.commands where words.first == "HELLO" { break }
        await watch.stop()
        server.push(Wire.hello)
        let next = await facts.next()
        #expect(next == nil)
        #expect(server.orders.isEmpty)
      }
    }
  }

  @Test func `a watch whose task is cancelled ends without a word`() async throws {
    try await FakeSentinel.open(Scripts.watched()) { server in
      let (stream, learnt) = AsyncStream.makeStream(of: Observation.self)
      let watch = SentinelWatch(
        server.address,
        ConnectionConfiguration(connectTimeout: .seconds(20), commandTimeout: .seconds(20)),
        pace: .seconds(3_600),
        now: { Timestamp(milliseconds: 0) }, report: { for fact in $0 { learnt.yield(fact) } })
      let task = Task {
        await watch.run()
        learnt.finish()
      }
      var facts = Facts(stream)
      _ = await facts.wait(for: "sentinels")
      task.cancel()
      let next = await facts.next()
      #expect(next == nil)
    }
  }
}
