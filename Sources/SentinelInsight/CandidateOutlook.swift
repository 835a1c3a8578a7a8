package import SentinelModel

/// Which replica every Sentinel would promote, and whether they would choose alike.
package struct CandidateOutlook: Hashable, Sendable {
  package var service: ServiceName
  /// The choice of each Sentinel that answers and has told of the replicas, out of its own rows.
  package var rankings: [CandidateRanking]
  /// The same once they have asked the replicas anew, as they do before they choose.
  package var expected: [CandidateRanking]

  package init(
    of service: ServiceName, in topology: Topology, at now: Timestamp,
    without off: Set<NodeAddress> = []
  ) {
    self.service = service
    let sentinels = topology.vantages.filter(\.isReachable).map(\.address)
    func rankings(_ basis: CandidateRanking.Basis) -> [CandidateRanking] {
      sentinels.compactMap {
        CandidateRanking(of: service, by: $0, in: topology, at: now, on: basis, without: off)
      }
    }
    self.rankings = rankings(.rows)
    expected = rankings(.youngest)
  }

  /// The choice of one Sentinel out of its own rows; nil where it hasn't told of the replicas.
  package subscript(sentinel: NodeAddress) -> CandidateRanking? {
    rankings.first { $0.sentinel == sentinel }
  }

  /// Whom a failover through that Sentinel would promote; nil where it would promote nobody, be it that
  /// it doesn't start, or that it gives up.
  package func winner(via sentinel: NodeAddress) -> Candidate? {
    guard self[sentinel]?.winner != nil else { return nil }
    return expected.first { $0.sentinel == sentinel }?.winner
  }

  /// Whether all would promote the same replica, out of their own rows; nil with fewer than two voices.
  package var isUnanimous: Bool? {
    guard rankings.count > 1 else { return nil }
    return Set(rankings.map { $0.winner?.address }).count == 1
  }

  /// Who would promote whom; under nil those who would promote nobody.
  package var choices: [NodeAddress?: [NodeAddress]] {
    Dictionary(grouping: rankings) { $0.winner?.address }.mapValues { $0.map(\.sentinel) }
  }

  /// Whether no Sentinel that has told of the replicas could promote any; nil where none has told.
  package var isHopeless: Bool? {
    rankings.isEmpty ? nil : rankings.allSatisfy { $0.winner == nil && $0.hidden == 0 }
  }
}
