import Foundation
import SentinelLab
import SentinelModel
import TestSupport
import Testing

/// Failovers of real servers in bad shape, and who was expected to win them.
@Suite(.liveAlone) struct PredictionLiveTests {
  /// `SENTOP_FAILOVERS=60` runs that many in a row, and tells how often the prediction was right.
  private static let rounds = ProcessInfo.processInfo.environment["SENTOP_FAILOVERS"]
    .flatMap { Int($0) }

  @Test func `the replica that a Sentinel promotes is the one that was predicted`() async throws {
    var layout = LabLayout(replicas: 4)
    layout.failoverTimeout = .seconds(4)
    layout.parallelSyncs = 4
    try await Lab.settled(layout, downAfter: .seconds(2)) { lab in
      try await Listeners.listening(to: lab.sentinels) { listeners in
        let seed = UInt64.random(in: 0...999)
        var trial = PredictionTrial(lab, listeners, seed: seed, hasTies: Self.rounds != nil)
        for _ in 0..<(Self.rounds ?? 3) { try await trial.round() }
        #expect(trial.misses.isEmpty, "seed \(seed):\n\(trial.report)")
        if Self.rounds != nil { print(trial.report) }
      }
    }
  }
}
