import Foundation

/// What is asked of a service's master: many small commands at once, a hundred in one go, and the
/// messages of a channel.
struct MasterComparison {
  let tools: Tools
  let deployment: Deployment

  init(_ tools: Tools, _ deployment: Deployment) {
    self.tools = tools
    self.deployment = deployment
  }

  /// GET and SET, by so many callers who each wait for one reply before they go on.
  func commands(_ callers: Int, _ rounds: Int) async throws -> Finding {
    let words = [deployment.service, "\(callers)", "1000"] + deployment.sentinels
    let turns = try await Turns(
      [
        tools.sentop(["commands"] + words), tools.redisPy(["threads"] + words),
        tools.redisPy(["asyncio"] + words),
        benchmark(connections: callers, commands: callers == 1 ? 10_000 : 50_000),
      ], rounds: rounds)
    let rates = (0..<4).map { turns.median($0, of: \.operationsPerSecond) }
    let (python, kind) =
      rates[1] > rates[2]
      ? (rates[1], callers == 1 ? "1 thread" : "\(callers) threads") : (rates[2], "asyncio")
    let who = callers == 1 ? "1 caller" : "\(callers) callers, one client"
    let isJudged = callers == 50
    return Finding(
      rows: [
        Row(
          what: "GET and SET, \(who)", ours: rates[0].rate,
          peer: "redis-py, \(kind), \(python.rate)", ratio: "\((rates[0] / python).times) as many",
          target: isJudged ? "≥ 5.00×" : "–", isReached: isJudged ? rates[0] >= 5 * python : nil),
        Row(
          what: "the same commands", ours: rates[0].rate, peer: "redis-benchmark \(rates[3].rate)",
          ratio: "\((rates[0] / rates[3]).times) as many", target: "–", isReached: nil),
      ],
      figures: [
        "commands\(callers).ours": turns.figures[0],
        "commands\(callers).redis-py-threads": turns.figures[1],
        "commands\(callers).redis-py-asyncio": turns.figures[2],
        "commands\(callers).redis-benchmark": turns.figures[3],
      ])
  }

  /// GET and SET, a hundred in one go, by one caller.
  func pipelines(_ rounds: Int) async throws -> Finding {
    let words = [deployment.service, "1000"] + deployment.sentinels
    let turns = try await Turns(
      [
        tools.sentop(["pipeline"] + words), tools.redisPy(["pipeline"] + words),
        tools.c("pipeline", ["1000", deployment.masters[0]]),
        benchmark(connections: 1, commands: 200_000, pipeline: 100),
      ], rounds: rounds)
    return finding(
      "pipelines", "GET and SET, pipelines of 100", "the same pipelines", turns,
      ["redis-py", "C", "redis-benchmark -P 100"])
  }

  /// Messages of one channel, to one subscriber.
  func subscriptions(_ rounds: Int) async throws -> Finding {
    let words = [deployment.service, "1000"] + deployment.sentinels
    let turns = try await Turns(
      [
        tools.sentop(["subscribe"] + words), tools.redisPy(["subscribe"] + words),
        tools.c("subscribe", ["1000", deployment.masters[0]]),
      ], rounds: rounds)
    return finding(
      "subscriptions", "messages of a channel", "the same messages", turns, ["redis-py", "C"])
  }

  /// A row for each peer, by operations a second; ours come first in the turns.
  private func finding(
    _ name: String, _ what: String, _ again: String, _ turns: Turns, _ peers: [String]
  ) -> Finding {
    let rates = turns.figures.indices.map { turns.median($0, of: \.operationsPerSecond) }
    var finding = Finding(rows: [], figures: ["\(name).ours": turns.figures[0]])
    for (index, peer) in peers.enumerated() {
      finding.rows.append(
        Row(
          what: index == 0 ? what : again, ours: rates[0].rate,
          peer: "\(peer) \(rates[index + 1].rate)",
          ratio: "\((rates[0] / rates[index + 1]).times) as many", target: "–", isReached: nil))
      finding.figures["\(name).\(peer.split(separator: " ")[0])"] = turns.figures[index + 1]
    }
    return finding
  }

  /// What the server gives to so many connections of a program in C that does nothing but ask: as many
  /// SET as GET, 16 bytes each.
  private func benchmark(connections: Int, commands: Int, pipeline: Int = 1) -> Contender {
    let parts = deployment.masters[0].split(separator: ":").map(String.init)
    return Contender(
      path: "/usr/bin/env",
      arguments: [
        "redis-benchmark", "-h", parts[0], "-p", parts[1], "-c", "\(connections)",
        "-n", "\(commands)", "-P", "\(pipeline)", "-d", "16", "-t", "set,get", "--csv",
      ]
    ) { output in
      // "SET","93457.94",… in all versions; their titles have changed.
      let rates = output.split(separator: "\n").compactMap { line -> Double? in
        let cells = line.split(separator: ",").map { $0.trimmingCharacters(in: ["\"", "\r"]) }
        return cells.count > 1 && ["SET", "GET"].contains(cells[0]) ? Double(cells[1]) : nil
      }
      guard rates.count == 2 else { return nil }
      let seconds = rates.reduce(0) { $0 + Double(commands) / $1 }
      return Figure(
        operations: 2 * commands, wall: seconds * 1e9, cpu: 0,
        median: seconds / Double(2 * commands) * 1e9)
    }
  }
}
