public import RESP

/// Where a range of scores begins or ends: `5` includes it, `.excluding(5)` doesn't.
public enum ScoreBound: Hashable, Sendable {
  /// From this score on, or up to it.
  case including(Double)
  /// The same without the score itself.
  case excluding(Double)

  /// Below all scores, and that of minus infinity among them.
  public static let lowest = ScoreBound.including(-.infinity)
  /// Above all scores, and that of infinity among them.
  public static let highest = ScoreBound.including(.infinity)
}

extension ScoreBound: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A score that is included.
  public init(floatLiteral value: Double) {
    self = .including(value)
  }

  /// A score that is included.
  public init(integerLiteral value: Int) {
    self = .including(Double(value))
  }
}

extension ScoreBound: RedisWord {
  /// The score, behind a `(` where it is excluded.
  public var redisWord: RESPBytes {
    switch self {
    case .including(let score): score.redisWord
    case .excluding(let score): RESPBytes("(" + score.redisWord.text)
    }
  }
}

/// Where a range of members begins or ends, by their bytes; meant for sets whose scores are all equal.
public enum MemberBound: Sendable {
  /// Before all members.
  case lowest
  /// After all members.
  case highest
  /// From this member on, or up to it.
  case including(any RedisWord)
  /// The same without the member itself.
  case excluding(any RedisWord)
}

extension MemberBound: RedisWord {
  /// `-`, `+`, or the member behind a `[` or a `(`.
  public var redisWord: RESPBytes {
    switch self {
    case .lowest: "-"
    case .highest: "+"
    case .including(let member): RESPBytes(Array("[".utf8) + member.redisWord.bytes)
    case .excluding(let member): RESPBytes(Array("(".utf8) + member.redisWord.bytes)
    }
  }
}

/// A part of what a range finds: so many after so many that are passed over.
public struct RangeLimit: Hashable, Sendable {
  /// How many are passed over.
  public var offset: Int
  /// How many are given at most; below zero, all.
  public var count: Int

  /// The first so many, after those that are passed over.
  public init(_ count: Int, after offset: Int = 0) {
    self.count = count
    self.offset = offset
  }

  var words: Words { ["LIMIT", offset, count] }
}
