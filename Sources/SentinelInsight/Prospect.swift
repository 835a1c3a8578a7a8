package import SentinelModel

/// How one replica stands in the choices of all Sentinels.
package struct Prospect: Hashable, Sendable {
  /// The best place that any Sentinel gives it, 1 for who would be promoted; nil where none would.
  package var rank: Int?
  /// Why it isn't promoted, of the first Sentinel that wouldn't; nil where all would.
  package var rejection: Rejection?
  /// Who wouldn't promote it.
  package var rejectedBy: [NodeAddress]
  /// Whether it matters who leads: they give it different places, or only some of them any.
  package var isDisputed: Bool
}

extension CandidateOutlook {
  /// How a replica stands, out of the Sentinels' own rows.
  package func prospect(of replica: NodeAddress) -> Prospect {
    let ranks = rankings.compactMap { $0.rank(of: replica) }
    let rejections = rankings.compactMap { ranking in
      ranking.rejection(of: replica).map { (sentinel: ranking.sentinel, reason: $0) }
    }
    return Prospect(
      rank: ranks.min(), rejection: rejections.first?.reason,
      rejectedBy: rejections.map(\.sentinel),
      isDisputed: Set(ranks).count > 1 || !ranks.isEmpty && !rejections.isEmpty)
  }
}
