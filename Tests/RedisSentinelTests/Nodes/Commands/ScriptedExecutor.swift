import RESP
import Synchronization

@testable import RedisSentinel

/// Answers from a script, and remembers what was asked.
final class ScriptedExecutor: RedisExecutor {
  private let script: @Sendable ([RedisRequest]) throws(SentinelError) -> [RESPValue]
  private let log = Mutex<[[RedisRequest]]>([])

  init(_ script: @escaping @Sendable ([RedisRequest]) throws(SentinelError) -> [RESPValue]) {
    self.script = script
  }

  /// Answers each time with the next ones of these replies, as many as are asked for.
  convenience init(replies: RESPValue...) {
    let rest = Mutex(replies)
    self.init { requests in
      rest.withLock { rest in
        let taken = Array(rest.prefix(requests.count))
        rest.removeFirst(taken.count)
        return taken
      }
    }
  }

  /// Each time what was asked, all at once.
  var asked: [[RedisRequest]] { log.withLock { $0 } }

  /// The words of all requests, in order.
  var words: [String] { asked.flatMap { $0 }.map(\.text) }

  func replies(to requests: [RedisRequest]) async throws(SentinelError) -> [RESPValue] {
    log.withLock { $0.append(requests) }
    return try script(requests)
  }
}

extension RedisRequest {
  /// The words on one line.
  var text: String { words.map(\.text).joined(separator: " ") }
}

extension Result {
  /// What went wrong.
  var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
