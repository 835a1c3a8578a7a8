import SentinelModel

/// What a service consists of, first as it is and then after each change, for as long as
/// `SentinelClient.run()` listens.
///
/// For one reader. Each element is whole, so that who reads slowly gets the latest only. The first one
/// comes as soon as a Sentinel has told of the service. The end of the iteration is the end of the
/// stream.
public struct TopologyStream: AsyncSequence, Sendable {
  /// A service at one moment.
  public typealias Element = ServiceTopology

  let mailbox: Mailbox<Element>

  /// The iterator; its end releases what the stream keeps.
  public func makeAsyncIterator() -> Iterator { Iterator(lease: MailboxLease(mailbox)) }

  /// Reads the snapshots one after the other.
  public struct Iterator: AsyncIteratorProtocol {
    let lease: MailboxLease<Element>

    /// The next snapshot; nil when the task is cancelled or the client shut down.
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async -> Element? {
      await lease.next(isolation: actor)
    }

    /// The same.
    public mutating func next() async -> Element? { await next(isolation: nil) }
  }
}
