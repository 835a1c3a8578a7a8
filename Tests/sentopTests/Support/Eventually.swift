import Testing

/// Looks again and again, and gives what is looked for as soon as it is there; records an issue and
/// throws where it doesn't come in time.
@discardableResult
func eventually<Value>(
  _ what: @autoclosure () -> String, within limit: Duration = .seconds(30),
  sourceLocation: SourceLocation = #_sourceLocation, _ look: () async throws -> Value?
) async throws -> Value {
  let end = ContinuousClock.now + limit
  while true {
    if let value = try await look() { return value }
    guard ContinuousClock.now < end else { break }
    try await Task.sleep(for: .milliseconds(30))
  }
  return try #require(
    nil as Value?, "not within \(limit): \(what())", sourceLocation: sourceLocation)
}

/// Returns as soon as the condition holds; records an issue and throws where it never does.
func eventually(
  _ what: @autoclosure () -> String, within limit: Duration = .seconds(30),
  sourceLocation: SourceLocation = #_sourceLocation, isTrue: () async throws -> Bool
) async throws {
  try await eventually(what(), within: limit, sourceLocation: sourceLocation) {
    try await isTrue() ? true : nil
  }
}
