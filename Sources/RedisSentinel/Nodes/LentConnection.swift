public import RESP
public import SentinelModel

/// One connection that a client lent: what is bound to a connection is done here.
///
/// Good only within the closure it was lent to. When the service moves meanwhile it fails with
/// `.connectionRetired`: nothing is carried over to another node in silence.
public struct LentConnection: RedisExecutor {
  let connection: NodeConnection
  let service: ServiceName
  let role: NodeRole

  /// The node it leads to.
  public var endpoint: NodeAddress { connection.endpoint }

  /// Sends requests in one go, once, and gives their replies.
  ///
  /// - Throws: why there is no reply; nothing is ever sent again.
  public func replies(
    to requests: [RedisRequest]
  ) async throws(SentinelError) -> [RESPValue] {
    try await connection.send(requests)
  }

  /// The same, with the node's name.
  public func nodeReplies(
    to requests: [RedisRequest]
  ) async throws(SentinelError) -> [NodeReply] {
    try await connection.send(requests).map { NodeReply($0, from: connection.endpoint) }
  }
}

extension LentConnection: CustomStringConvertible {
  /// Whose it is and where it leads: `master of mymaster at 10.0.0.1:6379`. Never a secret.
  public var description: String {
    "\(connection.isStandIn ? NodeRole.master : role) of \(service) at \(endpoint)"
  }
}

extension RedisClient {
  /// Lends a connection for the body alone, for what is bound to one: WATCH with MULTI and EXEC, a
  /// SCAN, client settings.
  ///
  /// - Throws: what the body throws, or why there is no connection.
  public func withConnection<Result>(
    _ body: (LentConnection) async throws(SentinelError) -> Result
  ) async throws(SentinelError) -> Result {
    try await pool.withConnection { connection throws(SentinelError) in
      try await body(LentConnection(connection: connection, service: service, role: role))
    }
  }
}
