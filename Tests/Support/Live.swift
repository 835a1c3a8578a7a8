package import Testing

extension Trait where Self == LiveTrait {
  /// The test runs real servers: only a few such tests run at a time, so that a busy machine doesn't
  /// make Sentinels believe that somebody is down.
  package static var live: LiveTrait { LiveTrait() }
}

/// Lets a few tests run at a time.
package struct LiveTrait: TestTrait, SuiteTrait, TestScoping {
  package var isRecursive: Bool { true }

  package func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    await Turnstile.shared.enter()
    do {
      try await function()
      await Turnstile.shared.leave()
    } catch {
      await Turnstile.shared.leave()
      throw error
    }
  }
}

private actor Turnstile {
  static let shared = Turnstile(places: 3)

  private var places: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(places: Int) {
    self.places = places
  }

  func enter() async {
    if places > 0 {
      places -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  func leave() {
    if waiting.isEmpty {
      places += 1
    } else {
      waiting.removeFirst().resume()
    }
  }
}
