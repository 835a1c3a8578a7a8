public import RESP

/// The messages of what one reader has subscribed to, as they come.
///
/// Goes on over reconnects and switches, and says where something may be missing. Who reads too slowly
/// loses the oldest messages, and holds up nobody else. Good only within the closure it was lent to;
/// it ends when the client is shut down.
public struct Subscription: AsyncSequence, Sendable {
  /// What a reader gets.
  public enum Element: Hashable, Sendable {
    /// Something was published.
    case message(Message)
    /// All is subscribed anew, after a reconnect. What was published meanwhile never comes.
    case resubscribed(missedPossible: Bool)
  }

  /// Something that was published.
  public struct Message: Hashable, Sendable {
    /// Where it was published.
    public var channel: RESPBytes
    /// The pattern that the channel matches; nil where the channel itself is subscribed.
    public var pattern: RESPBytes?
    /// What was published.
    public var payload: RESPBytes

    /// A message by its parts.
    public init(channel: RESPBytes, pattern: RESPBytes? = nil, payload: RESPBytes) {
      self.channel = channel
      self.pattern = pattern
      self.payload = payload
    }
  }

  let mailbox: Mailbox<Element>

  /// How many elements were dropped so far since they weren't read in time.
  public var droppedCount: Int { mailbox.droppedCount }

  /// An iterator. Several of one subscription share its elements out among them.
  public func makeAsyncIterator() -> Iterator { Iterator(mailbox: mailbox) }

  /// Reads the elements one after the other.
  public struct Iterator: AsyncIteratorProtocol {
    let mailbox: Mailbox<Element>

    /// The next element, as soon as there is one; nil when the client is shut down or the task
    /// cancelled.
    ///
    /// - Throws: why the subscription can't go on: `.authentication`, `.forbidden`.
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(SentinelError) -> Element? {
      try await mailbox.next(isolation: actor)
    }

    /// The same.
    public mutating func next() async throws(SentinelError) -> Element? {
      try await next(isolation: nil)
    }
  }
}
