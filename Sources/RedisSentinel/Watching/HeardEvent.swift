public import SentinelModel

/// What Sentinels announce, as it comes, for as long as `SentinelClient.run()` listens; what isn't read
/// in time is dropped, from the oldest on.
public typealias EventStream = WatchStream<HeardEvent>

/// An event, with who announced it and when that came. Each Sentinel announces for itself, so one
/// failover is told several times.
public struct HeardEvent: Hashable, Sendable {
  /// The Sentinel.
  public var source: NodeAddress
  /// When it came.
  public var receivedAt: Timestamp
  /// What it announced; also what this library doesn't know.
  public var event: SentinelEvent

  /// Events that are kept for a reader at most.
  static let limit = 1_024
}
