public import RESP

// Subscriptions: of the master's client on the master, of a replica's client on a replica, to which
// all that is published on the master comes too.
extension RedisClient {
  /// Subscribes to channels, and lends their messages once the server has confirmed all of them; who
  /// publishes within the body is heard. Unsubscribes when the body is done.
  ///
  /// All subscriptions of a client share one connection beside those of the pool, which follows the
  /// service wherever it goes: see `Subscription`.
  ///
  /// - Throws: what the body throws; `.forbidden` where the user may not hear one of the channels; why
  ///   there is no connection, after as many attempts as the retry policy says.
  public func subscribe<Result>(
    to channels: any RedisWord..., buffer: Int = 1_024,
    _ body: (Subscription) async throws -> Result
  ) async throws -> Result {
    try await subscribe(to: channels.map(\.redisWord), buffer: buffer, body)
  }

  /// The same, with the channels in a list.
  public func subscribe<Result>(
    to channels: [RESPBytes], buffer: Int = 1_024,
    _ body: (Subscription) async throws -> Result
  ) async throws -> Result {
    try await hub.subscribe(.init(.channel, channels), buffer: buffer, body)
  }

  /// Subscribes to all channels that match one of the patterns; everything else as with `subscribe`.
  /// A channel that matches two of them is heard twice.
  public func psubscribe<Result>(
    to patterns: any RedisWord..., buffer: Int = 1_024,
    _ body: (Subscription) async throws -> Result
  ) async throws -> Result {
    try await hub.subscribe(
      .init(.pattern, patterns.map(\.redisWord)), buffer: buffer, body)
  }

  /// Subscribes to shard channels, which servers have from 7.0 on; everything else as with `subscribe`.
  public func ssubscribe<Result>(
    to channels: any RedisWord..., buffer: Int = 1_024,
    _ body: (Subscription) async throws -> Result
  ) async throws -> Result {
    try await hub.subscribe(
      .init(.shardChannel, channels.map(\.redisWord)), buffer: buffer, body)
  }
}
