import RESP
import RedisSentinel
import SentinelLab
import SentinelModel
import Synchronization

/// Plain subscribers, one for each Sentinel: what the program says is held against what they heard.
final class Listeners: Sendable {
  /// An announcement as it came.
  struct Announcement: Hashable, Sendable {
    var sentinel: NodeAddress
    var channel: String
    var payload: String
    /// When it arrived here.
    var at: Timestamp
  }

  private let clock = SteadyClock()
  private let announcements = Mutex<[Announcement]>([])

  var heard: [Announcement] { announcements.withLock { $0 } }

  /// Subscribes to everything at all of these, and listens as long as the body runs.
  static func listening<Result>(
    to sentinels: [LabNode], _ body: (Listeners) async throws -> Result
  ) async throws -> Result {
    try await Listeners().listen(to: sentinels[...], body)
  }

  private func listen<Result>(
    to sentinels: ArraySlice<LabNode>, _ body: (Listeners) async throws -> Result
  ) async throws -> Result {
    guard let sentinel = sentinels.first?.address else { return try await body(self) }
    let hear: @Sendable (ConnectionSignal) -> Void = { signal in
      guard case .push(let elements) = signal else { return }
      let words = elements.compactMap(\.text)
      guard words.count == 4, words[0] == "pmessage" else { return }
      self.announcements.withLock {
        $0.append(
          Announcement(
            sentinel: sentinel, channel: words[2], payload: words[3], at: self.clock.now()))
      }
    }
    return try await NodeConnection.open(
      to: sentinel,
      ConnectionConfiguration(connectTimeout: .seconds(20), commandTimeout: .seconds(20)),
      signal: hear
    ) { connection in
      try await connection.subscribe(patterns: ["*"])
      return try await listen(to: sentinels.dropFirst(), body)
    }
  }
}
