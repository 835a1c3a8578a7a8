import SentinelModel

// Connections that nobody uses are looked after: closed when they were idle for too long, tried from
// time to time, and left where they only stand in for better ones.
extension NodePool {
  /// The tasks that look after the pool, as long as there is something to look after.
  struct Upkeep {
    var pruning: Task<Void, Never>?
    var checking: Task<Void, Never>?
    var reselecting: Task<Void, Never>?

    mutating func cancel() {
      for task in [pruning, checking, reselecting] { task?.cancel() }
    }
  }

  /// Closes connections that have been idle since then.
  func prune(idleSince limit: ContinuousClock.Instant) {
    perform(machine.pruned(idleSince: limit))
  }

  /// Looks after idle connections as long as there are any.
  func pruneLater() {
    guard upkeep.pruning == nil, machine.idleCount > 0, !isShutDown else { return }
    let pause = configuration.idleTimeout
    upkeep.pruning = Task { [weak self] in
      while (try? await Task.sleep(for: pause)) != nil {
        guard await self?.pruneOnce() == true else { return }
      }
    }
  }

  private func pruneOnce() -> Bool {
    prune(idleSince: .now - configuration.idleTimeout)
    if machine.idleCount == 0 { upkeep.pruning = nil }
    return machine.idleCount > 0
  }

  /// Borrows a connection; one that nobody has used for too long is tried first, and replaced where it
  /// doesn't answer.
  nonisolated func borrowSound() async throws(SentinelError) -> Member {
    while true {
      let member = try await borrow()
      guard let interval = healthCheckInterval, await isUnused(member, for: interval) else {
        return member
      }
      do throws(SentinelError) {
        if try await member.connection.answersPing() { return member }
      } catch {
        await discard(member)
        throw error
      }
      await discard(member)
    }
  }

  private func isUnused(_ member: Member, for interval: Duration) -> Bool {
    holdings[member.number].map { $0.usedAt < .now - interval } ?? false
  }

  /// Tries connections that nobody uses, as long as there are connections.
  func checkLater() {
    guard let interval = healthCheckInterval, upkeep.checking == nil, !isShutDown else { return }
    upkeep.checking = Task { [weak self] in
      while (try? await Task.sleep(for: interval)) != nil {
        guard await self?.checkAll(unusedFor: interval) == true else { return }
      }
    }
  }

  /// Tries each; false where there are none any more.
  func checkAll(unusedFor interval: Duration) -> Bool {
    let limit = ContinuousClock.now - interval
    for (number, holding) in holdings where holding.usedAt < limit {
      guard let since = machine.taken(holding.member) else { continue }
      // Each for itself: one that is frozen would hold up the others.
      Task {
        let isSound = try? await holding.member.connection.answersPing()
        guard isSound == true else { return discard(holding.member) }
        holdings[number]?.usedAt = .now
        perform(machine.returned(holding.member, at: since))
      }
    }
    if shared.isUnused(since: limit) {
      Task {
        guard let member = shared.enter(), try await provesSound(member) else { return }
        if shared.leave(member) { giveBack(member) }
      }
    }
    if holdings.isEmpty { upkeep.checking = nil }
    return !holdings.isEmpty
  }

  /// Lets go of a connection when its time is over.
  func expireLater(_ number: Int) {
    guard let lifetime = configuration.maximumLifetime else { return }
    Task { [weak self] in
      guard (try? await Task.sleep(for: lifetime * Double.random(in: 0.9...1))) != nil else {
        return
      }
      await self?.expire(number)
    }
  }

  private func expire(_ number: Int) {
    guard let connection = holdings[number]?.member.connection else { return }
    letGo { $0 === connection }
  }

  /// Tries replicas again when the master has stood in for long enough.
  func reselectLater() {
    guard upkeep.reselecting == nil, !isShutDown else { return }
    let pause = configuration.replicaReselectInterval
    upkeep.reselecting = Task { [weak self] in
      guard (try? await Task.sleep(for: pause)) != nil else { return }
      await self?.reselect()
    }
  }

  /// Leaves the master where it stands in for replicas, so that they are tried again. Nothing under way
  /// is broken off.
  func reselect() {
    upkeep.reselecting?.cancel()
    upkeep.reselecting = nil
    letGo { $0.isStandIn }
  }

  /// The node can no longer be used: connections to it are closed, those in use when the grace is over.
  func leave(_ node: NodeAddress) {
    let used = letGo { $0.endpoint == node }
    end(used, after: configuration.switchGrace)
  }

  /// Closes idle connections, and the others when they come back; gives those.
  @discardableResult
  private func letGo(where isUnwanted: (NodeConnection) -> Bool) -> [Member] {
    let unwanted = holdings.values.map(\.member).filter { isUnwanted($0.connection) }
    for member in unwanted {
      if machine.taken(member) != nil { discard(member) } else { perform(machine.ended(member)) }
    }
    if let current = shared.current, unwanted.contains(current), let unused = shared.dismiss() {
      giveBack(unused)
    }
    return unwanted.filter { holdings[$0.number] != nil }
  }
}
