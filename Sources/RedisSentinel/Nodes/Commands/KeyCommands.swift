public import RESP
public import SentinelModel

/// How long a key will be there.
public enum KeyLifetime: Hashable, Sendable {
  /// There is no such key.
  case missing
  /// It won't go by itself.
  case unlimited
  /// It will be gone after that.
  case remaining(Duration)

  init(_ number: Int64, _ unit: (Int64) -> Duration) throws(RESPMismatch) {
    switch number {
    case -2: self = .missing
    case -1: self = .unlimited
    case 0...: self = .remaining(unit(number))
    default: throw RESPMismatch(wanted: "a time to live", found: "\(number)")
    }
  }
}

/// On what it depends whether a key gets another time to live; from Redis 7 on.
public enum ExpiryCondition: String, Hashable, Sendable {
  /// Only where it has none.
  case ifUnlimited = "NX"
  /// Only where it has one.
  case ifLimited = "XX"
  /// Only where it gets longer.
  case ifLater = "GT"
  /// Only where it gets shorter.
  case ifSooner = "LT"
}

extension RedisCommand where Reply == Int {
  /// `DEL`: deletes keys; how many there were.
  public static func del(_ keys: any RedisWord...) -> Self { del(keys) }

  /// `DEL`: deletes keys; how many there were.
  public static func del(_ keys: [any RedisWord]) -> Self { .once(["DEL"] + keys) }

  /// `UNLINK`: deletes keys, and frees their memory later; how many there were.
  public static func unlink(_ keys: any RedisWord...) -> Self { unlink(keys) }

  /// `UNLINK`: deletes keys, and frees their memory later; how many there were.
  public static func unlink(_ keys: [any RedisWord]) -> Self { .once(["UNLINK"] + keys) }

  /// `EXISTS`: how many of the keys there are; one that is named twice counts twice.
  public static func exists(_ keys: any RedisWord...) -> Self { exists(keys) }

  /// `EXISTS`: how many of the keys there are; one that is named twice counts twice.
  public static func exists(_ keys: [any RedisWord]) -> Self { .idempotent(["EXISTS"] + keys) }

  /// `TOUCH`: counts as a use of the keys; how many of them there are.
  public static func touch(_ keys: any RedisWord...) -> Self { .idempotent(["TOUCH"] + keys) }
}

extension RedisCommand where Reply == Bool {
  /// `EXPIRE`, `PEXPIRE`: deletes a key so much later, to the millisecond, rounded up; false where
  /// there is no such key, or the condition isn't met.
  public static func expire(
    _ key: some RedisWord, after duration: Duration, _ condition: ExpiryCondition? = nil
  ) -> Self {
    let words: Words =
      if let seconds = duration.wholeSeconds {
        ["EXPIRE", key, seconds]
      } else {
        ["PEXPIRE", key, duration.millisecondsRoundedUp]
      }
    // No time left deletes the key at once: the second time there is none.
    return RedisCommand(
      words: words + (condition.map { [$0.rawValue] } ?? []), as: Bool.self,
      isReplayable: condition == nil && duration > .zero)
  }

  /// `PEXPIREAT`: deletes a key at a moment, by the server's clock; false where there is no such key.
  public static func expire(_ key: some RedisWord, at moment: Timestamp) -> Self {
    .once(["PEXPIREAT", key, moment.milliseconds])
  }

  /// `PERSIST`: lets a key stay; false where there is none, or it has no time to live.
  public static func persist(_ key: some RedisWord) -> Self { .once(["PERSIST", key]) }

  /// `RENAMENX`: renames a key; false where there is one with the new name.
  public static func renamenx(_ key: some RedisWord, to name: some RedisWord) -> Self {
    .once(["RENAMENX", key, name])
  }

  /// `COPY`: copies a key; false where there is none, or one in the place that isn't to be replaced.
  /// From Redis 6.2 on.
  public static func copy(
    _ key: some RedisWord, to other: some RedisWord, replacing: Bool = false
  ) -> Self {
    RedisCommand(
      words: ["COPY", key, other] + (replacing ? ["REPLACE"] : []), as: Bool.self,
      isReplayable: replacing)
  }
}

extension RedisCommand where Reply == Void {
  /// `RENAME`: renames a key, in the place of one that has the new name. Fails where there is no key.
  public static func rename(_ key: some RedisWord, to name: some RedisWord) -> Self {
    .order(["RENAME", key, name], isReplayable: false)
  }
}

extension RedisCommand where Reply == KeyLifetime {
  /// `TTL`: how long a key will be there, to the second.
  public static func ttl(_ key: some RedisWord) -> Self {
    RedisCommand<Int64>.idempotent(["TTL", key]).map { number throws(RESPMismatch) in
      try KeyLifetime(number) { .seconds($0) }
    }
  }

  /// `PTTL`: how long a key will be there, to the millisecond.
  public static func pttl(_ key: some RedisWord) -> Self {
    RedisCommand<Int64>.idempotent(["PTTL", key]).map { number throws(RESPMismatch) in
      try KeyLifetime(number) { .milliseconds($0) }
    }
  }
}

extension RedisCommand where Reply == String {
  /// `TYPE`: `string`, `list`, `set`, `zset`, `hash`, `stream`, or a module's own; `none` where there
  /// is no such key.
  public static func type(_ key: some RedisWord) -> Self { .idempotent(["TYPE", key]) }
}

extension RedisCommand where Reply == String? {
  /// `OBJECT ENCODING`: how a value is kept in memory; nil where there is none.
  public static func objectEncoding(_ key: some RedisWord) -> Self {
    .idempotent(["OBJECT", "ENCODING", key])
  }
}

extension RedisCommand {
  /// `KEYS`: all keys that match a pattern. Holds the server up while it looks: `scan` doesn't.
  public static func keys<Key: RESPDecodable>(
    matching pattern: some RedisWord, as type: Key.Type = String.self
  ) -> RedisCommand<[Key]> {
    .idempotent(["KEYS", pattern])
  }

  /// `RANDOMKEY`: any key; nil where there is none.
  public static func randomkey<Key: RESPDecodable>(
    as type: Key.Type = String.self
  ) -> RedisCommand<Key?> {
    .idempotent(["RANDOMKEY"])
  }
}

extension RedisExecutor {
  /// `DEL`: deletes keys; how many there were.
  @discardableResult
  public func del(_ keys: any RedisWord...) async throws(SentinelError) -> Int {
    try await execute(.del(keys))
  }

  /// `UNLINK`: deletes keys, and frees their memory later; how many there were.
  @discardableResult
  public func unlink(_ keys: any RedisWord...) async throws(SentinelError) -> Int {
    try await execute(.unlink(keys))
  }

  /// `EXISTS`: how many of the keys there are; one that is named twice counts twice.
  public func exists(_ keys: any RedisWord...) async throws(SentinelError) -> Int {
    try await execute(.exists(keys))
  }

  /// `EXPIRE`, `PEXPIRE`: deletes a key so much later, to the millisecond, rounded up; false where
  /// there is no such key, or the condition isn't met.
  @discardableResult
  public func expire(
    _ key: some RedisWord, after duration: Duration, _ condition: ExpiryCondition? = nil
  ) async throws(SentinelError) -> Bool {
    try await execute(.expire(key, after: duration, condition))
  }

  /// `PERSIST`: lets a key stay; false where there is none, or it has no time to live.
  @discardableResult
  public func persist(_ key: some RedisWord) async throws(SentinelError) -> Bool {
    try await execute(.persist(key))
  }

  /// `PTTL`: how long a key will be there, to the millisecond.
  public func pttl(_ key: some RedisWord) async throws(SentinelError) -> KeyLifetime {
    try await execute(.pttl(key))
  }

  /// `TTL`: how long a key will be there, to the second.
  public func ttl(_ key: some RedisWord) async throws(SentinelError) -> KeyLifetime {
    try await execute(.ttl(key))
  }

  /// `RENAME`: renames a key, in the place of one that has the new name. Fails where there is no key.
  public func rename(
    _ key: some RedisWord, to name: some RedisWord
  ) async throws(SentinelError) {
    try await execute(.rename(key, to: name))
  }
}
