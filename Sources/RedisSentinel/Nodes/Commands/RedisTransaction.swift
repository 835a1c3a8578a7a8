import RESP
import SentinelModel

/// Commands that the server carries out together, with nobody else's between them: MULTI … EXEC.
///
/// What is refused while they are queued keeps all of them from being carried out. One that fails while
/// they are carried out fails alone: nothing is taken back.
public struct RedisTransaction: Sendable {
  private(set) var commands: [RedisRequest] = []

  /// A transaction without commands.
  public init() {}

  /// Adds a command.
  ///
  /// - Returns: what finds its reply among the replies.
  @discardableResult
  public mutating func queue<Reply>(_ command: RedisCommand<Reply>) -> Queued<Reply> {
    var request = command.request
    // Within a transaction nothing waits: BLPOP of an empty list answers nil at once.
    request.blocksFor = nil
    commands.append(request)
    return Queued(index: commands.count - 1, command: command)
  }

  /// A command's place in its transaction.
  public struct Queued<Reply: Sendable>: Sendable {
    let index: Int
    let command: RedisCommand<Reply>
  }

  /// What the commands of a transaction that was carried out have answered.
  public struct Replies: Sendable {
    let values: [RESPValue]
    /// Who carried them out.
    let endpoint: NodeAddress?

    /// The reply to one of the commands, or why it has none.
    public func result<Reply>(of queued: Queued<Reply>) -> Result<Reply, SentinelError> {
      guard values.indices.contains(queued.index) else {
        return .failure(
          SentinelError(.invalidConfiguration, "the command belongs to another transaction"))
      }
      return queued.command.result(of: NodeReply(values[queued.index], from: endpoint))
    }

    /// The reply to one of the commands.
    ///
    /// - Throws: where the command failed; the others may have been carried out all the same.
    public func reply<Reply>(to queued: Queued<Reply>) throws(SentinelError) -> Reply {
      try result(of: queued).get()
    }
  }
}

/// How a transaction ended.
public enum TransactionOutcome<Value: Sendable>: Sendable {
  /// It was carried out.
  case executed(Value)
  /// Nothing was done, since a key that had been watched was changed. Look again, and try again.
  case invalidated

  /// The replies.
  ///
  /// - Throws: where nothing was done. Without `WATCH` that can't be.
  public func get() throws(SentinelError) -> Value {
    switch self {
    case .executed(let value): return value
    case .invalidated: throw .transactionInvalidated
    }
  }

  func map<Other: Sendable>(_ transform: (Value) -> Other) -> TransactionOutcome<Other> {
    switch self {
    case .executed(let value): .executed(transform(value))
    case .invalidated: .invalidated
    }
  }
}

extension TransactionOutcome: Equatable where Value: Equatable {}
extension TransactionOutcome: Hashable where Value: Hashable {}

extension RedisTransaction {
  /// All that is sent, from MULTI to EXEC.
  ///
  /// None of it may be sent again after it isn't known what became of it: in what `GET` then reads,
  /// the `SET` behind it has been carried out already.
  var requests: [RedisRequest] {
    let frame = [RedisRequest(words: ["MULTI"]), RedisRequest(words: ["EXEC"])]
    var requests = [frame[0]] + commands + [frame[1]]
    for index in requests.indices { requests[index].isReplayable = false }
    return requests
  }

  /// Reads the replies to all that is sent.
  func outcome(
    of replies: [NodeReply]
  ) throws(SentinelError) -> TransactionOutcome<Replies> {
    let endpoint = replies.last?.endpoint
    do throws(SentinelError) {
      return try outcome(of: replies.map(\.value), from: endpoint)
    } catch {
      var error = error
      error.endpoint = error.endpoint ?? endpoint
      throw error
    }
  }

  private func outcome(
    of replies: [RESPValue], from endpoint: NodeAddress?
  ) throws(SentinelError) -> TransactionOutcome<Replies> {
    guard let begun = replies.first, let ended = replies.last, replies.count == commands.count + 2
    else {
      throw .wrongCount(replies.count, of: "replies", to: "\(commands.count + 2) commands")
    }
    if let text = begun.errorText {
      var error = SentinelError(ServerError(text: text), endpoint: nil)
      // What came after a MULTI that was refused was carried out at once.
      error.mayHaveExecuted = replies.dropFirst().dropLast().contains { $0.errorText == nil }
      throw error
    }
    if let text = ended.errorText {
      throw aborted(by: ServerError(text: text), queueing: replies.dropFirst().dropLast())
    }
    if ended == .null { return .invalidated }
    let values: [RESPValue]
    do throws(RESPMismatch) {
      values = try [RESPValue](resp: ended)
    } catch {
      throw .unexpectedReply(error, to: RedisRequest(words: ["EXEC"]))
    }
    guard values.count == commands.count else {
      throw .wrongCount(
        values.count, of: "replies", to: "a transaction of \(commands.count) commands")
    }
    return .executed(Replies(values: values, endpoint: endpoint))
  }

  private func aborted(
    by error: ServerError, queueing replies: ArraySlice<RESPValue>
  ) -> SentinelError {
    guard error.prefix == "EXECABORT" else { return SentinelError(error, endpoint: nil) }
    var causes = replies.compactMap(\.errorText)
    // Where it is EXEC itself that finds a reason, it quotes it.
    if causes.isEmpty, let quoted = error.message.split(separator: "because of: ").last,
      quoted.count < error.message.count
    {
      causes = [String(quoted)]
    }
    return .transactionAborted(
      error, causes: causes.map { SentinelError(ServerError(text: $0), endpoint: nil) })
  }
}

extension RedisExecutor {
  /// Carries out a transaction.
  ///
  /// - Throws: where nothing was done since a command was refused: `underlying` tells which and why;
  ///   and where the server couldn't be asked.
  public func execute(
    _ transaction: RedisTransaction
  ) async throws(SentinelError) -> TransactionOutcome<RedisTransaction.Replies> {
    try checkSendable(transaction.commands)
    return try transaction.outcome(of: try await nodeReplies(to: transaction.requests))
  }

  /// Carries out commands as one transaction and gives each one's reply, or why it has none.
  ///
  /// - Throws: where nothing was done since a command was refused: `underlying` tells which and why;
  ///   and where the server couldn't be asked.
  public func transaction<each Reply>(
    _ commands: repeat RedisCommand<each Reply>
  ) async throws(SentinelError) -> TransactionOutcome<(repeat Result<each Reply, SentinelError>)> {
    var transaction = RedisTransaction()
    let queued = (repeat transaction.queue(each commands))
    return try await execute(transaction).map { replies in
      (repeat replies.result(of: each queued))
    }
  }
}

extension RedisCommand where Reply == Void {
  /// `WATCH`: makes the next transaction on the same connection depend on these keys: it isn't carried
  /// out if somebody changes one of them before.
  public static func watch(_ keys: any RedisWord...) -> Self {
    .order(["WATCH"] + keys, isReplayable: false)
  }

  /// `UNWATCH`: gives up what was watched on this connection.
  public static var unwatch: Self { .order(["UNWATCH"], isReplayable: false) }
}
