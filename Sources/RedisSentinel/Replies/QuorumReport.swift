package import RESP

/// One Sentinel's answer to CKQUORUM. It looks at the Sentinels only, not at the master's health.
public struct QuorumReport: Hashable, Sendable {
  /// Whether enough Sentinels can be reached to agree that the master is down.
  public var canReachQuorum: Bool
  /// Whether enough can be reached to elect a leader.
  public var canAuthorizeFailover: Bool
  /// Sentinels that can be reached, the asked one included; nil where the answer doesn't say.
  public var usableSentinels: Int?
  /// The answer's words.
  public var message: String

  /// Whether a failover could happen now, as far as the Sentinels go.
  public var isReachable: Bool { canReachQuorum && canAuthorizeFailover }
}

extension QuorumReport {
  /// Reads the answer; nil where it is neither OK nor NOQUORUM. The sentences differ by version, so
  /// only the words that matter are looked for.
  package init?(reply: RESPValue) {
    let text = reply.errorText ?? reply.text ?? ""
    let isFine = reply.errorText == nil && text.hasPrefix("OK")
    guard isFine || text.hasPrefix("NOQUORUM") else { return nil }
    message = text
    usableSentinels = text.split { !$0.isNumber }.first.flatMap { Int($0) }
    let lacksQuorum = text.contains("specified quorum")
    let lacksMajority = text.contains("majority")
    canReachQuorum = isFine || (lacksMajority && !lacksQuorum)
    canAuthorizeFailover = isFine || (lacksQuorum && !lacksMajority)
  }
}
