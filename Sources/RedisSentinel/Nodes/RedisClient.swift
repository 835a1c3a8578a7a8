public import RESP
public import SentinelModel

/// A service's master, or its replicas, wherever they are: follows every switch.
///
/// Made by `SentinelClient`; opens nothing until the first command. Plain commands of all callers share
/// one conversation.
public final class RedisClient: RedisExecutor {
  /// The service.
  public let service: ServiceName
  /// Whom it talks to: the master, or replicas.
  public let role: NodeRole
  package let pool: NodePool
  package let hub: SubscriptionHub
  private let retry: RetryPolicy
  private let ledger: Ledger?

  init(
    _ service: ServiceName, role: NodeRole, pool: NodePool, hub: SubscriptionHub,
    retry: RetryPolicy, ledger: Ledger? = nil
  ) {
    self.service = service
    self.role = role
    self.pool = pool
    self.hub = hub
    self.retry = retry
    self.ledger = ledger
  }

  /// The replies to commands that are sent in one go, in order. Error replies are replies, but for
  /// those that prove that nothing was done: these commands are sent again, as the policy says, to
  /// wherever the service is then.
  ///
  /// - Throws: why there is no reply; with `mayHaveExecuted` where the bytes had left.
  public func replies(
    to requests: [RedisRequest]
  ) async throws(SentinelError) -> [RESPValue] {
    try await nodeReplies(to: requests).map(\.value)
  }

  /// The same, with the node that gave each reply.
  public func nodeReplies(
    to requests: [RedisRequest]
  ) async throws(SentinelError) -> [NodeReply] {
    guard !requests.isEmpty else { return [] }
    var retrying = Retrying(retry)
    var replies = [NodeReply?](repeating: nil, count: requests.count)
    while true {
      let open = replies.indices.filter { replies[$0] == nil }
      switch await attempt(open.map { requests[$0] }) {
      case .failure(let failure):
        try await retrying.pause(
          after: failure.about(service),
          isReplayable: open.allSatisfy { requests[$0].isReplayable }
        ) { (pause) throws(SentinelError) in try await pool.waitForMove(atMost: pause) }
        ledger?.replays(service, role, after: failure)
      case .success(let (values, connection)):
        let answers = values.map { NodeReply($0, from: connection.endpoint) }
        guard let (first, refusal) = firstRefusal(in: answers, to: open.map { requests[$0] }) else {
          if answers.count == requests.count { return answers }
          for (index, answer) in zip(open, answers) { replies[index] = answer }
          return replies.compactMap(\.self)
        }
        // What comes behind a refusal is sent again with it, so that the order stays; a transaction
        // goes again whole.
        let isTransaction = requests.contains { $0.name == "MULTI" }
        for (position, (index, answer)) in zip(open, answers).enumerated() {
          let isDone = position < first || !requests[index].isReplayable
          if !isTransaction, isDone, self.refusal(in: answer, to: requests[index]) == nil {
            replies[index] = answer
          }
        }
        var isNews = true
        if refusal.serverError?.provesNothingHappened == true {
          isNews = await pool.retire(since: connection)
        }
        do throws(SentinelError) {
          try await retrying.pause(after: refusal, isReplayable: true, isNews: isNews) {
            (pause) throws(SentinelError) in try await pool.waitForMove(atMost: pause)
          }
          ledger?.replays(service, role, after: refusal)
        } catch let error where error.code != .cancelled {
          // No other attempt: then the refusals are the answers.
          for (index, answer) in zip(open, answers) { replies[index] = answer }
          return replies.compactMap(\.self)
        } catch {
          throw error
        }
      }
    }
  }

  /// Closes all connections and ends all subscriptions. Later calls fail with `.clientShutDown`.
  public func shutdown() async {
    await pool.shutDown()
  }

  private func attempt(
    _ requests: [RedisRequest]
  ) async -> Result<(replies: [RESPValue], from: NodeConnection), SentinelError> {
    do throws(SentinelError) {
      guard requests.allSatisfy({ $0.blocksFor == nil && !$0.changesConnection }) else {
        // Others would wait behind it, or find another database.
        return .success(
          try await pool.withConnection { connection throws(SentinelError) in
            (try await connection.send(requests), connection)
          })
      }
      return .success(
        try await pool.withConversation { connection throws(SentinelError) in
          (try await connection.send(requests), connection)
        })
    } catch {
      return .failure(error)
    }
  }

  /// The first reply after which it is tried again, and why.
  private func firstRefusal(
    in replies: [NodeReply], to requests: [RedisRequest]
  ) -> (index: Int, SentinelError)? {
    for (index, (reply, request)) in zip(replies, requests).enumerated() {
      if let refusal = refusal(in: reply, to: request) { return (index, refusal) }
    }
    return nil
  }

  /// The refusal in a reply, where it proves that this node is not the right one now, or the policy
  /// names it. On a replica READONLY is as it should be.
  private func refusal(in reply: NodeReply, to request: RedisRequest) -> SentinelError? {
    guard let text = reply.value.errorText else { return nil }
    let error = ServerError(text: text)
    let isAdditional = request.isReplayable && retry.additionalCodes.contains(error.prefix)
    let isRefusal = error.provesNothingHappened && (role == .master || !error.isReadOnly)
    guard isRefusal || isAdditional else { return nil }
    return SentinelError(error, endpoint: reply.endpoint).about(service)
  }
}
