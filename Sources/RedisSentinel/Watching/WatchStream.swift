/// What a client's watch learns, as it comes, for as long as `SentinelClient.run()` listens.
///
/// For one reader: who reads too slowly loses the oldest, and holds up nobody else. The end of the
/// iteration is the end of the stream.
public struct WatchStream<Element: Sendable>: AsyncSequence, Sendable {
  let mailbox: Mailbox<Element>

  /// How many elements were dropped so far since they weren't read in time.
  public var droppedCount: Int { mailbox.droppedCount }

  /// The iterator; its end releases what the stream keeps.
  public func makeAsyncIterator() -> Iterator { Iterator(lease: MailboxLease(mailbox)) }

  /// Reads the elements one after the other.
  public struct Iterator: AsyncIteratorProtocol {
    let lease: MailboxLease<Element>

    /// The next element; nil when the task is cancelled or the client shut down.
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async -> Element? {
      await lease.next(isolation: actor)
    }

    /// The same.
    public mutating func next() async -> Element? { await next(isolation: nil) }
  }
}
