public import RESP

/// An end of a list.
public enum ListEnd: String, Hashable, Sendable {
  /// The front, where `LPUSH` and `LPOP` work.
  case left = "LEFT"
  /// The back, where `RPUSH` and `RPOP` work.
  case right = "RIGHT"
}

extension RedisCommand where Reply == Int {
  /// `LPUSH`: puts values before a list, the last one first of all; the list's length then.
  public static func lpush(_ key: some RedisWord, _ values: any RedisWord...) -> Self {
    lpush(key, values)
  }

  /// `LPUSH`: puts values before a list, the last one first of all; the list's length then.
  public static func lpush(_ key: some RedisWord, _ values: [any RedisWord]) -> Self {
    .once(["LPUSH", key] + values)
  }

  /// `RPUSH`: puts values behind a list; the list's length then.
  public static func rpush(_ key: some RedisWord, _ values: any RedisWord...) -> Self {
    rpush(key, values)
  }

  /// `RPUSH`: puts values behind a list; the list's length then.
  public static func rpush(_ key: some RedisWord, _ values: [any RedisWord]) -> Self {
    .once(["RPUSH", key] + values)
  }

  /// `LLEN`: a list's length; 0 where there is none.
  public static func llen(_ key: some RedisWord) -> Self { .idempotent(["LLEN", key]) }

  /// `LREM`: removes values that are equal: as many from the front, from the back where the count is
  /// below zero, all where it is 0; how many there were.
  public static func lrem(
    _ key: some RedisWord, count: Int = 0, _ value: some RedisWord
  ) -> Self {
    .once(["LREM", key, count, value])
  }

  /// `LINSERT … BEFORE`: puts a value before another; the list's length then, -1 where the other isn't
  /// there, 0 where there is no list.
  public static func linsert(
    _ key: some RedisWord, _ value: some RedisWord, before other: some RedisWord
  ) -> Self {
    .once(["LINSERT", key, "BEFORE", other, value])
  }

  /// `LINSERT … AFTER`: puts a value behind another; the list's length then, -1 where the other isn't
  /// there, 0 where there is no list.
  public static func linsert(
    _ key: some RedisWord, _ value: some RedisWord, after other: some RedisWord
  ) -> Self {
    .once(["LINSERT", key, "AFTER", other, value])
  }
}

extension RedisCommand where Reply == Void {
  /// `LSET`: sets the value at a place; places below zero count from the end. Fails where there is
  /// none.
  public static func lset(_ key: some RedisWord, at index: Int, _ value: some RedisWord) -> Self {
    .order(["LSET", key, index, value])
  }

  /// `LTRIM`: keeps only a part of a list; places below zero count from the end.
  public static func ltrim(_ key: some RedisWord, from first: Int, through last: Int) -> Self {
    .order(["LTRIM", key, first, last], isReplayable: false)
  }
}

extension RedisCommand {
  /// `LRANGE`: a part of a list, by default all; places below zero count from the end.
  public static func lrange<Value: RESPDecodable>(
    _ key: some RedisWord, from first: Int = 0, through last: Int = -1,
    as type: Value.Type = String.self
  ) -> RedisCommand<[Value]> {
    .idempotent(["LRANGE", key, first, last])
  }

  /// `LINDEX`: the value at a place, nil where there is none; places below zero count from the end.
  public static func lindex<Value: RESPDecodable>(
    _ key: some RedisWord, at index: Int, as type: Value.Type = String.self
  ) -> RedisCommand<Value?> {
    .idempotent(["LINDEX", key, index])
  }

  /// `LPOP`: takes the first value; nil where there is none.
  public static func lpop<Value: RESPDecodable>(
    _ key: some RedisWord, as type: Value.Type = String.self
  ) -> RedisCommand<Value?> {
    .once(["LPOP", key])
  }

  /// `LPOP`: takes the first values, at most so many. From Redis 6.2 on.
  public static func lpop<Value: RESPDecodable>(
    _ key: some RedisWord, count: Int, as type: Value.Type = String.self
  ) -> RedisCommand<[Value]> {
    RedisCommand<[Value]?>.once(["LPOP", key, count]).map { $0 ?? [] }
  }

  /// `RPOP`: takes the last value; nil where there is none.
  public static func rpop<Value: RESPDecodable>(
    _ key: some RedisWord, as type: Value.Type = String.self
  ) -> RedisCommand<Value?> {
    .once(["RPOP", key])
  }

  /// `RPOP`: takes the last values, at most so many. From Redis 6.2 on.
  public static func rpop<Value: RESPDecodable>(
    _ key: some RedisWord, count: Int, as type: Value.Type = String.self
  ) -> RedisCommand<[Value]> {
    RedisCommand<[Value]?>.once(["RPOP", key, count]).map { $0 ?? [] }
  }

  /// `LMOVE`: moves a value from an end of a list to an end of another; nil where there is none.
  /// From Redis 6.2 on.
  public static func lmove<Value: RESPDecodable>(
    _ key: some RedisWord, _ end: ListEnd, to other: some RedisWord, _ otherEnd: ListEnd,
    as type: Value.Type = String.self
  ) -> RedisCommand<Value?> {
    .once(["LMOVE", key, other, end.rawValue, otherEnd.rawValue])
  }

  /// `BLPOP`: takes the first value of the first of the lists that has one, and waits for one as long
  /// as the time-out says: `.zero` is for ever; fractions of a second from Redis 6 on. The list's key
  /// and the value; nil where none came in time.
  public static func blpop<Value: RESPDecodable>(
    _ keys: any RedisWord..., timeout: Duration, as type: Value.Type = String.self
  ) -> RedisCommand<RESPPair<RESPBytes, Value>?> {
    .blocking(["BLPOP"] + keys, timeout)
  }

  /// `BRPOP`: the same with the last value.
  public static func brpop<Value: RESPDecodable>(
    _ keys: any RedisWord..., timeout: Duration, as type: Value.Type = String.self
  ) -> RedisCommand<RESPPair<RESPBytes, Value>?> {
    .blocking(["BRPOP"] + keys, timeout)
  }

  /// `BLMOVE`: moves a value from an end of a list to an end of another, and waits for one as long as
  /// the time-out says: `.zero` is for ever. Nil where none came in time. From Redis 6.2 on.
  public static func blmove<Value: RESPDecodable>(
    _ key: some RedisWord, _ end: ListEnd, to other: some RedisWord, _ otherEnd: ListEnd,
    timeout: Duration, as type: Value.Type = String.self
  ) -> RedisCommand<Value?> {
    .blocking(["BLMOVE", key, other, end.rawValue, otherEnd.rawValue], timeout)
  }
}

extension RedisExecutor {
  /// `LPUSH`: puts values before a list, the last one first of all; the list's length then.
  @discardableResult
  public func lpush(
    _ key: some RedisWord, _ values: any RedisWord...
  ) async throws(SentinelError) -> Int {
    try await execute(.lpush(key, values))
  }

  /// `RPUSH`: puts values behind a list; the list's length then.
  @discardableResult
  public func rpush(
    _ key: some RedisWord, _ values: any RedisWord...
  ) async throws(SentinelError) -> Int {
    try await execute(.rpush(key, values))
  }

  /// `LPOP`: takes the first value; nil where there is none.
  public func lpop<Value: RESPDecodable>(
    _ key: some RedisWord, as type: Value.Type = String.self
  ) async throws(SentinelError) -> Value? {
    try await execute(.lpop(key, as: type))
  }

  /// `RPOP`: takes the last value; nil where there is none.
  public func rpop<Value: RESPDecodable>(
    _ key: some RedisWord, as type: Value.Type = String.self
  ) async throws(SentinelError) -> Value? {
    try await execute(.rpop(key, as: type))
  }

  /// `LRANGE`: a part of a list, by default all; places below zero count from the end.
  public func lrange<Value: RESPDecodable>(
    _ key: some RedisWord, from first: Int = 0, through last: Int = -1,
    as type: Value.Type = String.self
  ) async throws(SentinelError) -> [Value] {
    try await execute(.lrange(key, from: first, through: last, as: type))
  }

  /// `LLEN`: a list's length; 0 where there is none.
  public func llen(_ key: some RedisWord) async throws(SentinelError) -> Int {
    try await execute(.llen(key))
  }

  /// `BLPOP`: takes the first value of a list, and waits for one as long as the time-out says: `.zero`
  /// is for ever. Nil where none came in time.
  public func blpop<Value: RESPDecodable>(
    _ key: some RedisWord, timeout: Duration, as type: Value.Type = String.self
  ) async throws(SentinelError) -> Value? {
    try await execute(.blpop(key, timeout: timeout, as: type))?.second
  }

  /// `BRPOP`: takes the last value of a list, and waits for one as long as the time-out says: `.zero`
  /// is for ever. Nil where none came in time.
  public func brpop<Value: RESPDecodable>(
    _ key: some RedisWord, timeout: Duration, as type: Value.Type = String.self
  ) async throws(SentinelError) -> Value? {
    try await execute(.brpop(key, timeout: timeout, as: type))?.second
  }
}
