public import RESP

/// A command, and how its reply is read.
///
/// The everyday ones have a name: `.get("key")`, `.incr("visits", by: 2)`. Any other goes by its words:
/// `RedisCommand("OBJECT", "FREQ", "key", as: Int.self)`.
public struct RedisCommand<Reply: Sendable>: Sendable {
  /// What is sent.
  public var request: RedisRequest
  /// Reads the reply, which is no error reply.
  let read: @Sendable (RESPValue) throws(RESPMismatch) -> Reply

  init(
    request: RedisRequest, read: @escaping @Sendable (RESPValue) throws(RESPMismatch) -> Reply
  ) {
    self.request = request
    self.read = read
  }

  /// The command's name, and its arguments.
  public var words: [RESPBytes] { request.words }

  /// Whether it may be sent again after it isn't known what became of it: `RedisRequest` says when.
  public var isReplayable: Bool { request.isReplayable }

  /// How long it waits at the server; `.zero` is for ever, nil not at all.
  public var blocksFor: Duration? { request.blocksFor }

  /// The same command, which may be sent again although its reply, or even its effect, may then be
  /// another one than that of sending it once.
  public func replayable() -> RedisCommand {
    var command = self
    command.request.isReplayable = true
    return command
  }

  /// The same command, whose reply is turned into something else.
  public func map<Other: Sendable>(
    _ transform: @escaping @Sendable (Reply) throws(RESPMismatch) -> Other
  ) -> RedisCommand<Other> {
    RedisCommand<Other>(request: request) { [read] value throws(RESPMismatch) in
      try transform(try read(value))
    }
  }
}

extension RedisCommand where Reply: RESPDecodable {
  /// Any command by its words, by default one that is never sent twice.
  ///
  /// What changes the connection itself isn't for this: `SUBSCRIBE`, `MONITOR`, `HELLO` are refused
  /// when they are to be sent.
  public init(
    _ words: any RedisWord..., as type: Reply.Type, isReplayable: Bool = false,
    blocksFor: Duration? = nil
  ) {
    self.init(words: words, as: type, isReplayable: isReplayable, blocksFor: blocksFor)
  }

  /// The same, with the words as a list.
  public init(
    words: [any RedisWord], as type: Reply.Type, isReplayable: Bool = false,
    blocksFor: Duration? = nil
  ) {
    self.init(
      request: RedisRequest(
        words: words.map(\.redisWord), isReplayable: isReplayable, blocksFor: blocksFor)
    ) { value throws(RESPMismatch) in try Reply(resp: value) }
  }

  /// One of our own, which reads only, or does the same when it is sent twice.
  static func idempotent(_ words: Words) -> Self {
    RedisCommand(words: words, as: Reply.self, isReplayable: true)
  }

  /// One of our own, which does something each time it is sent.
  static func once(_ words: Words) -> Self {
    RedisCommand(words: words, as: Reply.self)
  }

  /// One of our own that waits at the server, and takes its time-out as the last word.
  static func blocking(_ words: Words, _ timeout: Duration) -> Self {
    RedisCommand(words: words + [timeout.secondsWord], as: Reply.self, blocksFor: timeout)
  }
}

extension RedisCommand where Reply == Void {
  /// A command whose answer is OK, or else an error.
  static func order(_ words: Words, isReplayable: Bool = true) -> Self {
    RedisCommand<RESPValue>(words: words, as: RESPValue.self, isReplayable: isReplayable)
      .map { value throws(RESPMismatch) in
        guard value.bytes == "OK" else { throw RESPMismatch(wanted: "OK", found: value) }
      }
  }
}
