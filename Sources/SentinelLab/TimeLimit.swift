/// Runs `work` and cancels it, throwing `error`, when it takes longer than `limit`.
func withinLimit<Value: Sendable>(
  _ limit: Duration, orThrow error: any Error, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  try await withThrowingTaskGroup(of: Value.self) { group in
    group.addTask { try await work() }
    group.addTask {
      try await Task.sleep(for: limit)
      throw error
    }
    defer { group.cancelAll() }
    guard let value = try await group.next() else { throw error }
    return value
  }
}

/// Does the same with every element, side by side; when one fails, waits for the others, too.
func together<Element: Sendable>(
  _ elements: [Element], _ work: @escaping @Sendable (Element) async throws -> Void
) async throws {
  try await withThrowingTaskGroup(of: Void.self) { group in
    for element in elements { group.addTask { try await work(element) } }
    try await group.waitForAll()
  }
}
