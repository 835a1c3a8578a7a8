public import RESP

/// A member of a sorted set, with its score.
public struct ScoredMember<Member: RESPDecodable>: RESPDecodable {
  /// The member.
  public var member: Member
  /// Its score; it may be infinite.
  public var score: Double

  /// A member and its score.
  public init(_ member: Member, score: Double) {
    self.member = member
    self.score = score
  }

  /// A list of two.
  public init(resp value: RESPValue) throws(RESPMismatch) {
    self.init(try RESPPair<Member, Double>(resp: value))
  }

  /// A list of pairs, or of members and scores in turn.
  public static func list(resp value: RESPValue) throws(RESPMismatch) -> [Self] {
    try RESPPair<Member, Double>.list(resp: value).map { Self($0) }
  }

  private init(_ pair: RESPPair<Member, Double>) {
    self.init(pair.first, score: pair.second)
  }
}

extension ScoredMember: Equatable where Member: Equatable {}
extension ScoredMember: Hashable where Member: Hashable {}
