package import SentinelModel

/// Chooses among the answers of several Sentinels, as the policy says. Knows no socket.
package struct DiscoveryElection {
  private let policy: DiscoveryPolicy
  private let voters: Int
  private var votes: [DiscoveryMachine.Found] = []

  package init(_ policy: DiscoveryPolicy, voters: Int) {
    self.policy = policy
    self.voters = voters
  }

  /// How long to wait for others after the first answer; nil for all of them.
  package var window: Duration? {
    if case .freshestEpoch(let window) = policy { window } else { nil }
  }

  /// Takes in an acceptable answer; gives the winner where nothing can change that any more.
  package mutating func counted(_ vote: DiscoveryMachine.Found) -> DiscoveryMachine.Found? {
    votes.append(vote)
    switch policy {
    case .firstAcceptable: return vote
    case .freshestEpoch: return votes.count == voters ? freshest(of: votes) : nil
    case .majority:
      let same = votes.filter { $0.address == vote.address }
      return same.count > voters / 2 ? freshest(of: same) : nil
    }
  }

  /// The winner where nobody else will answer.
  package var winner: DiscoveryMachine.Found? {
    if case .freshestEpoch = policy { freshest(of: votes) } else { nil }
  }

  /// Why there is no winner; nil where there was no acceptable answer at all.
  package func failure(of service: ServiceName) -> SentinelError? {
    guard case .majority = policy, !votes.isEmpty else { return nil }
    let counts = votes.reduce(into: [:]) { $0[$1.address, default: 0] += 1 }
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value) for \($0.key)" }
    return SentinelError(
      .masterNotFound(.noMajority),
      "more than half of \(voters) Sentinels have to name the same master of \(service), but there "
        + "are " + counts.joined(separator: ", "), service: service)
  }

  /// The one with the highest epoch, of several the first.
  private func freshest(of votes: [DiscoveryMachine.Found]) -> DiscoveryMachine.Found? {
    votes.reduce(nil) { best, vote in
      guard let best, (best.epoch ?? 0) >= (vote.epoch ?? 0) else { return vote }
      return best
    }
  }
}
