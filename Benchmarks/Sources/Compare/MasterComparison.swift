import Foundation

/// What is asked of a service's master: many small commands at once, and the first write after a
/// failover.
struct MasterComparison {
  let tools: Tools
  let deployment: Deployment

  init(_ tools: Tools, _ deployment: Deployment) {
    self.tools = tools
    self.deployment = deployment
  }

  func commands(_ rounds: Int) async throws -> Finding {
    let words = [deployment.service, "50", "2000"] + deployment.sentinels
    let turns = try await Turns(
      [
        tools.sentop(["commands"] + words), tools.redisPy(["threads"] + words),
        tools.redisPy(["asyncio"] + words), ceiling,
      ], rounds: rounds)
    let rates = (0..<4).map { turns.median($0, of: \.operationsPerSecond) }
    let (python, kind) =
      rates[1] > rates[2] ? (rates[1], "50 threads") : (rates[2], "asyncio")
    return Finding(
      rows: [
        Row(
          what: "GET and SET, 50 callers, one client", ours: rates[0].rate,
          peer: "redis-py, \(kind), \(python.rate)", ratio: "\((rates[0] / python).times) as many",
          target: "≥ 5.00×", isReached: rates[0] >= 5 * python),
        Row(
          what: "the same commands", ours: rates[0].rate, peer: "redis-benchmark \(rates[3].rate)",
          ratio: "\((rates[0] / rates[3]).times) as many", target: "–", isReached: nil),
      ],
      figures: [
        "commands.ours": turns.figures[0], "commands.redis-py-threads": turns.figures[1],
        "commands.redis-py-asyncio": turns.figures[2],
        "commands.redis-benchmark": turns.figures[3],
      ])
  }

  /// What the server gives to 50 connections of a program in C that does nothing but ask: as many
  /// SET as GET, 16 bytes each.
  private var ceiling: Contender {
    let parts = deployment.masters[0].split(separator: ":").map(String.init)
    return Contender(
      path: "/usr/bin/env",
      arguments: [
        "redis-benchmark", "-h", parts[0], "-p", parts[1], "-c", "50", "-n", "100000", "-d", "16",
        "-t", "set,get", "--csv",
      ]
    ) { output in
      // "SET","93457.94",… in all versions; their titles have changed.
      let rates = output.split(separator: "\n").compactMap { line -> Double? in
        let cells = line.split(separator: ",").map { $0.trimmingCharacters(in: ["\"", "\r"]) }
        return cells.count > 1 && ["SET", "GET"].contains(cells[0]) ? Double(cells[1]) : nil
      }
      guard rates.count == 2 else { return nil }
      let seconds = rates.reduce(0) { $0 + 100_000 / $1 }
      return Figure(
        operations: 200_000, wall: seconds * 1e9, cpu: 0, median: seconds / 200_000 * 1e9)
    }
  }

  func failover(_ count: Int) async throws -> Finding {
    let words = ["failover", deployment.service] + deployment.sentinels
    let turns = try await Turns([tools.sentop(words), tools.redisPy(words)], rounds: count)
    let (ours, peer) = (turns.median(0, of: \.median), turns.median(1, of: \.median))
    let worst = (0..<2).map { turns.figures[$0].map(\.median).max() ?? 0 }
    return Finding(
      rows: [
        Row(
          what: "+switch-master seen → first write, median of \(count)", ours: ours.time,
          peer: "redis-py \(peer.time)", ratio: "\((peer / ours).times) as fast",
          target: "< 10 ms", isReached: ours < 10e6),
        Row(
          what: "the same switch, worst of \(count)", ours: worst[0].time,
          peer: "redis-py \(worst[1].time)", ratio: "\((worst[1] / worst[0]).times) as fast",
          target: "–", isReached: nil),
      ],
      figures: ["failover.ours": turns.figures[0], "failover.redis-py": turns.figures[1]])
  }
}
