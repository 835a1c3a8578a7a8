import SentinelModel

/// Lets callers who look for the same of a service at the same time share one search.
///
/// A caller who gives up leaves at once; when nobody is left, the search ends too.
actor SearchDesk<Found: Sendable> {
  typealias Answer = Result<Found, SentinelError>

  private struct Search {
    let number: Int
    var task: Task<Void, Never>?
    var waiting: [Int: CheckedContinuation<Answer, Never>] = [:]
  }

  private var searches: [ServiceName: Search] = [:]
  private var lastNumber = 0

  func share(
    _ service: ServiceName, _ search: @escaping @Sendable () async -> Answer
  ) async throws(SentinelError) -> Found {
    let caller = newNumber()
    let answer = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if searches[service] == nil { begin(service, search) }
        searches[service]?.waiting[caller] = continuation
        if Task.isCancelled { leave(service, caller) }
      }
    } onCancel: {
      Task { await self.leave(service, caller) }
    }
    return try answer.get()
  }

  private func begin(_ service: ServiceName, _ search: @escaping @Sendable () async -> Answer) {
    let number = newNumber()
    // Nobody's own: whoever began it may leave while others still wait.
    let task = Task { end(service, number, await search()) }
    searches[service] = Search(number: number, task: task)
  }

  private func end(_ service: ServiceName, _ number: Int, _ answer: Answer) {
    guard let search = searches[service], search.number == number else { return }
    searches[service] = nil
    for continuation in search.waiting.values { continuation.resume(returning: answer) }
  }

  private func leave(_ service: ServiceName, _ caller: Int) {
    guard let continuation = searches[service]?.waiting.removeValue(forKey: caller) else { return }
    continuation.resume(returning: .failure(SentinelError(.cancelled, "cancelled")))
    guard searches[service]?.waiting.isEmpty == true else { return }
    searches.removeValue(forKey: service)?.task?.cancel()
  }

  private func newNumber() -> Int {
    lastNumber += 1
    return lastNumber
  }
}
