public import RESP

extension RedisCommand {
  /// `SCAN`: one page of all keys, from the beginning where no cursor is given.
  public static func scan<Key: RESPDecodable>(
    from cursor: RESPBytes? = nil, matching pattern: (any RedisWord)? = nil, count: Int? = nil,
    type: String? = nil, as keyType: Key.Type = String.self
  ) -> RedisCommand<ScanPage<Key>> {
    page(["SCAN"], cursor, pattern, count, type.map { ["TYPE", $0] } ?? [])
  }

  /// `HSCAN`: one page of a hash's fields and values.
  public static func hscan<Field: RESPDecodable, Value: RESPDecodable>(
    _ key: some RedisWord, from cursor: RESPBytes? = nil, matching pattern: (any RedisWord)? = nil,
    count: Int? = nil, as type: RESPPair<Field, Value>.Type = RESPPair<String, String>.self
  ) -> RedisCommand<ScanPage<RESPPair<Field, Value>>> {
    page(["HSCAN", key], cursor, pattern, count)
  }

  /// `SSCAN`: one page of a set's members.
  public static func sscan<Member: RESPDecodable>(
    _ key: some RedisWord, from cursor: RESPBytes? = nil, matching pattern: (any RedisWord)? = nil,
    count: Int? = nil, as type: Member.Type = String.self
  ) -> RedisCommand<ScanPage<Member>> {
    page(["SSCAN", key], cursor, pattern, count)
  }

  /// `ZSCAN`: one page of a sorted set's members and scores.
  public static func zscan<Member: RESPDecodable>(
    _ key: some RedisWord, from cursor: RESPBytes? = nil, matching pattern: (any RedisWord)? = nil,
    count: Int? = nil, as type: Member.Type = String.self
  ) -> RedisCommand<ScanPage<ScoredMember<Member>>> {
    page(["ZSCAN", key], cursor, pattern, count)
  }

  private static func page<Element>(
    _ words: Words, _ cursor: RESPBytes?, _ pattern: (any RedisWord)?, _ count: Int?,
    _ rest: Words = []
  ) -> RedisCommand<ScanPage<Element>> {
    let matching: Words = pattern.map { ["MATCH", $0] } ?? []
    let counting: Words = count.map { ["COUNT", $0] } ?? []
    // Another node, where it may be sent to again, makes nothing of this one's cursor.
    return RedisCommand<ScanPage<Element>>(
      words: words + [cursor ?? "0"] + matching + counting + rest,
      as: ScanPage<Element>.self, isReplayable: cursor == nil)
  }
}

extension RedisExecutor {
  /// `SCAN`: all keys, or those that match a pattern, or are of a type (from Redis 6 on); `count` is how
  /// many the server looks at for one page, a hint.
  public func scan<Key: RESPDecodable>(
    matching pattern: (any RedisWord)? = nil, count: Int? = nil, type: String? = nil,
    as keyType: Key.Type = String.self
  ) -> RedisScan<Key> {
    RedisScan(self) {
      .scan(from: $0, matching: pattern, count: count, type: type, as: keyType)
    }
  }

  /// `HSCAN`: a hash's fields and values, or those whose field matches a pattern.
  public func hscan<Field: RESPDecodable, Value: RESPDecodable>(
    _ key: some RedisWord, matching pattern: (any RedisWord)? = nil, count: Int? = nil,
    as type: RESPPair<Field, Value>.Type = RESPPair<String, String>.self
  ) -> RedisScan<RESPPair<Field, Value>> {
    RedisScan(self) { .hscan(key, from: $0, matching: pattern, count: count, as: type) }
  }

  /// `SSCAN`: a set's members, or those that match a pattern.
  public func sscan<Member: RESPDecodable>(
    _ key: some RedisWord, matching pattern: (any RedisWord)? = nil, count: Int? = nil,
    as type: Member.Type = String.self
  ) -> RedisScan<Member> {
    RedisScan(self) { .sscan(key, from: $0, matching: pattern, count: count, as: type) }
  }

  /// `ZSCAN`: a sorted set's members and scores, or those that match a pattern.
  public func zscan<Member: RESPDecodable>(
    _ key: some RedisWord, matching pattern: (any RedisWord)? = nil, count: Int? = nil,
    as type: Member.Type = String.self
  ) -> RedisScan<ScoredMember<Member>> {
    RedisScan(self) { .zscan(key, from: $0, matching: pattern, count: count, as: type) }
  }
}
