public import RESP

// By the words that every server knows: `ZRANGE … BYSCORE REV` is of Redis 6.2.
extension RedisCommand {
  /// `ZRANGE`, `ZREVRANGE`: the members at these places by their score, by default all; places below
  /// zero count from the end.
  public static func zrange<Member: RESPDecodable>(
    _ key: some RedisWord, from first: Int = 0, through last: Int = -1, reversed: Bool = false,
    as type: Member.Type = String.self
  ) -> RedisCommand<[Member]> {
    .idempotent([reversed ? "ZREVRANGE" : "ZRANGE", key, first, last])
  }

  /// `ZRANGE`, `ZREVRANGE … WITHSCORES`: the same, with the scores.
  public static func zrangeWithScores<Member: RESPDecodable>(
    _ key: some RedisWord, from first: Int = 0, through last: Int = -1, reversed: Bool = false,
    as type: Member.Type = String.self
  ) -> RedisCommand<[ScoredMember<Member>]> {
    .idempotent([reversed ? "ZREVRANGE" : "ZRANGE", key, first, last, "WITHSCORES"])
  }

  /// `ZRANGEBYSCORE`, `ZREVRANGEBYSCORE`: the members with a score within bounds; reversed, those with
  /// the highest score first.
  public static func zrangebyscore<Member: RESPDecodable>(
    _ key: some RedisWord, from lowest: ScoreBound = .lowest,
    through highest: ScoreBound = .highest, reversed: Bool = false, limit: RangeLimit? = nil,
    as type: Member.Type = String.self
  ) -> RedisCommand<[Member]> {
    .idempotent(range("SCORE", key, lowest, highest, reversed) + (limit?.words ?? []))
  }

  /// `ZRANGEBYSCORE`, `ZREVRANGEBYSCORE … WITHSCORES`: the same, with the scores.
  public static func zrangebyscoreWithScores<Member: RESPDecodable>(
    _ key: some RedisWord, from lowest: ScoreBound = .lowest,
    through highest: ScoreBound = .highest, reversed: Bool = false, limit: RangeLimit? = nil,
    as type: Member.Type = String.self
  ) -> RedisCommand<[ScoredMember<Member>]> {
    .idempotent(
      range("SCORE", key, lowest, highest, reversed) + ["WITHSCORES"] + (limit?.words ?? []))
  }

  /// `ZRANGEBYLEX`, `ZREVRANGEBYLEX`: the members within bounds, by their bytes; reversed, the last
  /// one first.
  public static func zrangebylex<Member: RESPDecodable>(
    _ key: some RedisWord, from lowest: MemberBound = .lowest,
    through highest: MemberBound = .highest, reversed: Bool = false, limit: RangeLimit? = nil,
    as type: Member.Type = String.self
  ) -> RedisCommand<[Member]> {
    .idempotent(range("LEX", key, lowest, highest, reversed) + (limit?.words ?? []))
  }

  /// `ZPOPMIN`: takes the members with the lowest scores, at most so many.
  public static func zpopmin<Member: RESPDecodable>(
    _ key: some RedisWord, count: Int = 1, as type: Member.Type = String.self
  ) -> RedisCommand<[ScoredMember<Member>]> {
    .once(["ZPOPMIN", key, count])
  }

  /// `ZPOPMAX`: takes the members with the highest scores, at most so many.
  public static func zpopmax<Member: RESPDecodable>(
    _ key: some RedisWord, count: Int = 1, as type: Member.Type = String.self
  ) -> RedisCommand<[ScoredMember<Member>]> {
    .once(["ZPOPMAX", key, count])
  }

  /// `BZPOPMIN`: takes the member with the lowest score out of the first of the sets that has one, and
  /// waits for one as long as the time-out says: `.zero` is for ever. The set's key and the member;
  /// nil where none came in time.
  public static func bzpopmin<Member: RESPDecodable>(
    _ keys: any RedisWord..., timeout: Duration, as type: Member.Type = String.self
  ) -> RedisCommand<RESPPair<RESPBytes, ScoredMember<Member>>?> {
    RedisCommand<RESPValue>.blocking(["BZPOPMIN"] + keys, timeout).map(popped)
  }

  /// `BZPOPMAX`: the same with the highest score.
  public static func bzpopmax<Member: RESPDecodable>(
    _ keys: any RedisWord..., timeout: Duration, as type: Member.Type = String.self
  ) -> RedisCommand<RESPPair<RESPBytes, ScoredMember<Member>>?> {
    RedisCommand<RESPValue>.blocking(["BZPOPMAX"] + keys, timeout).map(popped)
  }
}

extension RedisExecutor {
  /// `ZRANGE`, `ZREVRANGE`: the members at these places by their score, by default all; places below
  /// zero count from the end.
  public func zrange<Member: RESPDecodable>(
    _ key: some RedisWord, from first: Int = 0, through last: Int = -1, reversed: Bool = false,
    as type: Member.Type = String.self
  ) async throws(SentinelError) -> [Member] {
    try await execute(.zrange(key, from: first, through: last, reversed: reversed, as: type))
  }

  /// `ZRANGE`, `ZREVRANGE … WITHSCORES`: the same, with the scores.
  public func zrangeWithScores<Member: RESPDecodable>(
    _ key: some RedisWord, from first: Int = 0, through last: Int = -1, reversed: Bool = false,
    as type: Member.Type = String.self
  ) async throws(SentinelError) -> [ScoredMember<Member>] {
    try await execute(
      .zrangeWithScores(key, from: first, through: last, reversed: reversed, as: type))
  }

  /// `ZRANGEBYSCORE`, `ZREVRANGEBYSCORE`: the members with a score within bounds; reversed, those with
  /// the highest score first.
  public func zrangebyscore<Member: RESPDecodable>(
    _ key: some RedisWord, from lowest: ScoreBound = .lowest,
    through highest: ScoreBound = .highest, reversed: Bool = false, limit: RangeLimit? = nil,
    as type: Member.Type = String.self
  ) async throws(SentinelError) -> [Member] {
    try await execute(
      .zrangebyscore(
        key, from: lowest, through: highest, reversed: reversed, limit: limit, as: type))
  }
}

private func range(
  _ order: String, _ key: some RedisWord, _ lowest: some RedisWord, _ highest: some RedisWord,
  _ isReversed: Bool
) -> Words {
  // The reversed words also want the bounds the other way round.
  isReversed
    ? ["ZREVRANGEBY" + order, key, highest, lowest] : ["ZRANGEBY" + order, key, lowest, highest]
}

/// A key, a member and a score in one list.
private func popped<Member>(
  _ value: RESPValue
) throws(RESPMismatch) -> RESPPair<RESPBytes, ScoredMember<Member>>? {
  guard value != .null else { return nil }
  guard let elements = value.elements, elements.count == 3 else {
    throw RESPMismatch(wanted: "a key, a member and a score", found: value)
  }
  return RESPPair(
    try RESPBytes(resp: elements[0]), try ScoredMember(resp: .array(Array(elements[1...]))))
}
