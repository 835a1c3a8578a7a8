public import SentinelModel

/// What Sentinels announce, as it comes, for as long as `SentinelClient.run()` listens.
///
/// For one reader: who reads too slowly loses the oldest events, and holds up nobody else. The end of
/// the iteration is the end of the stream.
public struct EventStream: AsyncSequence, Sendable {
  /// An event, with who announced it and when that came. Each Sentinel announces for itself, so one
  /// failover is told several times.
  public struct Element: Hashable, Sendable {
    /// The Sentinel.
    public var source: NodeAddress
    /// When it came.
    public var receivedAt: Timestamp
    /// What it announced; also what this library doesn't know.
    public var event: SentinelEvent
  }

  /// Events that are kept for a reader at most.
  static let limit = 1_024

  let mailbox: Mailbox<Element>

  /// How many events were dropped so far since they weren't read in time.
  public var droppedCount: Int { mailbox.droppedCount }

  /// The iterator; its end releases what the stream keeps.
  public func makeAsyncIterator() -> Iterator { Iterator(lease: MailboxLease(mailbox)) }

  /// Reads the events one after the other.
  public struct Iterator: AsyncIteratorProtocol {
    let lease: MailboxLease<Element>

    /// The next event; nil when the task is cancelled or the client shut down.
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async -> Element? {
      await lease.next(isolation: actor)
    }

    /// The same.
    public mutating func next() async -> Element? { await next(isolation: nil) }
  }
}
