import SentinelModel

// Waiting for the service to be elsewhere.
extension NodePool {
  /// Waits until the service moves, so long at most: who was refused by the old node needn't wait any
  /// longer then.
  ///
  /// - Throws: `.cancelled`.
  package func waitForMove(atMost time: Duration) async throws(SentinelError) {
    let number = newNumber()
    let timer = Task {
      guard (try? await Task.sleep(for: time)) != nil else { return }
      stopWaiting(number)
    }
    defer { timer.cancel() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard !Task.isCancelled, !isShutDown else { return continuation.resume() }
        onlookers[number] = continuation
      }
    } onCancel: {
      Task { await self.stopWaiting(number) }
    }
    guard !Task.isCancelled else { throw SentinelError(.cancelled, "cancelled") }
  }

  private func stopWaiting(_ number: Int) {
    onlookers.removeValue(forKey: number)?.resume()
  }
}
