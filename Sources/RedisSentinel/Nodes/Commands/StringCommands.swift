public import RESP
public import SentinelModel

/// When a key shall be gone.
public enum Expiry: Hashable, Sendable {
  /// So much later, to the millisecond, rounded up: `EX`, `PX`.
  case after(Duration)
  /// At a moment, by the server's clock, to the millisecond: `PXAT`, from Redis 6.2 on.
  case at(Timestamp)
  /// When it would have been gone before: `KEEPTTL`, from Redis 6 on.
  case unchanged

  var words: Words {
    switch self {
    case .after(let duration):
      if let seconds = duration.wholeSeconds {
        ["EX", seconds]
      } else {
        ["PX", duration.millisecondsRoundedUp]
      }
    case .at(let moment): ["PXAT", moment.milliseconds]
    case .unchanged: ["KEEPTTL"]
    }
  }
}

/// On what a write depends.
public enum WriteCondition: String, Hashable, Sendable {
  /// Only where there is nothing yet.
  case ifAbsent = "NX"
  /// Only where there is something already.
  case ifPresent = "XX"
}

extension RedisCommand {
  /// `GET`: the value of a key; nil where there is none.
  public static func get<Value: RESPDecodable>(
    _ key: some RedisWord, as type: Value.Type = String.self
  ) -> RedisCommand<Value?> {
    .idempotent(["GET", key])
  }

  /// `MGET`: the values of keys, in their order; nil for each that has none.
  public static func mget<Value: RESPDecodable>(
    _ keys: [any RedisWord], as type: Value.Type = String.self
  ) -> RedisCommand<[Value?]> {
    .idempotent(["MGET"] + keys)
  }

  /// `SET … GET`: sets a value and gives the one that it takes the place of; nil where there was
  /// none. From Redis 6.2 on; together with `.ifAbsent` from 7 on.
  public static func setReturningOld<Value: RESPDecodable>(
    _ key: some RedisWord, _ value: some RedisWord, expiring expiry: Expiry? = nil,
    _ condition: WriteCondition? = nil, as type: Value.Type = String.self
  ) -> RedisCommand<Value?> {
    .once(setWords(key, value, expiry, condition) + ["GET"])
  }

  /// `GETDEL`: takes a value out; nil where there is none. From Redis 6.2 on.
  public static func getdel<Value: RESPDecodable>(
    _ key: some RedisWord, as type: Value.Type = String.self
  ) -> RedisCommand<Value?> {
    .once(["GETDEL", key])
  }

  /// `GETEX`: a value, whose key shall be gone at another time from now on; with nil never by itself.
  /// From Redis 6.2 on.
  public static func getex<Value: RESPDecodable>(
    _ key: some RedisWord, expiring expiry: Expiry?, as type: Value.Type = String.self
  ) -> RedisCommand<Value?> {
    let words: Words = expiry == .unchanged ? [] : expiry?.words ?? ["PERSIST"]
    return .idempotent(["GETEX", key] + words)
  }

  /// `GETRANGE`: some bytes of a value; places below zero count from the end, the last one is -1.
  public static func getrange<Value: RESPDecodable>(
    _ key: some RedisWord, from first: Int, through last: Int, as type: Value.Type = String.self
  ) -> RedisCommand<Value> {
    .idempotent(["GETRANGE", key, first, last])
  }
}

extension RedisCommand where Reply == Bool {
  /// `SET`: sets a value; true where it was set, false where the condition isn't met.
  public static func set(
    _ key: some RedisWord, _ value: some RedisWord, expiring expiry: Expiry? = nil,
    _ condition: WriteCondition? = nil
  ) -> Self {
    RedisCommand<Bool?>(
      words: setWords(key, value, expiry, condition), as: Bool?.self,
      isReplayable: condition != .ifAbsent
    )
    .map { $0 ?? false }
  }
}

extension RedisCommand where Reply == Void {
  /// `MSET`: sets the values of keys, all at once.
  public static func mset(_ values: [(key: any RedisWord, value: any RedisWord)]) -> Self {
    .order(["MSET"] + values.flatMap { [$0.key, $0.value] })
  }

  /// `MSET`: sets the values of keys, all at once.
  public static func mset<Key: RedisWord>(_ values: [Key: some RedisWord]) -> Self {
    mset(values.map { ($0.key, $0.value) })
  }
}

extension RedisCommand where Reply == Int {
  /// `INCR`, `INCRBY`: counts up, from nought where there is nothing; the new number.
  public static func incr(_ key: some RedisWord, by step: Int = 1) -> Self {
    .once(step == 1 ? ["INCR", key] : ["INCRBY", key, step])
  }

  /// `DECR`, `DECRBY`: counts down, from nought where there is nothing; the new number.
  public static func decr(_ key: some RedisWord, by step: Int = 1) -> Self {
    .once(step == 1 ? ["DECR", key] : ["DECRBY", key, step])
  }

  /// `APPEND`: writes behind a value; the bytes it has then.
  public static func append(_ key: some RedisWord, _ value: some RedisWord) -> Self {
    .once(["APPEND", key, value])
  }

  /// `SETRANGE`: writes over some bytes of a value; the bytes it has then.
  public static func setrange(
    _ key: some RedisWord, at offset: Int, _ value: some RedisWord
  ) -> Self {
    .idempotent(["SETRANGE", key, offset, value])
  }

  /// `STRLEN`: the bytes of a value; 0 where there is none.
  public static func strlen(_ key: some RedisWord) -> Self {
    .idempotent(["STRLEN", key])
  }
}

extension RedisCommand where Reply == Double {
  /// `INCRBYFLOAT`: adds to a number, to nought where there is nothing; the new number.
  public static func incrbyfloat(_ key: some RedisWord, by step: Double) -> Self {
    .once(["INCRBYFLOAT", key, step])
  }
}

extension RedisExecutor {
  /// `GET`: the value of a key; nil where there is none.
  public func get<Value: RESPDecodable>(
    _ key: some RedisWord, as type: Value.Type = String.self
  ) async throws(SentinelError) -> Value? {
    try await execute(.get(key, as: type))
  }

  /// `SET`: sets a value; true where it was set, false where the condition isn't met.
  @discardableResult
  public func set(
    _ key: some RedisWord, _ value: some RedisWord, expiring expiry: Expiry? = nil,
    _ condition: WriteCondition? = nil
  ) async throws(SentinelError) -> Bool {
    try await execute(.set(key, value, expiring: expiry, condition))
  }

  /// `MGET`: the values of keys, in their order; nil for each that has none.
  public func mget<Value: RESPDecodable>(
    _ keys: [any RedisWord], as type: Value.Type = String.self
  ) async throws(SentinelError) -> [Value?] {
    try await execute(.mget(keys, as: type))
  }

  /// `MSET`: sets the values of keys, all at once.
  public func mset<Key: RedisWord>(_ values: [Key: some RedisWord]) async throws(SentinelError) {
    try await execute(.mset(values))
  }

  /// `GETDEL`: takes a value out; nil where there is none. From Redis 6.2 on.
  public func getdel<Value: RESPDecodable>(
    _ key: some RedisWord, as type: Value.Type = String.self
  ) async throws(SentinelError) -> Value? {
    try await execute(.getdel(key, as: type))
  }

  /// `INCR`, `INCRBY`: counts up, from nought where there is nothing; the new number.
  @discardableResult
  public func incr(_ key: some RedisWord, by step: Int = 1) async throws(SentinelError) -> Int {
    try await execute(.incr(key, by: step))
  }

  /// `DECR`, `DECRBY`: counts down, from nought where there is nothing; the new number.
  @discardableResult
  public func decr(_ key: some RedisWord, by step: Int = 1) async throws(SentinelError) -> Int {
    try await execute(.decr(key, by: step))
  }
}

private func setWords(
  _ key: some RedisWord, _ value: some RedisWord, _ expiry: Expiry?, _ condition: WriteCondition?
) -> Words {
  ["SET", key, value] + (expiry?.words ?? []) + (condition.map { [$0.rawValue] } ?? [])
}
