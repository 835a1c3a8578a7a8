/// The first write after a failover.
struct FailoverComparison {
  let tools: Tools
  let deployment: Deployment

  init(_ tools: Tools, _ deployment: Deployment) {
    self.tools = tools
    self.deployment = deployment
  }

  /// So many failovers for ours, a third of it for the peer, whose figures are far apart from ours.
  func measure(_ count: Int) async throws -> Finding {
    let words = ["failover", deployment.service] + deployment.sentinels
    var peer = tools.redisPy(words)
    peer.every = 3
    let turns = try await Turns([tools.sentop(words), peer], rounds: count)
    let medians = (0..<2).map { turns.median($0, of: \.median) }
    let worst = (0..<2).map { turns.figures[$0].map(\.median).max() ?? 0 }
    let counts = turns.figures.map(\.count)
    return Finding(
      rows: [
        Row(
          what: "+switch-master seen → first write, median of \(counts[0])",
          ours: medians[0].time, peer: "redis-py, of \(counts[1]), \(medians[1].time)",
          ratio: "\((medians[1] / medians[0]).times) as fast",
          target: "< 10 ms", isReached: medians[0] < 10e6),
        Row(
          what: "the same switch, worst of \(counts[0])", ours: worst[0].time,
          peer: "redis-py, of \(counts[1]), \(worst[1].time)",
          ratio: "\((worst[1] / worst[0]).times) as fast", target: "–", isReached: nil),
      ],
      figures: ["failover.ours": turns.figures[0], "failover.redis-py": turns.figures[1]])
  }
}
