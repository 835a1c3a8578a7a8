package import SentinelModel

/// One real server of a lab: it can be killed, frozen, and started again with the files it had.
package actor LabNode {
  /// What it is called in the lab, and its folder too: `session-replica-1`.
  package nonisolated let name: String
  package nonisolated let address: NodeAddress
  /// What it was laid out as. A failover changes who is master; the lab doesn't follow.
  package nonisolated let role: NodeRole
  /// The service it was laid out for; nil for Sentinels and for servers outside of every service.
  package nonisolated let service: ServiceName?
  /// Its own configuration file, which it rewrites.
  package nonisolated let configurationFile: String

  private let command: [String]
  private let timeLimit: Duration
  private var machine = NodeMachine()
  private var keeper: Keeper?
  private var isClosed = false
  private var stateReaders: [AsyncStream<State>.Continuation] = []
  private var snapshotReaders: [AsyncStream<NodeMachine>.Continuation] = []

  init(
    name: String, address: NodeAddress, role: NodeRole, service: ServiceName?,
    configurationFile: String, binary: ServerBinary, timeLimit: Duration
  ) {
    self.name = name
    self.address = address
    self.role = role
    self.service = service
    self.configurationFile = configurationFile
    self.timeLimit = timeLimit
    command = [binary.path, configurationFile] + (role == .sentinel ? ["--sentinel"] : [])
  }

  package var state: State { machine.state }

  /// The last lines that it printed since its last start, oldest first.
  package var log: [String] { machine.log }

  /// Starts the server and returns when it can be called; does nothing where it runs.
  ///
  /// Throws `LabError.failedToStart`, `.portTaken`, `.tooSlow` or `.closed`.
  package func start() async throws {
    try await start(until: .ready)
  }

  func start(until milestone: NodeMachine.Milestone) async throws {
    if isClosed { throw LabError.closed }
    guard !machine.state.isRunning else { return }
    // The last child of a server that was killed may hold the port for a moment longer.
    let patience = ContinuousClock.now + .seconds(5)
    while !FreePorts.isFree(address.port), ContinuousClock.now < patience {
      try await Task.sleep(for: .milliseconds(20))
    }
    follow { $0.begin() }
    keeper = Keeper(script: Keeper.server, arguments: command) { await self.hear($0) }
    try await wait { snapshot in
      if case .ended = snapshot.state { throw self.failure(of: snapshot) }
      return snapshot.milestones.contains(milestone)
    }
  }

  /// Ends it as a crash would, with SIGKILL, and returns when it is gone.
  package func kill() async throws {
    keeper?.kill()
    try await waitForEnd()
  }

  /// Asks it to end, with SIGTERM, and returns when it is gone; a frozen one is thawed for that.
  package func terminate() async throws {
    keeper?.send(.terminate)
    keeper?.send(.thaw)
    try await waitForEnd()
  }

  /// Stops it with SIGSTOP: it keeps its connections but does nothing. Throws `.notRunning`.
  package func freeze() async throws {
    keeper?.send(.freeze)
    try await waitForLife { if case .frozen = $0 { true } else { false } }
  }

  /// Lets it go on with SIGCONT. Throws `LabError.notRunning`.
  package func thaw() async throws {
    keeper?.send(.thaw)
    try await waitForLife { if case .up = $0 { true } else { false } }
  }

  /// Kills it if it runs, and starts it with its own files: a Sentinel keeps its id and state.
  package func restart() async throws {
    try await kill()
    try await start()
  }

  /// Returns when it has printed at least `count` lines with this text since its last start.
  package func waitForLog(_ text: String, count: Int = 1) async throws {
    try await wait { $0.log.count { $0.contains(text) } >= count }
  }

  /// Ends it for good, and returns when it is gone, also in a cancelled task.
  func close() async {
    isClosed = true
    keeper?.kill()
    keeper?.letGo()
    await keeper?.ended()
    for reader in stateReaders { reader.finish() }
    for reader in snapshotReaders { reader.finish() }
  }

  private func hear(_ sign: Keeper.Sign) {
    follow { $0.apply(sign) }
  }

  private func follow(_ change: (inout NodeMachine) -> Void) {
    let before = machine.state
    change(&machine)
    snapshotReaders.removeAll { $0.yield(machine).isTerminated }
    guard machine.state != before else { return }
    stateReaders.removeAll { $0.yield(machine.state).isTerminated }
  }
}

// Waiting: for a state, a milestone, a line.
extension LabNode {
  /// The state now, then each change of it, until the lab closes.
  package var states: AsyncStream<State> {
    let (states, continuation) = AsyncStream<State>.makeStream()
    continuation.yield(machine.state)
    if isClosed { continuation.finish() } else { stateReaders.append(continuation) }
    return states
  }

  private var snapshots: AsyncStream<NodeMachine> {
    let (snapshots, continuation) = AsyncStream<NodeMachine>.makeStream(
      bufferingPolicy: .bufferingNewest(1))
    continuation.yield(machine)
    if isClosed { continuation.finish() } else { snapshotReaders.append(continuation) }
    return snapshots
  }

  private func wait(until isTrue: @escaping @Sendable (NodeMachine) throws -> Bool) async throws {
    let snapshots = snapshots
    let late = LabError.tooSlow(node: name, address: address, limit: timeLimit, log: [])
    do {
      try await withinLimit(timeLimit, orThrow: late) {
        for await snapshot in snapshots where try isTrue(snapshot) { return }
        try Task.checkCancellation()
        throw LabError.closed
      }
    } catch LabError.tooSlow {
      throw LabError.tooSlow(node: name, address: address, limit: timeLimit, log: machine.log)
    }
  }

  private func waitForEnd() async throws {
    try await wait { !$0.state.isRunning }
  }

  private func waitForLife(_ isReached: @escaping @Sendable (State) -> Bool) async throws {
    let gone = LabError.notRunning(node: name, address: address)
    try await wait { snapshot in
      guard snapshot.state.isRunning else { throw gone }
      return isReached(snapshot.state)
    }
  }

  private nonisolated func failure(of snapshot: NodeMachine) -> LabError {
    if snapshot.milestones.contains(.portTaken) { return .portTaken(node: name, address: address) }
    return .failedToStart(node: name, address: address, log: snapshot.log)
  }
}

extension AsyncStream.Continuation.YieldResult {
  fileprivate var isTerminated: Bool { if case .terminated = self { true } else { false } }
}
