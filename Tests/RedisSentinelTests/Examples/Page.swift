import Synchronization

/// Where examples print to, in the place of the terminal: a test reads it, and can wait for a line.
struct Page: Sendable {
  private let kept = Kept()
  private let stream = AsyncStream.makeStream(of: String.self)

  /// Prints like the function of the standard library.
  func callAsFunction(_ items: Any...) {
    let line = items.map { "\($0)" }.joined(separator: " ")
    kept.lines.withLock { $0.append(line) }
    stream.continuation.yield(line)
  }

  /// All lines so far.
  var lines: [String] { kept.lines.withLock(\.self) }

  /// Returns when a line with this text is printed that wasn't read yet.
  func wait(for text: String) async {
    for await line in stream.stream where line.contains(text) { return }
  }

  private final class Kept: Sendable {
    let lines = Mutex<[String]>([])
  }
}
