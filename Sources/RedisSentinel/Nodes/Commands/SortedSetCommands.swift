import RESP

/// On what it depends whether a member gets a score.
public enum ScoreCondition: Hashable, Sendable {
  /// Only a new member: `NX`.
  case ifAbsent
  /// Only a member that is there already: `XX`.
  case ifPresent
  /// A new member, or one whose score gets higher: `GT`, from Redis 6.2 on.
  case ifHigher
  /// A new member, or one whose score gets lower: `LT`, from Redis 6.2 on.
  case ifLower
  /// Only a member that is there already, and whose score gets higher: `XX GT`.
  case ifPresentAndHigher
  /// Only a member that is there already, and whose score gets lower: `XX LT`.
  case ifPresentAndLower

  var words: Words {
    switch self {
    case .ifAbsent: ["NX"]
    case .ifPresent: ["XX"]
    case .ifHigher: ["GT"]
    case .ifLower: ["LT"]
    case .ifPresentAndHigher: ["XX", "GT"]
    case .ifPresentAndLower: ["XX", "LT"]
    }
  }
}

/// What becomes of the scores of a member that is in several sets.
public enum ScoreAggregate: String, Hashable, Sendable {
  /// They are added up.
  case sum = "SUM"
  /// The lowest counts.
  case lowest = "MIN"
  /// The highest counts.
  case highest = "MAX"
}

extension RedisCommand where Reply == Int {
  /// `ZADD`: gives a member its score; 1 where it is new, else 0.
  public static func zadd(
    _ key: some RedisWord, _ member: some RedisWord, score: Double,
    _ condition: ScoreCondition? = nil
  ) -> Self {
    zadd(key, [(member, score)], condition)
  }

  /// `ZADD`: gives members their scores; how many of them are new, or with `countingChanges` (`CH`)
  /// how many are new or got another score.
  public static func zadd(
    _ key: some RedisWord, _ members: [(member: any RedisWord, score: Double)],
    _ condition: ScoreCondition? = nil, countingChanges: Bool = false
  ) -> Self {
    let options = (condition?.words ?? []) + (countingChanges ? ["CH"] : [])
    let pairs: [Words] = members.map { [$0.score, $0.member] }
    return .once(["ZADD", key] + options + pairs.joined())
  }

  /// `ZADD`: gives members their scores; how many of them are new, or with `countingChanges` (`CH`)
  /// how many are new or got another score.
  public static func zadd<Member: RedisWord>(
    _ key: some RedisWord, _ members: [Member: Double], _ condition: ScoreCondition? = nil,
    countingChanges: Bool = false
  ) -> Self {
    zadd(key, members.map { ($0.key, $0.value) }, condition, countingChanges: countingChanges)
  }

  /// `ZREM`: removes members; how many of them there were.
  public static func zrem(_ key: some RedisWord, _ members: any RedisWord...) -> Self {
    zrem(key, members)
  }

  /// `ZREM`: removes members; how many of them there were.
  public static func zrem(_ key: some RedisWord, _ members: [any RedisWord]) -> Self {
    .once(["ZREM", key] + members)
  }

  /// `ZCARD`: how many members there are.
  public static func zcard(_ key: some RedisWord) -> Self { .idempotent(["ZCARD", key]) }

  /// `ZCOUNT`: how many members have a score within bounds.
  public static func zcount(
    _ key: some RedisWord, from first: ScoreBound = .lowest, through last: ScoreBound = .highest
  ) -> Self {
    .idempotent(["ZCOUNT", key, first, last])
  }

  /// `ZLEXCOUNT`: how many members there are within bounds.
  public static func zlexcount(
    _ key: some RedisWord, from first: MemberBound = .lowest, through last: MemberBound = .highest
  ) -> Self {
    .idempotent(["ZLEXCOUNT", key, first, last])
  }

  /// `ZREMRANGEBYRANK`: removes the members at these places; how many there were.
  public static func zremrangebyrank(
    _ key: some RedisWord, from first: Int, through last: Int
  ) -> Self {
    .once(["ZREMRANGEBYRANK", key, first, last])
  }

  /// `ZREMRANGEBYSCORE`: removes the members with a score within bounds; how many there were.
  public static func zremrangebyscore(
    _ key: some RedisWord, from first: ScoreBound, through last: ScoreBound
  ) -> Self {
    .once(["ZREMRANGEBYSCORE", key, first, last])
  }

  /// `ZREMRANGEBYLEX`: removes the members within bounds; how many there were.
  public static func zremrangebylex(
    _ key: some RedisWord, from first: MemberBound, through last: MemberBound
  ) -> Self {
    .once(["ZREMRANGEBYLEX", key, first, last])
  }

  /// `ZUNIONSTORE`: keeps what is in any of the sets, with a weight for each set's scores; how many
  /// members that are.
  public static func zunionstore(
    _ key: some RedisWord, of keys: [any RedisWord], weights: [Double] = [],
    aggregate: ScoreAggregate? = nil
  ) -> Self {
    .once(["ZUNIONSTORE", key] + combination(keys, weights, aggregate))
  }

  /// `ZINTERSTORE`: keeps what is in all of the sets, with a weight for each set's scores; how many
  /// members that are.
  public static func zinterstore(
    _ key: some RedisWord, of keys: [any RedisWord], weights: [Double] = [],
    aggregate: ScoreAggregate? = nil
  ) -> Self {
    .once(["ZINTERSTORE", key] + combination(keys, weights, aggregate))
  }

  private static func combination(
    _ keys: [any RedisWord], _ weights: [Double], _ aggregate: ScoreAggregate?
  ) -> Words {
    [keys.count] + keys + (weights.isEmpty ? [] : ["WEIGHTS"] + weights)
      + (aggregate.map { ["AGGREGATE", $0.rawValue] } ?? [])
  }
}

extension RedisCommand where Reply == Int? {
  /// `ZRANK`: a member's place, counted from 0 at the lowest score; nil where there is no such member.
  public static func zrank(_ key: some RedisWord, _ member: some RedisWord) -> Self {
    .idempotent(["ZRANK", key, member])
  }

  /// `ZREVRANK`: a member's place, counted from 0 at the highest score; nil where there is no such
  /// member.
  public static func zrevrank(_ key: some RedisWord, _ member: some RedisWord) -> Self {
    .idempotent(["ZREVRANK", key, member])
  }
}

extension RedisCommand where Reply == Double {
  /// `ZINCRBY`: adds to a member's score, to nought for a new one; the new score.
  public static func zincrby(
    _ key: some RedisWord, _ member: some RedisWord, by step: Double
  ) -> Self {
    .once(["ZINCRBY", key, step, member])
  }
}

extension RedisCommand where Reply == Double? {
  /// `ZSCORE`: a member's score; nil where there is no such member.
  public static func zscore(_ key: some RedisWord, _ member: some RedisWord) -> Self {
    .idempotent(["ZSCORE", key, member])
  }
}

extension RedisCommand where Reply == [Double?] {
  /// `ZMSCORE`: the scores of members, in their order; nil for each that isn't there. From Redis 6.2 on.
  public static func zmscore(_ key: some RedisWord, _ members: [any RedisWord]) -> Self {
    .idempotent(["ZMSCORE", key] + members)
  }
}

extension RedisExecutor {
  /// `ZADD`: gives a member its score; 1 where it is new, else 0.
  @discardableResult
  public func zadd(
    _ key: some RedisWord, _ member: some RedisWord, score: Double,
    _ condition: ScoreCondition? = nil
  ) async throws(SentinelError) -> Int {
    try await execute(.zadd(key, member, score: score, condition))
  }

  /// `ZADD`: gives members their scores; how many of them are new.
  @discardableResult
  public func zadd<Member: RedisWord>(
    _ key: some RedisWord, _ members: [Member: Double], _ condition: ScoreCondition? = nil
  ) async throws(SentinelError) -> Int {
    try await execute(.zadd(key, members, condition))
  }

  /// `ZREM`: removes members; how many of them there were.
  @discardableResult
  public func zrem(
    _ key: some RedisWord, _ members: any RedisWord...
  ) async throws(SentinelError) -> Int {
    try await execute(.zrem(key, members))
  }

  /// `ZINCRBY`: adds to a member's score, to nought for a new one; the new score.
  @discardableResult
  public func zincrby(
    _ key: some RedisWord, _ member: some RedisWord, by step: Double
  ) async throws(SentinelError) -> Double {
    try await execute(.zincrby(key, member, by: step))
  }

  /// `ZSCORE`: a member's score; nil where there is no such member.
  public func zscore(
    _ key: some RedisWord, _ member: some RedisWord
  ) async throws(SentinelError) -> Double? {
    try await execute(.zscore(key, member))
  }

  /// `ZRANK`: a member's place, counted from 0 at the lowest score; nil where there is no such member.
  public func zrank(
    _ key: some RedisWord, _ member: some RedisWord
  ) async throws(SentinelError) -> Int? {
    try await execute(.zrank(key, member))
  }

  /// `ZCARD`: how many members there are.
  public func zcard(_ key: some RedisWord) async throws(SentinelError) -> Int {
    try await execute(.zcard(key))
  }
}
