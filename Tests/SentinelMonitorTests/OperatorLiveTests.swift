import RedisSentinel
import SentinelInsight
import SentinelLab
import SentinelModel
import TestSupport
import Testing

@testable import SentinelMonitor

/// Commands on real Sentinels, and what is seen of them.
@Suite(.live) struct OperatorLiveTests {
  private let service: ServiceName = "mymaster"

  private func operations(_ monitor: Monitor, isReadOnly: Bool = false) -> Operator {
    Operator(ConnectionConfiguration(), isReadOnly: isReadOnly) { monitor.clock.now() }
  }

  @Test
  func `a failover reaches one Sentinel, is done, and every event stands once with its sources`()
    async throws
  {
    try await Lab.open { lab in
      try await lab.settle()
      try await watching([lab.sentinels[0].address]) { monitor in
        try await monitor.expectWhole(lab)
        let old = lab.masters[0].address
        let via = lab.sentinels[1].address
        await monitor.follow(
          FailoverProgress(of: service, via: via, from: old, at: monitor.clock.now()))
        let addresses = lab.sentinels.map(\.address)
        let outcome = await operations(monitor).run(
          .failover(service), on: [via] + addresses.filter { $0 != via })
        #expect(outcome.isAccepted)
        #expect(outcome.answers.map(\.sentinel) == [via])
        try await monitor.expect("it is done", within: .seconds(60)) {
          $0.progress.first?.stage.isFinal == true
        }
        let snapshot = await monitor.snapshot
        guard case .done(let master)? = snapshot.progress.first?.stage else {
          Issue.record("it ended as \(String(describing: snapshot.progress.first?.stage))")
          return
        }
        #expect(lab.replicas.map(\.address).contains(master))
        #expect(snapshot.lines(.tryFailover).map(\.sources.count) == [1])
        #expect(snapshot.lines(.failoverEnd).map(\.sources.count) == [1])
        let switched = snapshot.lines(.switchMaster)
        #expect(switched.count == 1)
        #expect(switched.first?.sources.count == 3)
      }
    }
  }

  @Test func `a session that may not change anything sends no change`() async throws {
    try await Lab.open { lab in
      try await lab.settle()
      try await watching([lab.sentinels[0].address]) { monitor in
        try await monitor.expectWhole(lab)
        let operations = operations(monitor, isReadOnly: true)
        let stranger = try await lab.addStranger()
        let changes: [Command] = [
          .failover(service), .reset(pattern: "*"), .remove(service), .flushConfiguration,
          .monitor("other", stranger.address, quorum: 2), .set(service, [.quorum(1)]),
        ]
        for change in changes {
          let outcome = await operations.run(change, on: lab.sentinels.map(\.address))
          #expect(!outcome.isAccepted)
          #expect(outcome.answers.allSatisfy { $0.verdict.text.contains("read-only") })
        }
        let looked = await operations.run(
          .checkQuorum(service), on: lab.sentinels.map(\.address))
        #expect(looked.isAccepted)
        let names = await monitor.snapshot.lines(.set) + monitor.snapshot.lines(.resetMaster)
        #expect(names.isEmpty)
      }
    }
  }

  @Test func `a service is monitored, changed, and removed on every Sentinel`() async throws {
    try await Lab.open { lab in
      try await lab.settle()
      try await watching([lab.sentinels[0].address]) { monitor in
        try await monitor.expectWhole(lab)
        let operations = operations(monitor)
        let everybody = lab.sentinels.map(\.address)
        let stranger = try await lab.addStranger()
        let other: ServiceName = "other"
        let began = await operations.run(
          .monitor(other, stranger.address, quorum: 2), on: everybody)
        #expect(began.isAccepted)
        #expect(began.answers.count == 3)
        try await monitor.expect("all have it") {
          $0.topology.vantages.count { $0.services[other] != nil } == 3
        }
        let again = await operations.run(
          .monitor(other, stranger.address, quorum: 2), on: everybody)
        #expect(again.answers.allSatisfy { $0.verdict.text.contains("Duplicate") })
        let changed = await operations.run(
          .set(other, [.downAfter(.milliseconds(4_000)), .quorum(3)]), on: everybody)
        #expect(changed.isAccepted)
        try await monitor.expect("all have the new settings") {
          $0.topology.vantages.count {
            $0.services[other]?.master.quorum == 3
              && $0.services[other]?.master.report.downAfter == .milliseconds(4_000)
          } == 3
        }
        let refused = await operations.run(
          .set(other, [.custom("no-such-option", "1")]), on: everybody)
        #expect(
          refused.answers.count { if case .refused = $0.verdict { true } else { false } } == 3)
        #expect(await operations.run(.flushConfiguration, on: everybody).isAccepted)
        #expect(await operations.run(.remove(other), on: everybody).isAccepted)
        try await monitor.expect("nobody has it") {
          $0.topology.vantages.allSatisfy { $0.services[other] == nil }
        }
        let snapshot = await monitor.snapshot
        #expect(snapshot.lines(.monitorStarted).first?.sources.count == 3)
        #expect(snapshot.lines(.monitorStopped).first?.sources.count == 3)
      }
    }
  }

  @Test func `a reset goes from one Sentinel to the next, and each finds everybody again`()
    async throws
  {
    try await Lab.open { lab in
      try await lab.settle()
      try await watching([lab.sentinels[0].address]) { monitor in
        try await monitor.expectWhole(lab)
        let preflight = Preflight.reset(
          of: service, in: await monitor.snapshot.topology, at: monitor.clock.now())
        let progress = await Rollout(monitor, operations(monitor))
          .run(preflight.command, preflight.facts)
        #expect(progress.isDone)
        let outcome = progress.outcome(at: monitor.clock.now())
        #expect(outcome.answers.map(\.sentinel) == lab.sentinels.map(\.address))
        #expect(
          outcome.answers.map(\.verdict.text) == Array(repeating: "1 service reset", count: 3))
        try await monitor.expect("all three have said so") {
          Set($0.lines(.resetMaster).flatMap(\.sources).map(\.sentinel)).count == 3
        }
        try await monitor.expectWhole(lab)
      }
    }
  }

  @Test func `a Sentinel that is gone fails alone`() async throws {
    try await Lab.open { lab in
      try await lab.settle()
      try await lab.sentinels[1].kill()
      let clock = SteadyClock()
      let operations = Operator(ConnectionConfiguration(), isReadOnly: false) { clock.now() }
      let outcome = await operations.run(
        .checkQuorum(service), on: lab.sentinels.map(\.address))
      #expect(outcome.answers.map(\.sentinel) == lab.sentinels.map(\.address))
      #expect(outcome.answers.map(\.verdict.isAccepted) == [true, false, true])
      guard case .failed(let reason) = outcome.answers[1].verdict else {
        Issue.record("it ended as \(outcome.answers[1].verdict)")
        return
      }
      #expect(reason.contains("refused"))
    }
  }

  @Test func `what a Sentinel would take to its harm is refused before anything is sent`() async {
    let nobody = NodeAddress(host: "127.0.0.1", port: 1)
    let clock = SteadyClock()
    let operations = Operator(ConnectionConfiguration(), isReadOnly: false) { clock.now() }
    for command: Command in [
      .monitor("a name", NodeAddress(host: "127.0.0.1", port: 6379), quorum: 2),
      .monitor("name", NodeAddress(host: "127.0.0.1", port: 0), quorum: 2),
      .monitor("name", NodeAddress(host: "127.0.0.1", port: 6379), quorum: 0),
      .set(service, []), .reset(pattern: ""),
    ] {
      let outcome = await operations.run(command, on: [nobody])
      guard case .refused(let reason)? = outcome.answers.first?.verdict else {
        Issue.record("\(command) was not refused")
        continue
      }
      // A connection to that port would have been refused in other words.
      #expect(!reason.contains("connection"))
    }
  }
}
