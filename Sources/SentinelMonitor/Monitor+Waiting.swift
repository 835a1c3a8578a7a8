package import SentinelInsight

extension Monitor {
  /// Somebody who waits for the topology to become as it should be.
  struct Waiter {
    var id: Int
    var isMet: @Sendable (Snapshot) -> Bool
    var continuation: CheckedContinuation<Bool, Never>
  }

  func wakeWaiters() {
    guard !waiters.isEmpty else { return }
    let snapshot = snapshot
    waiters.removeAll { waiter in
      guard waiter.isMet(snapshot) else { return false }
      waiter.continuation.resume(returning: true)
      return true
    }
  }

  /// Waits until what is known is as wanted; false when the time is up before, or the task is
  /// cancelled.
  package func wait(
    atMost time: Duration, until isMet: @escaping @Sendable (Snapshot) -> Bool
  ) async -> Bool {
    if isMet(snapshot) { return true }
    waiterCount += 1
    let id = waiterCount
    return await withTaskGroup(of: Bool.self) { group in
      group.addTask { await self.enlist(id, isMet) }
      group.addTask {
        try? await Task.sleep(for: time)
        return false
      }
      let result = await group.next() ?? false
      dismiss(id)
      group.cancelAll()
      return result
    }
  }

  private func enlist(_ id: Int, _ isMet: @escaping @Sendable (Snapshot) -> Bool) async -> Bool {
    await withCheckedContinuation { continuation in
      guard !isMet(snapshot) else { return continuation.resume(returning: true) }
      waiters.append(Waiter(id: id, isMet: isMet, continuation: continuation))
    }
  }

  private func dismiss(_ id: Int) {
    waiters.removeAll { waiter in
      guard waiter.id == id else { return false }
      waiter.continuation.resume(returning: false)
      return true
    }
  }
}
