import SentinelModel

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

  typealias Borrower = CheckedContinuation<Result<Member, SentinelError>, Never>

  /// A connection of the pool, known by its number.
  struct Member: Hashable, Sendable {
    let number: Int
    let connection: NodeConnection

    static func == (left: Member, right: Member) -> Bool { left.number == right.number }
    func hash(into hasher: inout Hasher) { hasher.combine(number) }
  }

  /// A connection that is there.
  struct Holding {
    var member: Member
    /// When it last proved that it works.
    var usedAt = ContinuousClock.now
  }

  /// A connection that is being opened.
  struct Opening {
    var task: Task<Void, Never>?
    /// Whether its end was told already.
    var hasEnded = false
  }

  nonisolated let configuration: PoolConfiguration
  /// How long a connection may be idle before it is tried with a PING; nil for always.
  nonisolated let healthCheckInterval: Duration?
  let connect: Connect
  let changed: @Sendable (Change) -> Void
  var machine: PoolMachine<Member>
  private var lastNumber = 0
  var borrowers: [Int: Borrower] = [:]
  var beingOpened: [Int: Opening] = [:]
  var holdings: [Int: Holding] = [:]
  var lastFailure: SentinelError?
  private(set) var isShutDown = false
  var upkeep = Upkeep()

  /// The conversation that plain commands share: one member that the pool itself has borrowed.
  nonisolated let shared: SharedConversation<Member>
  /// Borrows it for all who wait.
  var openingShared: Task<Void, Never>?
  var sharers: [Int: Borrower] = [:]
  /// Those who wait for the service to move.
  var onlookers: [Int: CheckedContinuation<Void, Never>] = [:]

  package init(
    _ configuration: PoolConfiguration, healthCheckInterval: Duration? = nil,
    connect: @escaping Connect, changed: @escaping @Sendable (Change) -> Void = { _ in }
  ) {
    self.configuration = configuration
    self.healthCheckInterval = healthCheckInterval
    self.connect = connect
    self.changed = changed
    shared = SharedConversation(keepsTime: healthCheckInterval != nil)
    machine = PoolMachine(
      maximum: configuration.maximumConnections,
      maximumConnects: configuration.maximumConcurrentConnects,
      minimumIdle: configuration.minimumIdle)
  }

  deinit { upkeep.cancel() }

  /// Lends the conversation that plain commands share; opened where there is none.
  package nonisolated func withConversation<Result>(
    _ body: (NodeConnection) async throws(SentinelError) -> Result
  ) async throws(SentinelError) -> Result {
    let member = try await join()
    do throws(SentinelError) {
      let result = try await body(member.connection)
      if shared.leave(member) { await giveBack(member) }
      return result
    } catch {
      if shared.leave(member) { await giveBack(member) }
      throw error
    }
  }

  /// Lends a connection for the body alone.
  package nonisolated func withConnection<Result>(
    _ body: (NodeConnection) async throws(SentinelError) -> Result
  ) async throws(SentinelError) -> Result {
    let member = try await borrowSound()
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
    // They lead to the old node, which may never answer.
    for opening in beingOpened.values { opening.task?.cancel() }
    perform(machine.retired())
    if let unused = shared.dismiss() { giveBack(unused) }
    changed(.retired)
    for onlooker in onlookers.values { onlooker.resume() }
    onlookers = [:]
    end(machine.retiredLent, after: configuration.switchGrace)
  }

  /// The service has moved, as this connection has shown; nothing new where it is one of those that
  /// were retired already: then false.
  @discardableResult
  package func retire(since connection: NodeConnection) -> Bool {
    guard
      let member = holdings.values.first(where: { $0.member.connection === connection })?.member,
      machine.isCurrent(member)
    else { return false }
    retire()
    return true
  }

  /// Ends connections whose time is over, and tells those who still use them.
  func end(_ members: [Member], after grace: Duration) {
    guard !members.isEmpty else { return }
    Task {
      try? await Task.sleep(for: grace)
      for member in members { member.connection.retire() }
    }
  }

  /// Closes everything. Whoever waits, or calls later, gets `.clientShutDown`.
  package func shutDown() {
    guard !isShutDown else { return }
    isShutDown = true
    for opening in beingOpened.values { opening.task?.cancel() }
    perform(machine.shutDown())
    let unused = shared.dismiss()
    changed(.shutDown)
    for holding in holdings.values { holding.member.connection.shutDown() }
    if let unused { giveBack(unused) }
    holdings = [:]
    upkeep.cancel()
    for onlooker in onlookers.values { onlooker.resume() }
    onlookers = [:]
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

  var shutDownError: SentinelError {
    SentinelError(.clientShutDown, "the client was shut down")
  }

  func newNumber() -> Int {
    lastNumber += 1
    return lastNumber
  }
}
