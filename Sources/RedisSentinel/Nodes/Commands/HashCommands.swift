public import RESP

extension RedisCommand {
  /// `HGET`: the value of a field; nil where there is none.
  public static func hget<Value: RESPDecodable>(
    _ key: some RedisWord, _ field: some RedisWord, as type: Value.Type = String.self
  ) -> RedisCommand<Value?> {
    .idempotent(["HGET", key, field])
  }

  /// `HMGET`: the values of fields, in their order; nil for each that has none.
  public static func hmget<Value: RESPDecodable>(
    _ key: some RedisWord, _ fields: [any RedisWord], as type: Value.Type = String.self
  ) -> RedisCommand<[Value?]> {
    .idempotent(["HMGET", key] + fields)
  }

  /// `HGETALL`: all fields and their values; empty where there is no such key. For names or values
  /// of another type: `as: [RESPBytes: Int].self`.
  public static func hgetall<Fields: RESPDecodable>(
    _ key: some RedisWord, as type: Fields.Type = [String: String].self
  ) -> RedisCommand<Fields> {
    .idempotent(["HGETALL", key])
  }

  /// `HKEYS`: the names of all fields.
  public static func hkeys<Field: RESPDecodable>(
    _ key: some RedisWord, as type: Field.Type = String.self
  ) -> RedisCommand<[Field]> {
    .idempotent(["HKEYS", key])
  }

  /// `HVALS`: the values of all fields.
  public static func hvals<Value: RESPDecodable>(
    _ key: some RedisWord, as type: Value.Type = String.self
  ) -> RedisCommand<[Value]> {
    .idempotent(["HVALS", key])
  }
}

extension RedisCommand where Reply == Int {
  /// `HSET`: sets a field; 1 where it is new, else 0.
  public static func hset(
    _ key: some RedisWord, _ field: some RedisWord, _ value: some RedisWord
  ) -> Self {
    .once(["HSET", key, field, value])
  }

  /// `HSET`: sets fields; how many of them are new.
  public static func hset(
    _ key: some RedisWord, _ fields: [(field: any RedisWord, value: any RedisWord)]
  ) -> Self {
    .once(["HSET", key] + fields.flatMap { [$0.field, $0.value] })
  }

  /// `HSET`: sets fields; how many of them are new.
  public static func hset<Field: RedisWord>(
    _ key: some RedisWord, _ fields: [Field: some RedisWord]
  ) -> Self {
    hset(key, fields.map { ($0.key, $0.value) })
  }

  /// `HDEL`: deletes fields; how many there were.
  public static func hdel(_ key: some RedisWord, _ fields: any RedisWord...) -> Self {
    hdel(key, fields)
  }

  /// `HDEL`: deletes fields; how many there were.
  public static func hdel(_ key: some RedisWord, _ fields: [any RedisWord]) -> Self {
    .once(["HDEL", key] + fields)
  }

  /// `HLEN`: how many fields there are.
  public static func hlen(_ key: some RedisWord) -> Self { .idempotent(["HLEN", key]) }

  /// `HSTRLEN`: the bytes of a field's value; 0 where there is none.
  public static func hstrlen(_ key: some RedisWord, _ field: some RedisWord) -> Self {
    .idempotent(["HSTRLEN", key, field])
  }

  /// `HINCRBY`: counts a field up, from nought where there is nothing; the new number.
  public static func hincrby(
    _ key: some RedisWord, _ field: some RedisWord, by step: Int
  ) -> Self {
    .once(["HINCRBY", key, field, step])
  }
}

extension RedisCommand where Reply == Double {
  /// `HINCRBYFLOAT`: adds to a field's number, to nought where there is nothing; the new number.
  public static func hincrbyfloat(
    _ key: some RedisWord, _ field: some RedisWord, by step: Double
  ) -> Self {
    .once(["HINCRBYFLOAT", key, field, step])
  }
}

extension RedisCommand where Reply == Bool {
  /// `HSETNX`: sets a field that isn't there yet; false where it is.
  public static func hsetnx(
    _ key: some RedisWord, _ field: some RedisWord, _ value: some RedisWord
  ) -> Self {
    .once(["HSETNX", key, field, value])
  }

  /// `HEXISTS`: whether there is such a field.
  public static func hexists(_ key: some RedisWord, _ field: some RedisWord) -> Self {
    .idempotent(["HEXISTS", key, field])
  }
}

extension RedisExecutor {
  /// `HGET`: the value of a field; nil where there is none.
  public func hget<Value: RESPDecodable>(
    _ key: some RedisWord, _ field: some RedisWord, as type: Value.Type = String.self
  ) async throws(SentinelError) -> Value? {
    try await execute(.hget(key, field, as: type))
  }

  /// `HMGET`: the values of fields, in their order; nil for each that has none.
  public func hmget<Value: RESPDecodable>(
    _ key: some RedisWord, _ fields: [any RedisWord], as type: Value.Type = String.self
  ) async throws(SentinelError) -> [Value?] {
    try await execute(.hmget(key, fields, as: type))
  }

  /// `HGETALL`: all fields and their values; empty where there is no such key. For names or values
  /// of another type: `as: [RESPBytes: Int].self`.
  public func hgetall<Fields: RESPDecodable>(
    _ key: some RedisWord, as type: Fields.Type = [String: String].self
  ) async throws(SentinelError) -> Fields {
    try await execute(.hgetall(key, as: type))
  }

  /// `HSET`: sets a field; 1 where it is new, else 0.
  @discardableResult
  public func hset(
    _ key: some RedisWord, _ field: some RedisWord, _ value: some RedisWord
  ) async throws(SentinelError) -> Int {
    try await execute(.hset(key, field, value))
  }

  /// `HSET`: sets fields; how many of them are new.
  @discardableResult
  public func hset<Field: RedisWord>(
    _ key: some RedisWord, _ fields: [Field: some RedisWord]
  ) async throws(SentinelError) -> Int {
    try await execute(.hset(key, fields))
  }

  /// `HDEL`: deletes fields; how many there were.
  @discardableResult
  public func hdel(
    _ key: some RedisWord, _ fields: any RedisWord...
  ) async throws(SentinelError) -> Int {
    try await execute(.hdel(key, fields))
  }

  /// `HINCRBY`: counts a field up, from nought where there is nothing; the new number.
  @discardableResult
  public func hincrby(
    _ key: some RedisWord, _ field: some RedisWord, by step: Int
  ) async throws(SentinelError) -> Int {
    try await execute(.hincrby(key, field, by: step))
  }

  /// `HEXISTS`: whether there is such a field.
  public func hexists(
    _ key: some RedisWord, _ field: some RedisWord
  ) async throws(SentinelError) -> Bool {
    try await execute(.hexists(key, field))
  }
}
