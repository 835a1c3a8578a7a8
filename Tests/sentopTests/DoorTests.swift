import Canvas
import Dashboard
import RedisSentinel
import SentinelInsight
import SentinelModel
import SentinelMonitor
import TestSupport
import Testing

@testable import sentop

/// What leaves through the one door, seen by servers that write everything down.
@Suite struct DoorTests {
  /// How changes came to be locked.
  enum Lock: CaseIterable {
    case flag, key, profile

    var access: Access {
      switch self {
      case .flag: .readOnly(because: "--read-only")
      case .key: .unlocked
      case .profile: .readOnly(because: "the profile production")
      }
    }
  }

  /// Whatever may be asked by whoever may change nothing.
  private static func isQuestion(_ words: [String]) -> Bool {
    switch words.first?.uppercased() {
    case "HELLO", "AUTH", "PING", "ROLE", "INFO", "PSUBSCRIBE", "SUBSCRIBE", "CLIENT": return true
    case "SENTINEL":
      let questions: Set = [
        "MASTERS", "MASTER", "REPLICAS", "SLAVES", "SENTINELS", "MYID", "CKQUORUM", "INFO-CACHE",
        "GET-MASTER-ADDR-BY-NAME", "PENDING-SCRIPTS",
      ]
      guard words.count > 1 else { return false }
      let word = words[1].uppercased()
      return questions.contains(word)
        || word == "CONFIG" && words.count > 2 && words[2].uppercased() == "GET"
    default: return false
    }
  }

  private func watching(
    _ body: ([RecordingSentinel], Monitor) async throws -> Void
  ) async throws {
    try await RecordingSentinel.open(3, service: "cache") { servers in
      var configuration = Monitor.Configuration(
        seeds: servers.map(\.address), connection: ConnectionConfiguration())
      configuration.interval = .milliseconds(100)
      let monitor = Monitor(configuration)
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await monitor.run() }
        defer { group.cancelAll() }
        let isThere = await monitor.wait(atMost: .seconds(30)) { $0.topology.isSurveyed }
        try #require(isThere)
        try await body(servers, monitor)
      }
    }
  }

  private func performer(_ monitor: Monitor, isReadOnly: Bool) -> Performer {
    Performer(
      monitor: monitor,
      operations: Operator(ConnectionConfiguration(), isReadOnly: isReadOnly) {
        monitor.clock.now()
      })
  }

  private func state(_ monitor: Monitor, _ access: Access) async -> State {
    let snapshot = await monitor.snapshot
    var state = State(
      deployment: "door", seeds: snapshot.topology.vantages.map(\.address),
      size: Size(columns: 120, rows: 60), now: monitor.clock.now(), access: access)
    _ = state.update(.observed(snapshot))
    return state
  }

  /// All that a person may press to have a change made, after the key that asks for it.
  private static let answers: [[String]] = [
    ["y"], ["Tab", "Enter"], ["3", "Enter", "y"],
    "queue".map(String.init) + ["Tab"] + "127.0.0.1:7777".map(String.init) + ["Enter", "y"],
  ]

  /// Presses each key of the table and whatever may follow, and gives all that it asks for.
  private func effects(of state: State) -> [Effect] {
    var effects: [Effect] = []
    for row in state.keymap.rows where row.modes.contains(.browsing) && row.action != .toggleLock {
      for key in row.keys {
        // Some mean another thing on the selected Sentinel.
        for pane in row.risk == .confirm ? ["1", "3"] : ["1"] {
          for answer in Self.answers {
            var state = state
            state.press(pane)
            effects += [state.press(key)].compactMap { $0 }
            effects += answer.compactMap { state.press($0) }
          }
        }
      }
    }
    return effects
  }

  private static let commands: [Command] = [
    .failover("cache"), .reset(pattern: "cache"), .reset(pattern: "*"), .remove("cache"),
    .monitor("queue", NodeAddress(host: "127.0.0.1", port: 7777), quorum: 2),
    .set("cache", [.quorum(3)]), .set("cache", [.authPassword("secret")]), .flushConfiguration,
  ]

  @Test(arguments: Lock.allCases)
  func `in read-only mode nothing leaves but questions, whatever is pressed`(lock: Lock)
    async throws
  {
    try await watching { servers, monitor in
      let performer = performer(monitor, isReadOnly: lock != .key)
      var state = await state(monitor, lock.access)
      if lock == .key {
        let effect = state.press("O")
        #expect(effect == .lock(true))
        await performer.operations.setReadOnly(true)
      }
      for case .run(let command, let target, let facts) in effects(of: state) {
        #expect(!command.isChange)
        _ = await performer.run(command, target, facts)
      }
      // The screen only shows it. One that believes in changes must get nothing out either.
      var asked: Set<Command> = []
      for case .run(let command, let target, let facts) in effects(
        of: await self.state(monitor, .unlocked))
      where asked.insert(command).inserted {
        let outcome = await performer.run(command, target, facts)
        #expect(outcome.isAccepted != command.isChange)
      }
      #expect(Set(asked.map { $0.words[1] }) == Self.words.union(["CKQUORUM"]))
      let facts = Preflight.Facts(service: "cache", sentinels: servers.map(\.address))
      for command in Self.commands {
        let direct = await performer.operations.run(command, on: servers.map(\.address))
        #expect(direct.answers.allSatisfy { $0.verdict.text.contains("read-only") })
        #expect(await !performer.run(command, .all, facts).isAccepted)
      }
      let received = servers.flatMap(\.received)
      #expect(received.contains(["SENTINEL", "CKQUORUM", "cache"]))
      #expect(received.filter { !Self.isQuestion($0) } == [])
    }
  }

  /// The second words of all changes.
  private static let words: Set = ["FAILOVER", "RESET", "REMOVE", "MONITOR", "SET", "FLUSHCONFIG"]

  @Test func `with changes allowed, each goes to exactly those it was meant for, once`()
    async throws
  {
    try await watching { servers, monitor in
      let performer = performer(monitor, isReadOnly: false)
      let state = await state(monitor, .unlocked)
      // Each on its own state: none waits for the other.
      func agreed(_ keys: String...) throws -> Effect {
        var state = state
        var effect: Effect?
        for key in keys { effect = state.press(key) }
        return try #require(effect)
      }
      let monitored =
        ["M"] + "queue".map(String.init) + ["Tab"]
        + "127.0.0.1:7777".map(String.init) + ["Enter", "y"]
      var filled = state
      let monitors = try #require(monitored.map { filled.press($0) }.last ?? nil)
      for effects in [
        [try agreed("F", "y")], [try agreed("3", "Down", "R", "y")],
        [try agreed("E", "3", "Enter", "y"), try agreed("D", "y"), try agreed("W", "y"), monitors],
      ] {
        await withTaskGroup(of: Void.self) { group in
          for case .run(let command, let target, let facts) in effects {
            group.addTask { _ = await performer.run(command, target, facts) }
          }
        }
      }
      let second = try #require(state.topology.vantages.dropFirst().first?.address)
      let first = try #require(state.topology.vantages.first?.address)
      for server in servers {
        let changes = server.received.filter { !Self.isQuestion($0) }
        var expected = [
          ["SENTINEL", "SET", "cache", "quorum", "3"], ["SENTINEL", "REMOVE", "cache"],
          ["SENTINEL", "FLUSHCONFIG"],
          ["SENTINEL", "MONITOR", "queue", "127.0.0.1", "7777", "2"],
        ]
        if server.address == first { expected.append(["SENTINEL", "FAILOVER", "cache"]) }
        if server.address == second { expected.append(["SENTINEL", "RESET", "cache"]) }
        #expect(Set(changes) == Set(expected))
        #expect(changes.count == expected.count)
      }
    }
  }

  @Test func `a failover reaches one Sentinel only, however many are named`() async throws {
    try await watching { servers, monitor in
      let performer = performer(monitor, isReadOnly: false)
      let facts = Preflight.Facts(
        service: "cache", master: NodeAddress(host: "127.0.0.1", port: 6379),
        sentinels: servers.map(\.address))
      _ = await performer.run(.failover("cache"), .all, facts)
      #expect(
        servers.map { server in server.received.count { !Self.isQuestion($0) } } == [1, 0, 0])
    }
  }

  @Test func `a change without the facts on which it was agreed to goes to nobody`() async throws {
    try await watching { servers, monitor in
      let performer = performer(monitor, isReadOnly: false)
      for command in Self.commands { _ = await performer.run(command, .all, nil) }
      #expect(servers.flatMap(\.received).filter { !Self.isQuestion($0) } == [])
    }
  }

  @Test func `a rolling reset goes round once, and can be stopped between two`() async throws {
    try await watching { servers, monitor in
      let performer = performer(monitor, isReadOnly: false)
      let facts = Preflight.Facts(
        service: "cache", master: NodeAddress(host: "127.0.0.1", port: 6379),
        sentinels: servers.map(\.address))
      let command = Command.reset(pattern: "cache")
      let whole = await performer.run(command, .all, facts)
      #expect(whole.isAccepted)
      #expect(
        servers.map { server in server.received.count { !Self.isQuestion($0) } } == [1, 1, 1])

      let (reports, continuation) = AsyncStream.makeStream(of: ChangeProgress.self)
      async let outcome = performer.run(command, .all, facts) { continuation.yield($0) }
      for await progress in reports where progress.steps[0].answer != nil {
        await performer.stop(command)
        break
      }
      let stopped = await outcome
      #expect(stopped.answers.map(\.verdict.isAccepted) == [true, false, false])
      #expect(stopped.answers[1].verdict.text == "not sent: you stopped it")
      #expect(
        servers.map { server in server.received.count { !Self.isQuestion($0) } } == [2, 1, 1])
    }
  }
}

extension RecordingSentinel {
  fileprivate var address: NodeAddress { NodeAddress(host: "127.0.0.1", port: port) }
}

extension State {
  /// Presses a key long after the last frame was drawn.
  @discardableResult
  fileprivate mutating func press(_ name: String) -> Effect? {
    Key(name).flatMap { press($0) }
  }

  fileprivate mutating func press(_ key: Key) -> Effect? {
    _ = update(.drawn(now))
    return update(.key(key, at: now.advanced(by: .milliseconds(500))))
  }
}
