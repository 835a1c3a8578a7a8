package import SentinelModel

/// Whose turn it is among the replicas: round robin, those that failed lately last.
package struct ReplicaRotation {
  private var position: Int
  private var failedAt: [NodeAddress: ContinuousClock.Instant] = [:]
  private let penalty: Duration

  /// Begins anywhere, so that many clients don't all begin with the same one.
  package init(penalty: Duration, startingAt position: Int = .random(in: 0..<1_000)) {
    self.penalty = penalty
    self.position = position
  }

  /// The replicas in the order in which to try them: each once.
  package mutating func next(
    of replicas: [NodeAddress], at now: ContinuousClock.Instant
  ) -> [NodeAddress] {
    guard !replicas.isEmpty else { return [] }
    let sorted = replicas.sorted()
    position = (position + 1) % 1_000_000
    let start = position % sorted.count
    failedAt = failedAt.filter { now - $0.value < penalty }
    let turn = Array(sorted[start...] + sorted[..<start])
    return turn.filter { failedAt[$0] == nil } + turn.filter { failedAt[$0] != nil }
  }

  /// It couldn't be reached.
  package mutating func failed(_ replica: NodeAddress, at now: ContinuousClock.Instant) {
    failedAt[replica] = now
  }
}
