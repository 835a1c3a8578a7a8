import SentinelModel
import Synchronization

/// The connections to a service's master or replicas, wherever that is at the moment.
///
/// Plain commands share one conversation, whose calls are pipelined; what is bound to a connection
/// (blocking commands, transactions) borrows one of its own. When the service moves, everything that
/// was opened before is retired at once.
package actor NodePool {
  /// Opens a connection to where the service is now, resolved anew each time.
  package typealias Connect =
    @Sendable (_ signal: @escaping @Sendable (ConnectionSignal) -> Void)
    async throws(SentinelError) -> NodeConnection

  /// What those who keep a connection of their own to the same node have to know.
  package enum Change: Sendable {
    /// The service has moved.
    case retired
    case shutDown
  }

  package typealias Borrower = CheckedContinuation<Result<Member, SentinelError>, Never>

  /// A connection of the pool, known by its number.
  package struct Member: Hashable, Sendable {
    let number: Int
    package let connection: NodeConnection

    package static func == (left: Member, right: Member) -> Bool { left.number == right.number }
    package func hash(into hasher: inout Hasher) { hasher.combine(number) }
  }

  private let configuration: PoolConfiguration
  private let connect: Connect
  private let changed: @Sendable (Change) -> Void
  private var machine: PoolMachine<Member>
  private var lastNumber = 0
  private var borrowers: [Int: Borrower] = [:]
  private var beingOpened: [Int: Opening] = [:]
  private var members: [Int: Member] = [:]
  private var lastFailure: SentinelError?
  private var isShutDown = false
  private var pruning: Task<Void, Never>?

  /// A connection that is being opened.
  private struct Opening {
    var task: Task<Void, Never>?
    /// Whether its end was told already.
    var hasEnded = false
  }

  private var sharedMember: Member?
  private var isOpeningShared = false
  private var sharers: [Int: Borrower] = [:]
  /// The conversation that plain commands share, for those who can't wait for the actor.
  private nonisolated let shared = Mutex<NodeConnection?>(nil)

  package init(
    _ configuration: PoolConfiguration, connect: @escaping Connect,
    changed: @escaping @Sendable (Change) -> Void = { _ in }
  ) {
    self.configuration = configuration
    self.connect = connect
    self.changed = changed
    machine = PoolMachine(
      maximum: configuration.maximumConnections,
      maximumConnects: configuration.maximumConcurrentConnects)
  }

  deinit { pruning?.cancel() }

  /// The conversation that plain commands share; opened where there is none.
  package nonisolated func conversation() async throws(SentinelError) -> NodeConnection {
    if let connection = shared.withLock(\.self) { return connection }
    return try await openShared()
  }

  /// Lends a connection for the body alone.
  package nonisolated func withConnection<Result>(
    _ body: (NodeConnection) async throws(SentinelError) -> Result
  ) async throws(SentinelError) -> Result {
    let member = try await borrow()
    do throws(SentinelError) {
      let result = try await body(member.connection)
      await giveBack(member)
      return result
    } catch {
      await giveBack(member)
      throw error
    }
  }

  /// The service has moved: idle connections are closed, those in use when the grace is over.
  package func retire() {
    guard !isShutDown else { return }
    shared.withLock { $0 = nil }
    let retiredShared = sharedMember
    sharedMember = nil
    // They lead to the old node, which may never answer.
    for opening in beingOpened.values { opening.task?.cancel() }
    perform(machine.retired())
    changed(.retired)
    let lent = machine.retiredLent
    let grace = configuration.switchGrace
    guard !lent.isEmpty else { return }
    Task {
      try? await Task.sleep(for: grace)
      for member in lent { member.connection.retire() }
      if let retiredShared { giveBack(retiredShared) }
    }
  }

  /// The service has moved, as this connection has shown; nothing new where it is one of those that
  /// were retired already.
  package func retire(since connection: NodeConnection) {
    guard let member = members.values.first(where: { $0.connection === connection }),
      machine.isCurrent(member)
    else { return }
    retire()
  }

  /// Closes everything. Whoever waits, or calls later, gets `.clientShutDown`.
  package func shutDown() {
    guard !isShutDown else { return }
    isShutDown = true
    shared.withLock { $0 = nil }
    sharedMember = nil
    for opening in beingOpened.values { opening.task?.cancel() }
    perform(machine.shutDown())
    changed(.shutDown)
    for member in members.values { member.connection.shutDown() }
    members = [:]
    pruning?.cancel()
    for sharer in sharers.values { sharer.resume(returning: .failure(shutDownError)) }
    sharers = [:]
  }

  /// How many connections there are, by state.
  package var counts: (opening: Int, idle: Int, lent: Int, waiting: Int, generation: Int) {
    (
      machine.openingCount, machine.idleCount, machine.lentCount, machine.waitingCount,
      machine.generation
    )
  }

  /// Closes connections that were idle for too long.
  package func prune() {
    perform(machine.pruned(idleSince: .now - configuration.idleTimeout))
  }

  private var shutDownError: SentinelError {
    SentinelError(.clientShutDown, "the client was shut down")
  }

  private func newNumber() -> Int {
    lastNumber += 1
    return lastNumber
  }
}

// Borrowing.
extension NodePool {
  private func borrow() async throws(SentinelError) -> Member {
    let number = newNumber()
    var patience: Duration?
    if case .wait(let time) = configuration.whenExhausted { patience = time }
    let actions = machine.requested(by: number, patient: patience != nil)
    if case .lend(let member, number)? = actions.first { return member }
    let timer = patience.map { time in
      Task {
        guard (try? await Task.sleep(for: time)) != nil else { return }
        self.giveUp(
          number,
          SentinelError(.poolExhausted, "no connection was free for \(time)"))
      }
    }
    defer { timer?.cancel() }
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        borrowers[number] = continuation
        perform(actions)
        if Task.isCancelled { giveUp(number, SentinelError(.cancelled, "cancelled")) }
      }
    } onCancel: {
      Task { await self.giveUp(number, SentinelError(.cancelled, "cancelled")) }
    }
    return try result.get()
  }

  private func giveUp(_ number: Int, _ error: SentinelError) {
    guard machine.cancelled(number) else { return }
    borrowers.removeValue(forKey: number)?.resume(returning: .failure(error))
  }

  private func giveBack(_ member: Member) {
    // The next borrower would wait behind what is still owed, or read another database.
    if !member.connection.isAsNew { perform(machine.ended(member)) }
    perform(machine.returned(member, at: .now))
    pruneLater()
  }

  /// Looks after idle connections as long as there are any.
  private func pruneLater() {
    guard pruning == nil, machine.idleCount > 0, !isShutDown else { return }
    let pause = configuration.idleTimeout
    pruning = Task { [weak self] in
      while (try? await Task.sleep(for: pause)) != nil {
        guard await self?.pruneOnce() == true else { return }
      }
    }
  }

  private func pruneOnce() -> Bool {
    prune()
    if machine.idleCount == 0 { pruning = nil }
    return machine.idleCount > 0
  }

  private func perform(_ actions: [PoolMachine<Member>.Action]) {
    for action in actions {
      switch action {
      case .open(let generation): open(generation)
      case .lend(let member, let number):
        borrowers.removeValue(forKey: number)?.resume(returning: .success(member))
      case .refuse(let number):
        let error =
          isShutDown
          ? shutDownError
          : lastFailure ?? SentinelError(.poolExhausted, "all connections are in use")
        borrowers.removeValue(forKey: number)?.resume(returning: .failure(error))
      case .close(let member):
        members[member.number] = nil
        member.connection.close()
      }
    }
  }

  private func open(_ generation: Int) {
    let number = newNumber()
    let connect = connect
    let task = Task {
      do throws(SentinelError) {
        // Not held by its own connections: else nobody could let go of the pool.
        let connection = try await connect { [weak self] signal in
          if case .closed = signal { Task { await self?.hearEnd(of: number) } }
        }
        opened(Member(number: number, connection: connection), generation)
      } catch {
        failed(number, generation, error)
      }
    }
    beingOpened[number] = Opening(task: task)
  }

  private func opened(_ member: Member, _ generation: Int) {
    if beingOpened[member.number]?.hasEnded == true {
      let endpoint = member.connection.endpoint
      return failed(
        member.number, generation,
        SentinelError(
          .connection(.closed), "the server closed the connection", endpoint: endpoint))
    }
    beingOpened[member.number] = nil
    members[member.number] = member
    perform(machine.opened(member, generation: generation, at: .now))
    pruneLater()
  }

  private func failed(_ number: Int, _ generation: Int, _ error: SentinelError) {
    beingOpened[number] = nil
    lastFailure = error
    perform(machine.failed(generation: generation))
    lastFailure = nil
  }

  private func hearEnd(of number: Int) {
    guard let member = members.removeValue(forKey: number) else {
      beingOpened[number]?.hasEnded = true
      return
    }
    perform(machine.ended(member))
    guard member == sharedMember else { return }
    sharedMember = nil
    shared.withLock { $0 = nil }
    giveBack(member)
  }
}

// The conversation that is shared: one member that the pool itself has borrowed.
extension NodePool {
  private func openShared() async throws(SentinelError) -> NodeConnection {
    if let sharedMember { return sharedMember.connection }
    guard !isShutDown else { throw shutDownError }
    let number = newNumber()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        sharers[number] = continuation
        if Task.isCancelled { leave(number) }
        shareOne()
      }
    } onCancel: {
      Task { await self.leave(number) }
    }
    return try result.get().connection
  }

  private func leave(_ number: Int) {
    sharers.removeValue(forKey: number)?.resume(
      returning: .failure(SentinelError(.cancelled, "cancelled")))
  }

  /// Borrows the one for all who wait for it.
  private func shareOne() {
    guard !isOpeningShared else { return }
    isOpeningShared = true
    Task {
      let result: Result<Member, SentinelError>
      do throws(SentinelError) {
        result = .success(try await borrow())
      } catch {
        result = .failure(error)
      }
      isOpeningShared = false
      if case .success(let member) = result {
        // Between the lending and now the service may have moved, or the connection ended.
        guard machine.isCurrent(member) else {
          giveBack(member)
          if !sharers.isEmpty { shareOne() }
          return
        }
        sharedMember = member
        shared.withLock { $0 = member.connection }
      }
      for sharer in sharers.values { sharer.resume(returning: result) }
      sharers = [:]
    }
  }
}
