package import Testing

extension Trait where Self == LiveTrait {
  /// The test runs real servers: only a few such tests run at a time, so that a busy machine doesn't
  /// make Sentinels believe that somebody is down.
  package static var live: LiveTrait { LiveTrait() }

  /// The same for a test that keeps the machine busy by itself, or whose figures another one would
  /// disturb: no other live test runs beside it.
  package static var liveAlone: LiveTrait { LiveTrait(isAlone: true) }
}

/// Lets a few tests run at a time.
package struct LiveTrait: TestTrait, SuiteTrait, TestScoping {
  package var isRecursive: Bool { true }
  var isAlone = false

  package func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    let places = await Turnstile.shared.enter(isAlone: isAlone)
    do {
      try await function()
      await Turnstile.shared.leave(places)
    } catch {
      await Turnstile.shared.leave(places)
      throw error
    }
  }
}

private actor Turnstile {
  static let shared = Turnstile(places: 3)

  private let all: Int
  private var free: Int
  private var waiting: [(wanted: Int, continuation: CheckedContinuation<Void, Never>)] = []

  init(places: Int) {
    all = places
    free = places
  }

  /// Waits for a place, or for all of them, in the order of asking; says how many it took.
  func enter(isAlone: Bool) async -> Int {
    let wanted = isAlone ? all : 1
    if waiting.isEmpty, free >= wanted {
      free -= wanted
    } else {
      await withCheckedContinuation { waiting.append((wanted, $0)) }
    }
    return wanted
  }

  func leave(_ places: Int) {
    free += places
    while let first = waiting.first, free >= first.wanted {
      free -= first.wanted
      waiting.removeFirst().continuation.resume()
    }
  }
}
