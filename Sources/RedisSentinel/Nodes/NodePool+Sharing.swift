import SentinelModel

// The conversation that is shared: one member that the pool itself has borrowed.
extension NodePool {
  /// Enters the conversation; one that nobody has used for too long is tried first.
  nonisolated func join() async throws(SentinelError) -> Member {
    while let member = shared.enter() {
      guard let interval = healthCheckInterval, shared.isUnused(since: .now - interval) else {
        return member
      }
      if try await provesSound(member) { return member }
    }
    return try await openShared()
  }

  /// Tries the conversation for somebody who is in it; out of it where it doesn't answer, and where
  /// the caller gives up.
  nonisolated func provesSound(_ member: Member) async throws(SentinelError) -> Bool {
    do throws(SentinelError) {
      if try await member.connection.answersPing() {
        shared.wasUsed()
        return true
      }
      await hearEnd(of: member.number)
      member.connection.close()
      if shared.leave(member) { await giveBack(member) }
      return false
    } catch {
      if shared.leave(member) { await giveBack(member) }
      throw error
    }
  }

  private func openShared() async throws(SentinelError) -> Member {
    if let member = shared.enter() { return member }
    guard !isShutDown else { throw shutDownError }
    let number = newNumber()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        sharers[number] = continuation
        if Task.isCancelled { withdraw(number) }
        shareOne()
      }
    } onCancel: {
      Task { await self.withdraw(number) }
    }
    return try result.get()
  }

  private func withdraw(_ number: Int) {
    sharers.removeValue(forKey: number)?.resume(
      returning: .failure(SentinelError(.cancelled, "cancelled")))
    // Nobody wants it any more: then it needn't stand in the queue.
    if sharers.isEmpty { openingShared?.cancel() }
  }

  /// Borrows the one for all who wait for it.
  private func shareOne() {
    guard openingShared == nil else { return }
    openingShared = Task {
      let result: Result<Member, SentinelError>
      do throws(SentinelError) {
        result = .success(try await borrow())
      } catch {
        result = .failure(error)
      }
      openingShared = nil
      if case .failure(let error) = result, error.code == .cancelled {
        if !sharers.isEmpty { shareOne() }
        return
      }
      if case .success(let member) = result {
        // Between the lending and now the service may have moved, or the connection ended.
        guard machine.isCurrent(member) else {
          giveBack(member)
          if !sharers.isEmpty { shareOne() }
          return
        }
        shared.begin(member, users: sharers.count)
        // Who asked for it while it was waited for must not wait until nobody shares it any more.
        if machine.waitingCount > 0 { takeTurns(isPatient: true) }
      }
      for sharer in sharers.values { sharer.resume(returning: result) }
      sharers = [:]
    }
  }

  /// In a pool with room for one connection only, the shared conversation and those who borrow take
  /// turns. In any other it keeps its place: plain commands never wait for what blocks.
  func takeTurns(isPatient: Bool) {
    guard machine.maximum == 1, let unused = shared.dismiss(ifUnused: !isPatient) else { return }
    giveBack(unused)
  }
}
