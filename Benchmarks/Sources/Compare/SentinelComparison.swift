/// What is asked of Sentinels: a round of a monitor's questions, and where the master is.
struct SentinelComparison {
  let tools: Tools
  let deployment: Deployment

  init(_ tools: Tools, _ deployment: Deployment) {
    self.tools = tools
    self.deployment = deployment
  }

  func refresh(_ rounds: Int) async throws -> Finding {
    func words(_ count: Int) -> [String] {
      [deployment.service, "\(count)"] + deployment.sentinels
    }
    let turns = try await Turns(
      [
        tools.sentop(["refresh"] + words(1_000)), tools.c("refresh", words(1_000)),
        tools.redisPy(["--plain", "refresh"] + words(100)),
        tools.redisPy(["refresh"] + words(200)),
      ], rounds: rounds)
    let times = (0..<4).map { turns.median($0, of: \.median) }
    let work = (0..<4).map { turns.median($0, of: \.cpuPerOperation) }
    return Finding(
      rows: [
        Row(
          what: "refresh of 3 Sentinels × 10 masters, time", ours: times[0].time,
          peer: "C \(times[1].time)", ratio: "\((times[0] / times[1]).times) the time",
          target: "≤ 1.30×", isReached: times[0] <= 1.3 * times[1]),
        Row(
          what: "the same refresh, CPU", ours: work[0].time, peer: "redis-py \(work[2].time)",
          ratio: "\((work[2] / work[0]).times) less", target: "≥ 10×",
          isReached: work[2] >= 10 * work[0]),
        Row(
          what: "the same refresh, CPU", ours: work[0].time,
          peer: "redis-py with hiredis \(work[3].time)",
          ratio: "\((work[3] / work[0]).times) less", target: "–", isReached: nil),
        Row(
          what: "the same refresh, CPU", ours: work[0].time, peer: "C \(work[1].time)",
          ratio: "\((work[0] / work[1]).times) the work", target: "–", isReached: nil),
        Row(
          what: "the same refresh, time", ours: times[0].time, peer: "redis-py \(times[2].time)",
          ratio: "\((times[2] / times[0]).times) as fast", target: "–", isReached: nil),
      ],
      figures: [
        "refresh.ours": turns.figures[0], "refresh.c": turns.figures[1],
        "refresh.redis-py": turns.figures[2], "refresh.redis-py-hiredis": turns.figures[3],
      ])
  }

  func discover(_ rounds: Int) async throws -> Finding {
    let words = ["discover", deployment.service, "200"] + deployment.sentinels
    let turns = try await Turns([tools.sentop(words), tools.redisPy(words)], rounds: rounds)
    let (ours, peer) = (turns.median(0, of: \.median), turns.median(1, of: \.median))
    return Finding(
      rows: [
        Row(
          what: "discover the master, nothing open yet", ours: ours.time,
          peer: "redis-py \(peer.time)", ratio: "\((peer / ours).times) as fast", target: "–",
          isReached: nil)
      ],
      figures: ["discover.ours": turns.figures[0], "discover.redis-py": turns.figures[1]])
  }
}
