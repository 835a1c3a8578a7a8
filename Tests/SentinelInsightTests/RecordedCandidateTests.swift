import SentinelInsight
import SentinelModel
import TestSupport
import Testing

/// Choices of real Sentinels as they were recorded, held against what they showed just before.
@Suite struct RecordedCandidateTests {
  /// What a Sentinel showed when it chose: its ranking, and whom it chose.
  private func choices(
    in name: String
  ) throws -> [(ranking: CandidateRanking, chosen: NodeAddress?)] {
    var topology = Topology()
    var choices: [(CandidateRanking, NodeAddress?)] = []
    for observation in try Recording(name).observations {
      if case .event(let event) = observation.fact,
        event.name == .selectedReplica || event.name == .abortNoGoodReplica,
        let service = event.service,
        let ranking = CandidateRanking(
          of: service, by: observation.source, in: topology, at: observation.at)
      {
        choices.append((ranking, event.name == .selectedReplica ? event.subject?.address : nil))
      }
      topology.apply(observation)
    }
    return choices
  }

  @Test(arguments: [
    "failover-manual", "failover-auto", "failover-end-for-timeout", "slave-reconf-sent-timeout",
    "leader-crash-after-election", "leader-crash-after-promotion", "failover-abort-slave-timeout",
    "failover-abort-not-elected", "slave-reconf-stuck-parallel-1",
  ])
  func `whoever was chosen could be, and had the lowest priority`(name: String) throws {
    let choices = try choices(in: name)
    #expect(!choices.isEmpty)
    for (ranking, chosen) in choices {
      let chosen = try #require(chosen)
      let candidate = try #require(
        ranking.eligible.first { $0.address == chosen },
        "\(chosen): \(ranking.rejection(of: chosen)?.sentence ?? "not listed")")
      #expect(candidate.priority == ranking.winner?.priority)
    }
  }

  @Test func `where nobody was chosen nobody could be`() throws {
    let choices = try choices(in: "failover-abort-no-good-slave")
    #expect(choices.count == 2)
    for (ranking, chosen) in choices {
      #expect(chosen == nil)
      #expect(ranking.winner == nil)
      #expect(ranking.rejected.count == 2)
      #expect(ranking.rejected.allSatisfy { $0.rejection == .priorityZero })
    }
  }
}
