public import RESP

/// Whoever takes commands: a client of a service, a connection that was lent.
///
/// There is one thing to implement; all the rest is built upon it.
public protocol RedisExecutor: Sendable {
  /// Sends requests and gives their replies: as many, in the same order. An error reply is a reply.
  ///
  /// They go over one connection, in one piece, with nobody else's between them.
  ///
  /// - Throws: where there is no reply to each of them.
  func replies(to requests: [RedisRequest]) async throws(SentinelError) -> [RESPValue]

  /// The same, with the node that gave each reply, so that errors can name it. By default no node is
  /// named.
  func nodeReplies(to requests: [RedisRequest]) async throws(SentinelError) -> [NodeReply]
}

extension RedisExecutor {
  /// The replies, with no node named.
  public func nodeReplies(
    to requests: [RedisRequest]
  ) async throws(SentinelError) -> [NodeReply] {
    try await replies(to: requests).map { NodeReply($0) }
  }

  /// Sends a command and gives its reply.
  ///
  /// - Throws: also where the server refuses, and where its reply is of another kind than wanted.
  @discardableResult
  public func execute<Reply>(
    _ command: RedisCommand<Reply>
  ) async throws(SentinelError) -> Reply {
    let replies = try await checkedReplies(to: [command.request])
    return try command.result(of: replies[0]).get()
  }

  /// Sends commands in one go and gives each one's reply, or why it has none.
  ///
  /// Others may come between them at the server: `transaction` is what keeps them out.
  ///
  /// - Throws: where the server couldn't be asked.
  public func pipeline<each Reply>(
    _ commands: repeat RedisCommand<each Reply>
  ) async throws(SentinelError) -> (repeat Result<each Reply, SentinelError>) {
    var requests: [RedisRequest] = []
    repeat requests.append((each commands).request)
    var replies = try await checkedReplies(to: requests)[...]
    return (repeat (each commands).result(of: replies.removeFirst()))
  }

  /// Sends commands of one kind in one go and gives each one's reply, or why it has none.
  ///
  /// - Throws: where the server couldn't be asked.
  public func pipeline<Reply>(
    _ commands: [RedisCommand<Reply>]
  ) async throws(SentinelError) -> [Result<Reply, SentinelError>] {
    let replies = try await checkedReplies(to: commands.map(\.request))
    return zip(commands, replies).map { $0.result(of: $1) }
  }

  /// The replies, certainly as many as the requests, where none of these is one that must not be sent.
  private func checkedReplies(
    to requests: [RedisRequest]
  ) async throws(SentinelError) -> [NodeReply] {
    try checkSendable(requests)
    let replies = requests.isEmpty ? [] : try await nodeReplies(to: requests)
    guard replies.count == requests.count else {
      throw .wrongCount(replies.count, of: "replies", to: "\(requests.count) commands")
    }
    return replies
  }

  func checkSendable(_ requests: [RedisRequest]) throws(SentinelError) {
    for case let reason? in requests.lazy.map(\.refusal) { throw .unsendable(reason) }
  }
}

extension RedisCommand {
  /// What a reply says: an error reply and one of another kind than wanted are failures.
  func result(of reply: NodeReply) -> Result<Reply, SentinelError> {
    result(of: reply.value).mapError { error in
      var error = error
      error.endpoint = error.endpoint ?? reply.endpoint
      return error
    }
  }

  /// The same, where nobody knows whose reply it is.
  func result(of value: RESPValue) -> Result<Reply, SentinelError> {
    // A reply that is wanted as it is may still be an error reply, which says no.
    if let text = value.errorText {
      return .failure(SentinelError(ServerError(text: text), endpoint: nil))
    }
    do throws(RESPMismatch) {
      return .success(try read(value))
    } catch {
      return .failure(.unexpectedReply(error, to: request))
    }
  }
}
