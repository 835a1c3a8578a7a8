public import RESP

extension RedisCommand where Reply == Int {
  /// `SADD`: puts members into a set; how many of them are new.
  public static func sadd(_ key: some RedisWord, _ members: any RedisWord...) -> Self {
    sadd(key, members)
  }

  /// `SADD`: puts members into a set; how many of them are new.
  public static func sadd(_ key: some RedisWord, _ members: [any RedisWord]) -> Self {
    .once(["SADD", key] + members)
  }

  /// `SREM`: takes members out of a set; how many of them there were.
  public static func srem(_ key: some RedisWord, _ members: any RedisWord...) -> Self {
    srem(key, members)
  }

  /// `SREM`: takes members out of a set; how many of them there were.
  public static func srem(_ key: some RedisWord, _ members: [any RedisWord]) -> Self {
    .once(["SREM", key] + members)
  }

  /// `SCARD`: how many members a set has.
  public static func scard(_ key: some RedisWord) -> Self { .idempotent(["SCARD", key]) }

  /// `SINTERSTORE`: keeps what is in all of the sets; how many members that are.
  public static func sinterstore(_ key: some RedisWord, of keys: [any RedisWord]) -> Self {
    .idempotent(["SINTERSTORE", key] + keys)
  }

  /// `SUNIONSTORE`: keeps what is in any of the sets; how many members that are.
  public static func sunionstore(_ key: some RedisWord, of keys: [any RedisWord]) -> Self {
    .idempotent(["SUNIONSTORE", key] + keys)
  }

  /// `SDIFFSTORE`: keeps what is in the first of the sets, and in none of the others; how many
  /// members that are.
  public static func sdiffstore(_ key: some RedisWord, of keys: [any RedisWord]) -> Self {
    // Where the result takes the place of one of the others, a second time finds something else.
    .once(["SDIFFSTORE", key] + keys)
  }
}

extension RedisCommand where Reply == Bool {
  /// `SISMEMBER`: whether a set has a member.
  public static func sismember(_ key: some RedisWord, _ member: some RedisWord) -> Self {
    .idempotent(["SISMEMBER", key, member])
  }

  /// `SMOVE`: moves a member from a set to another; false where it isn't in the first.
  public static func smove(
    _ member: some RedisWord, from key: some RedisWord, to other: some RedisWord
  ) -> Self {
    .once(["SMOVE", key, other, member])
  }
}

extension RedisCommand where Reply == [Bool] {
  /// `SMISMEMBER`: for each of the members, whether a set has it. From Redis 6.2 on.
  public static func smismember(_ key: some RedisWord, _ members: [any RedisWord]) -> Self {
    .idempotent(["SMISMEMBER", key] + members)
  }
}

extension RedisCommand {
  /// `SMEMBERS`: all members of a set.
  public static func smembers<Member: RESPDecodable & Hashable>(
    _ key: some RedisWord, as type: Member.Type = String.self
  ) -> RedisCommand<Set<Member>> {
    .idempotent(["SMEMBERS", key])
  }

  /// `SPOP`: takes any member out of a set; nil where there is none.
  public static func spop<Member: RESPDecodable>(
    _ key: some RedisWord, as type: Member.Type = String.self
  ) -> RedisCommand<Member?> {
    .once(["SPOP", key])
  }

  /// `SPOP`: takes any members out of a set, at most so many.
  public static func spop<Member: RESPDecodable>(
    _ key: some RedisWord, count: Int, as type: Member.Type = String.self
  ) -> RedisCommand<[Member]> {
    .once(["SPOP", key, count])
  }

  /// `SRANDMEMBER`: any member of a set; nil where there is none.
  public static func srandmember<Member: RESPDecodable>(
    _ key: some RedisWord, as type: Member.Type = String.self
  ) -> RedisCommand<Member?> {
    .idempotent(["SRANDMEMBER", key])
  }

  /// `SRANDMEMBER`: any members of a set, at most so many; where the count is below zero, just so many
  /// and perhaps the same one several times.
  public static func srandmember<Member: RESPDecodable>(
    _ key: some RedisWord, count: Int, as type: Member.Type = String.self
  ) -> RedisCommand<[Member]> {
    .idempotent(["SRANDMEMBER", key, count])
  }

  /// `SINTER`: what is in all of the sets.
  public static func sinter<Member: RESPDecodable & Hashable>(
    _ keys: [any RedisWord], as type: Member.Type = String.self
  ) -> RedisCommand<Set<Member>> {
    .idempotent(["SINTER"] + keys)
  }

  /// `SUNION`: what is in any of the sets.
  public static func sunion<Member: RESPDecodable & Hashable>(
    _ keys: [any RedisWord], as type: Member.Type = String.self
  ) -> RedisCommand<Set<Member>> {
    .idempotent(["SUNION"] + keys)
  }

  /// `SDIFF`: what is in the first of the sets, and in none of the others.
  public static func sdiff<Member: RESPDecodable & Hashable>(
    _ keys: [any RedisWord], as type: Member.Type = String.self
  ) -> RedisCommand<Set<Member>> {
    .idempotent(["SDIFF"] + keys)
  }
}

extension RedisExecutor {
  /// `SADD`: puts members into a set; how many of them are new.
  @discardableResult
  public func sadd(
    _ key: some RedisWord, _ members: any RedisWord...
  ) async throws(SentinelError) -> Int {
    try await execute(.sadd(key, members))
  }

  /// `SREM`: takes members out of a set; how many of them there were.
  @discardableResult
  public func srem(
    _ key: some RedisWord, _ members: any RedisWord...
  ) async throws(SentinelError) -> Int {
    try await execute(.srem(key, members))
  }

  /// `SMEMBERS`: all members of a set.
  public func smembers<Member: RESPDecodable & Hashable>(
    _ key: some RedisWord, as type: Member.Type = String.self
  ) async throws(SentinelError) -> Set<Member> {
    try await execute(.smembers(key, as: type))
  }

  /// `SISMEMBER`: whether a set has a member.
  public func sismember(
    _ key: some RedisWord, _ member: some RedisWord
  ) async throws(SentinelError) -> Bool {
    try await execute(.sismember(key, member))
  }

  /// `SCARD`: how many members a set has.
  public func scard(_ key: some RedisWord) async throws(SentinelError) -> Int {
    try await execute(.scard(key))
  }
}
