import SentinelModel

// Borrowing, and giving back.
extension NodePool {
  func borrow() async throws(SentinelError) -> Member {
    let number = newNumber()
    var patience: Duration?
    if case .wait(let time) = configuration.whenExhausted { patience = time }
    takeTurns(isPatient: patience != nil)
    let actions = machine.requested(by: number, patient: patience != nil)
    if case .lend(let member, number)? = actions.first {
      perform(Array(actions.dropFirst()))
      return member
    }
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

  func giveBack(_ member: Member) {
    // The next borrower would wait behind what is still owed, or read another database.
    if !member.connection.isAsNew { perform(machine.ended(member)) }
    holdings[member.number]?.usedAt = .now
    perform(machine.returned(member, at: .now))
    pruneLater()
  }

  /// Gives back a connection that must not be lent again.
  func discard(_ member: Member) {
    perform(machine.ended(member))
    giveBack(member)
  }

  func perform(_ actions: [PoolMachine<Member>.Action]) {
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
        holdings[member.number] = nil
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
    holdings[member.number] = Holding(member: member)
    perform(machine.opened(member, generation: generation, at: .now))
    pruneLater()
    checkLater()
    expireLater(member.number)
    if member.connection.isStandIn { reselectLater() }
  }

  private func failed(_ number: Int, _ generation: Int, _ error: SentinelError) {
    beingOpened[number] = nil
    lastFailure = error
    perform(machine.failed(generation: generation))
    lastFailure = nil
  }

  func hearEnd(of number: Int) {
    guard let member = holdings.removeValue(forKey: number)?.member else {
      beingOpened[number]?.hasEnded = true
      return
    }
    perform(machine.ended(member))
    // The last one in it gives it back, where anybody is.
    if member == shared.current, let unused = shared.dismiss() { giveBack(unused) }
  }
}
