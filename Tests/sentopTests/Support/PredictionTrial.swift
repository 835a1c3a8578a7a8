import RESP
import RedisSentinel
import SentinelInsight
import SentinelLab
import SentinelModel
import SentinelMonitor
import TestSupport
import Testing

/// Puts the nodes of a lab in bad shape by chance, predicts what one of the Sentinels would do, lets it
/// do so, and keeps the account.
struct PredictionTrial {
  /// What came of one failover.
  private enum Result: Hashable {
    /// As predicted: somebody was promoted, or nobody.
    case hit
    /// One of those that were told to have as good a chance.
    case rival
    /// By what the Sentinel knew before: an answer to its INFO came too late to count.
    case old
    case miss(String)
  }

  private let lab: Lab
  private let listeners: Listeners
  private let hasTies: Bool
  private let clock = SteadyClock()
  private let connection = ConnectionConfiguration(
    connectTimeout: .seconds(1), commandTimeout: .seconds(2))
  private var chance: SeededGenerator
  private var results: [Result] = []
  private var byRowsAlone = 0
  private var refusals = 0
  private var troubles: [String: Int] = [:]

  init(_ lab: Lab, _ listeners: Listeners, seed: UInt64, hasTies: Bool) {
    self.lab = lab
    self.listeners = listeners
    self.hasTies = hasTies
    chance = SeededGenerator(seed: seed)
  }

  /// What was promised and didn't come.
  var misses: [String] {
    results.compactMap { if case .miss(let words) = $0 { words } else { nil } }
  }

  var report: String {
    """
    \(results.count) failovers: \(results.count { $0 == .hit }) as predicted, \
    \(results.count { $0 == .rival }) by a rival that was named, \
    \(results.count { $0 == .old }) by what the Sentinel knew before, \(misses.count) missed; \
    \(refusals) refused; from rows alone \(byRowsAlone) as predicted.
    Shapes: \(troubles.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
    \(misses.joined(separator: "\n"))
    """
  }

  mutating func round() async throws {
    let master = try await calm()
    var nodes = (lab.masters + lab.replicas).filter { $0.address != master }
    nodes.shuffle(using: &chance)
    try await rank(nodes)
    let frozen = try await harm(nodes, master)
    let via = lab.sentinels[Int.random(in: 0..<3, using: &chance)]
    let now = try await look(via, nodes, frozen: frozen)
    let outlook = CandidateOutlook(of: ServiceName(Lab.service), in: now, at: clock.now())
    let start = listeners.heard.count
    let answer = try await order(via)
    let chosen = try await choice(of: via, after: start, answer)
    judge(outlook, via, answer, chosen)
    for node in frozen { try await node.thaw() }
    for node in nodes where await !node.state.isRunning { try await node.start() }
    if chosen != nil { try await end(of: via, after: start) }
  }

  /// Returns the master when all Sentinels hold the same, and know all the others to be up.
  private func calm() async throws -> NodeAddress {
    let count = lab.replicas.count
    return try await eventually("all is calm", within: .seconds(90)) {
      var masters: Set<NodeAddress> = []
      for sentinel in lab.sentinels {
        let (state, replicas) = try await rows(sentinel)
        guard let state, !state.flags.isDown, !state.flags.contains(.failoverInProgress) else {
          return nil
        }
        let up = replicas.filter {
          !$0.flags.isDown && !$0.flags.contains(.disconnected) && $0.sinceInfo != nil
        }
        guard up.count == count else { return nil }
        masters.insert(state.address)
      }
      return masters.count == 1 ? masters.first : nil
    }
  }

  private mutating func rank(_ nodes: [LabNode]) async throws {
    var priorities = [0, 1, 10, 100]
    if hasTies {
      priorities = nodes.map { _ in [0, 1, 1, 10, 10, 100].randomElement(using: &chance) ?? 1 }
    }
    priorities.shuffle(using: &chance)
    for (node, priority) in zip(nodes, priorities) {
      _ = try await ask(node, "CONFIG", "SET", "replica-priority", "\(priority)")
    }
  }

  /// Harms up to two of the nodes; those that are frozen come back.
  private mutating func harm(_ nodes: [LabNode], _ master: NodeAddress) async throws -> [LabNode] {
    var frozen: [LabNode] = []
    for node in nodes.prefix(Int.random(in: 0...2, using: &chance)) {
      let shapes = ["frozen", "killed", "cut off", "stopped following"]
      let shape = shapes.randomElement(using: &chance) ?? ""
      troubles[shape, default: 0] += 1
      switch shape {
      case "frozen":
        try await node.freeze()
        frozen.append(node)
      case "killed": try await node.kill()
      case "cut off": _ = try await ask(node, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
      default: _ = try await ask(node, "REPLICAOF", "127.0.0.1", "1")
      }
    }
    if let node = lab.node(at: master) {
      _ = try await ask(node, "SET", "key", String(repeating: "x", count: 1_000))
    }
    // The trouble is of a different age each time: some are silent, some in sdown, some on their way.
    // What changed within the last second a Sentinel may or may not have heard.
    let halves = Int.random(in: (hasTies ? 0 : 3)...6, using: &chance)
    try await Task.sleep(for: .milliseconds(500 * halves))
    return frozen
  }

  /// What the Sentinel says, and what those nodes say that can speak.
  private func look(
    _ via: LabNode, _ nodes: [LabNode], frozen: [LabNode]
  ) async throws -> Topology {
    var topology = Topology()
    func see(_ source: NodeAddress, _ fact: Observation.Fact) {
      topology.apply(Observation(source: source, at: clock.now(), fact: fact))
    }
    for node in nodes where !frozen.contains(where: { $0 === node }) {
      guard await node.state.isRunning else { continue }
      let text = try await ask(node, "INFO").text ?? ""
      see(node.address, .sampled(ServerInfo(text: text), roundTrip: .zero))
    }
    let (state, replicas) = try await rows(via)
    see(via.address, .masters([try #require(state)], roundTrip: .zero))
    see(via.address, .replicas(ServiceName(Lab.service), replicas))
    return topology
  }

  private func rows(_ sentinel: LabNode) async throws -> (MasterState?, [ReplicaState]) {
    let replies = try await NodeConnection.open(to: sentinel.address, connection) {
      try await $0.send(pipeline: [
        ["SENTINEL", "MASTER", Lab.service], ["SENTINEL", "REPLICAS", Lab.service],
      ])
    }
    return (
      try? MasterState(reply: replies[0]),
      replies[1].elements?.compactMap { try? ReplicaState(reply: $0) } ?? []
    )
  }

  private func ask(_ node: LabNode, _ words: String...) async throws -> RESPValue {
    try await NodeConnection.open(to: node.address, connection, expecting: .anyServer) {
      try await $0.send(words)
    }
  }

  /// Nil where the Sentinel has begun, else its refusal.
  private func order(_ via: LabNode) async throws -> String? {
    guard case .error(let error) = try await ask(via, "SENTINEL", "FAILOVER", Lab.service) else {
      return nil
    }
    return "\(error)"
  }

  /// Whom it has chosen; nil where nobody.
  private func choice(
    of via: LabNode, after start: Int, _ refusal: String?
  ) async throws -> NodeAddress? {
    guard refusal == nil else { return nil }
    let event = try await eventually("it has chosen") {
      listeners.heard.dropFirst(start).first {
        $0.sentinel == via.address
          && ["+selected-slave", "-failover-abort-no-good-slave"].contains($0.channel)
      }
    }
    return SentinelEvent(channel: event.channel, payload: event.payload).name == .selectedReplica
      ? SentinelEvent(channel: event.channel, payload: event.payload).subject?.address : nil
  }

  private mutating func judge(
    _ outlook: CandidateOutlook, _ via: LabNode, _ refusal: String?, _ chosen: NodeAddress?
  ) {
    let ranking = outlook[via.address]
    let predicted = outlook.winner(via: via.address)?.address
    if refusal != nil { refusals += 1 }
    if ranking?.winner?.address == chosen { byRowsAlone += 1 }
    let mayBegin = ranking?.winner != nil
    if mayBegin == (refusal == nil), predicted == chosen {
      results.append(.hit)
    } else if let chosen,
      outlook.expected.first?.rivals.contains(where: { $0.address == chosen }) == true
    {
      results.append(.rival)
    } else if mayBegin, refusal == nil, ranking?.winner?.address == chosen {
      results.append(.old)
    } else {
      let rows = Dictionary(
        uniqueKeysWithValues: (ranking.map { $0.eligible + $0.rejected } ?? []).map {
          ($0.address, "priority \($0.priority) \($0.age.map(Measure.time) ?? "never")")
        })
      let weighed = (outlook.expected.first.map { $0.eligible + $0.rejected } ?? []).map {
        "\($0.address.port): priority \($0.priority), offset \($0.offset), "
          + "\($0.rejection?.sentence ?? "eligible"), told \($0.age.map(Measure.time) ?? "never") "
          + "to \($0.source.port), in the row \(rows[$0.address] ?? "-")"
      }
      results.append(
        .miss(
          "\(results.count + 1): predicted \(predicted.map { "\($0.port)" } ?? "nobody"), "
            + "got \(chosen.map { "\($0.port)" } ?? refusal ?? "nobody"); "
            + weighed.joined(separator: "; ")))
    }
  }

  /// Returns when the Sentinel has done with it.
  private func end(of via: LabNode, after start: Int) async throws {
    let ends = ["+switch-master", "-failover-abort-slave-timeout"]
    try await eventually("it has ended", within: .seconds(60)) {
      listeners.heard.dropFirst(start).contains {
        $0.sentinel == via.address && ends.contains($0.channel)
      }
    }
  }
}
