import Synchronization

/// Opens when so many have arrived.
final class Gate: Sendable {
  private let missing: Mutex<Int>
  private let opened: AsyncStream<Void>
  private let open: AsyncStream<Void>.Continuation

  init(_ count: Int) {
    missing = Mutex(count)
    (opened, open) = AsyncStream.makeStream()
  }

  func arrive() {
    let isLast = missing.withLock { missing in
      missing -= 1
      return missing == 0
    }
    if isLast { open.finish() }
  }

  /// Waits until it is open.
  func wait() async {
    for await _ in opened {}
  }
}
