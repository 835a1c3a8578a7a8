import DequeModule

/// Who waits for a connection, who has one, and which are no longer good. Knows no socket.
///
/// Holds at all times: connections being opened, idle and lent are together no more than the maximum,
/// and whoever waits is served in the order of asking. Once somebody has asked, so many as are wanted
/// idle are opened in advance; after a failure not before somebody asks again.
package struct PoolMachine<Connection: Hashable & Sendable> {
  /// What the shell has to do.
  package enum Action: Hashable, Sendable {
    /// Open a connection, and tell `opened` or `failed` with this generation.
    case open(generation: Int)
    /// Give the connection to who asked under that number.
    case lend(Connection, to: Int)
    /// Tell who asked under that number that there is none to be had.
    case refuse(Int)
    case close(Connection)
  }

  private struct Idle {
    var connection: Connection
    var since: ContinuousClock.Instant
  }

  package let maximum: Int
  private let maximumConnects: Int
  private let minimumIdle: Int
  /// Grows with each change of the node: what was opened before is no longer good.
  package private(set) var generation = 0
  private var opening = 0
  /// Those being opened to where the service was before: they take room, but nobody waits for them.
  private var openingInVain = 0
  private var idle: [Idle] = []
  private var lent: [Connection: Int] = [:]
  private var waiting: Deque<Int> = []
  private var isShutDown = false
  /// Whether connections are opened in advance.
  private var isInUse = false

  package init(maximum: Int, maximumConnects: Int, minimumIdle: Int = 0) {
    self.maximum = max(1, maximum)
    self.minimumIdle = minimumIdle
    self.maximumConnects = max(1, maximumConnects)
  }

  package var openingCount: Int { opening + openingInVain }
  package var idleCount: Int { idle.count }
  package var lentCount: Int { lent.count }
  package var waitingCount: Int { waiting.count }
  private var total: Int { opening + openingInVain + idle.count + lent.count }

  /// Somebody wants a connection; with `patient` false only one that can be had without waiting for
  /// somebody else's.
  package mutating func requested(by number: Int, patient: Bool) -> [Action] {
    if isShutDown { return [.refuse(number)] }
    isInUse = true
    if let last = idle.popLast() {
      lent[last.connection] = generation
      return [.lend(last.connection, to: number)] + openMore()
    }
    if !patient, total - opening + waiting.count >= maximum { return [.refuse(number)] }
    waiting.append(number)
    return openMore()
  }

  /// Whoever asked under that number no longer wants it. False where it was served already.
  package mutating func cancelled(_ number: Int) -> Bool {
    guard let index = waiting.firstIndex(of: number) else { return false }
    waiting.remove(at: index)
    return true
  }

  package mutating func opened(
    _ connection: Connection, generation opened: Int, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard ended(openingOf: opened), !isShutDown else { return [.close(connection)] + openMore() }
    return offer(connection, at: now) + openMore()
  }

  /// None could be opened. All who wait are told: each trying for itself would be a stampede.
  package mutating func failed(generation failed: Int) -> [Action] {
    guard ended(openingOf: failed) else { return openMore() }
    isInUse = false
    defer { waiting.removeAll() }
    return waiting.map { .refuse($0) }
  }

  /// A borrower is done with it.
  package mutating func returned(
    _ connection: Connection, at now: ContinuousClock.Instant
  ) -> [Action] {
    guard let lentIn = lent.removeValue(forKey: connection) else { return [] }
    guard lentIn == generation, !isShutDown else { return [.close(connection)] + openMore() }
    return offer(connection, at: now)
  }

  /// It has ended by itself. One that is lent stays so until it is returned.
  package mutating func ended(_ connection: Connection) -> [Action] {
    if let index = idle.firstIndex(where: { $0.connection == connection }) {
      idle.remove(at: index)
      return openMore()
    }
    // Marked as one of another time, so that its return closes it.
    if lent[connection] != nil { lent[connection] = -1 }
    return []
  }

  /// The node is no longer the right one: idle connections go now, lent ones when they come back.
  package mutating func retired() -> [Action] {
    grow()
    let old = idle
    idle = []
    return old.map { .close($0.connection) } + openMore()
  }

  /// Whether it leads to where the service is now, and hasn't ended.
  package func isCurrent(_ connection: Connection) -> Bool {
    lent[connection] == generation || idle.contains { $0.connection == connection }
  }

  /// The connections that are lent and no longer good.
  package var retiredLent: [Connection] {
    lent.filter { $0.value != generation }.map(\.key)
  }

  /// Takes an idle connection for whoever looks after it; gives since when it was idle, nil where it
  /// isn't.
  package mutating func taken(_ connection: Connection) -> ContinuousClock.Instant? {
    guard let index = idle.firstIndex(where: { $0.connection == connection }) else { return nil }
    lent[connection] = generation
    return idle.remove(at: index).since
  }

  /// Closes what was idle for too long, but for those that are wanted idle.
  package mutating func pruned(idleSince limit: ContinuousClock.Instant) -> [Action] {
    // The last to come back are the first to be lent.
    let old = idle.prefix(max(0, idle.count - minimumIdle)).filter { $0.since < limit }
      .map(\.connection)
    idle.removeAll { old.contains($0.connection) }
    return old.map { .close($0) }
  }

  /// Nothing more will be lent.
  package mutating func shutDown() -> [Action] {
    isShutDown = true
    grow()
    defer {
      waiting.removeAll()
      idle.removeAll()
    }
    return waiting.map { .refuse($0) } + idle.map { .close($0.connection) }
  }

  private mutating func grow() {
    generation += 1
    openingInVain += opening
    opening = 0
  }

  /// An attempt has ended; true where it was one to where the service is now.
  private mutating func ended(openingOf attempt: Int) -> Bool {
    guard attempt == generation else {
      openingInVain -= 1
      return false
    }
    opening -= 1
    return true
  }

  private mutating func offer(
    _ connection: Connection, at now: ContinuousClock.Instant
  ) -> [Action] {
    if let first = waiting.popFirst() {
      lent[connection] = generation
      return [.lend(connection, to: first)]
    }
    idle.append(Idle(connection: connection, since: now))
    return []
  }

  /// Opens as many as are waited for, and wanted idle, as far as there is room.
  private mutating func openMore() -> [Action] {
    guard !isShutDown else { return [] }
    var actions: [Action] = []
    let spare = isInUse ? max(0, minimumIdle - idle.count) : 0
    while opening < waiting.count + spare, opening < maximumConnects, total < maximum {
      opening += 1
      actions.append(.open(generation: generation))
    }
    return actions
  }
}
