public import RESP

extension RedisCommand {
  /// `EVAL`: runs a script on the server. It is never sent twice, unless you say that it may be.
  public static func eval<Value: RESPDecodable>(
    _ script: some RedisWord, keys: [any RedisWord] = [], arguments: [any RedisWord] = [],
    as type: Value.Type, isReplayable: Bool = false
  ) -> RedisCommand<Value> {
    RedisCommand<Value>(
      words: ["EVAL", script, keys.count] + keys + arguments, as: type, isReplayable: isReplayable)
  }

  /// `EVALSHA`: runs a script that the server knows, by its SHA-1; fails with `NOSCRIPT` where it
  /// doesn't know it, as after a failover. It is never sent twice, unless you say that it may be.
  public static func evalsha<Value: RESPDecodable>(
    _ digest: some RedisWord, keys: [any RedisWord] = [], arguments: [any RedisWord] = [],
    as type: Value.Type, isReplayable: Bool = false
  ) -> RedisCommand<Value> {
    RedisCommand<Value>(
      words: ["EVALSHA", digest, keys.count] + keys + arguments, as: type,
      isReplayable: isReplayable)
  }

  /// `EVAL_RO`: runs a script that only reads, on a replica too. From Redis 7 on.
  public static func evalReadOnly<Value: RESPDecodable>(
    _ script: some RedisWord, keys: [any RedisWord] = [], arguments: [any RedisWord] = [],
    as type: Value.Type
  ) -> RedisCommand<Value> {
    .idempotent(["EVAL_RO", script, keys.count] + keys + arguments)
  }

  /// `EVALSHA_RO`: runs a script that the server knows and that only reads, on a replica too. From
  /// Redis 7 on.
  public static func evalshaReadOnly<Value: RESPDecodable>(
    _ digest: some RedisWord, keys: [any RedisWord] = [], arguments: [any RedisWord] = [],
    as type: Value.Type
  ) -> RedisCommand<Value> {
    .idempotent(["EVALSHA_RO", digest, keys.count] + keys + arguments)
  }
}

extension RedisCommand where Reply == String {
  /// `SCRIPT LOAD`: makes a script known to one server; its SHA-1.
  public static func scriptLoad(_ script: some RedisWord) -> Self {
    .idempotent(["SCRIPT", "LOAD", script])
  }
}

extension RedisCommand where Reply == [Bool] {
  /// `SCRIPT EXISTS`: for each SHA-1, whether the server knows its script.
  public static func scriptExists(_ digests: [any RedisWord]) -> Self {
    .idempotent(["SCRIPT", "EXISTS"] + digests)
  }
}

extension RedisCommand where Reply == Void {
  /// `SCRIPT FLUSH`: makes the server forget all scripts.
  public static var scriptFlush: Self { .order(["SCRIPT", "FLUSH"]) }
}

extension RedisExecutor {
  /// `EVAL`: runs a script on the server. It is never sent twice.
  public func eval<Value: RESPDecodable>(
    _ script: some RedisWord, keys: [any RedisWord] = [], arguments: [any RedisWord] = [],
    as type: Value.Type
  ) async throws(SentinelError) -> Value {
    try await execute(.eval(script, keys: keys, arguments: arguments, as: type))
  }

  /// `EVALSHA`: runs a script that the server knows, by its SHA-1; fails with `NOSCRIPT` where it
  /// doesn't know it, as after a failover. It is never sent twice.
  public func evalsha<Value: RESPDecodable>(
    _ digest: some RedisWord, keys: [any RedisWord] = [], arguments: [any RedisWord] = [],
    as type: Value.Type
  ) async throws(SentinelError) -> Value {
    try await execute(.evalsha(digest, keys: keys, arguments: arguments, as: type))
  }

  /// `SCRIPT LOAD`: makes a script known to one server; its SHA-1.
  public func scriptLoad(_ script: some RedisWord) async throws(SentinelError) -> String {
    try await execute(.scriptLoad(script))
  }
}
