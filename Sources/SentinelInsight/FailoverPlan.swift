import SentinelModel

/// What is to be known before a failover through one Sentinel.
struct FailoverPlan {
  typealias Reason = Preflight.Reason

  var service: ServiceName
  var via: NodeAddress
  var summary: ServiceSummary
  var agreement: Agreement
  var outlook: CandidateOutlook
  var topology: Topology
  var now: Timestamp

  /// What the Sentinel says itself.
  var ranking: CandidateRanking? { outlook[via] }
  /// What it will say when it has asked the replicas anew.
  var expected: CandidateRanking? { outlook.expected.first { $0.sentinel == via } }
  /// Who can't be promoted: where it would not even begin, by what it says itself.
  var passedOver: [Candidate] {
    (ranking?.winner == nil ? ranking : expected ?? ranking)?.rejected ?? []
  }
  var master: NodeAddress { summary.address }
  var settings: MasterState? { topology[via]?.services[service]?.master }
  var isMasterDown: Bool { summary.health == .sDown || summary.health == .oDown }

  var reasons: [Reason] {
    let parts: [[Reason]] = [
      choice, [demotion].compactMap { $0 }, losers, data, others, votes, agreements,
    ]
    return parts.flatMap { $0 }
  }

  func label(_ sentinel: NodeAddress) -> String { topology.label(of: sentinel) }

  func node(_ address: NodeAddress) -> ServerInfo? {
    guard let node = topology.nodes[address], node.isReachable else { return nil }
    return node.info?.value
  }
}

// Who is promoted, and why not the others.
extension FailoverPlan {
  var choice: [Reason] {
    guard let ranking else {
      return [
        Reason(
          .unknownReplicas, .critical,
          "\(label(via)) hasn't told of the replicas of \(service) yet", of: via)
      ]
    }
    guard let gate = ranking.winner else {
      let hidden = ranking.hidden
      guard hidden == 0 else {
        return [
          Reason(
            .hidden, .warning,
            "none of the replicas that are listed can be promoted: "
              + "only \(Measure.count(hidden, "hidden one")) may be",
            "num-slaves \(hidden + ranking.rejected.count), listed \(ranking.rejected.count)")
        ]
      }
      return [
        Reason(
          .noCandidate, .critical, "\(service) has no replica that could be promoted",
          "\(label(via)) would answer NOGOODSLAVE")
      ]
    }
    guard let winner = expected?.winner else {
      return [
        Reason(
          .candidateVanishes, .critical,
          "\(label(via)) would begin and give up: by their latest words no replica can be promoted",
          evidence(gate))
      ]
    }
    var reasons = [
      Reason(
        .promotes, .notice, "\(label(via)) promotes \(winner.address).", evidence(winner),
        of: winner.address)
    ]
    if ranking.hidden > 0 {
      reasons.append(
        Reason(
          .hidden, .warning,
          "\(Measure.count(ranking.hidden, "replica")) not listed may be promoted instead.",
          "num-slaves \(ranking.hidden + ranking.eligible.count + ranking.rejected.count)"))
    }
    if ranking.age > .seconds(10) {
      reasons.append(
        Reason(
          .oldData, .warning,
          "What \(label(via)) said of the replicas is \(Measure.time(ranking.age)) old.", of: via))
    }
    return reasons
  }

  func evidence(_ candidate: Candidate) -> String {
    let age = candidate.age.map { ", \(Measure.time($0)) old" } ?? ""
    let source =
      candidate.source == candidate.address ? "its own INFO" : "INFO of \(label(candidate.source))"
    return "priority \(candidate.priority), offset \(candidate.offset), \(source)\(age)"
  }

  var demotion: Reason? {
    guard preflightWinner != nil else { return nil }
    if isMasterDown {
      return Reason(
        .demotes, .notice, "\(master) is demoted when it comes back.", summary.health.word,
        of: master)
    }
    let rate = topology.writeRate(of: master)
    let loss =
      rate.map { rate in
        rate < 1
          ? " (now none come)"
          : ", about \(Measure.bytes(UInt64(min(rate * 10, 1e18)))) at this rate"
      } ?? ""
    return Reason(
      .writesAtRisk, .notice,
      "\(master) stays writable until it is demoted, about 10 s: writes to it are lost\(loss).",
      rate.map { "\(Measure.bytes(UInt64(min($0, 1e18))))/s" } ?? "its rate of writes isn't known",
      of: master)
  }

  var preflightWinner: Candidate? { outlook.winner(via: via) }

  /// The winner, and those that are as good but for their offsets.
  var contenders: Set<NodeAddress> {
    guard let winner = preflightWinner else { return [] }
    return rivals.union([winner.address])
  }

  private var rivals: Set<NodeAddress> { Set(expected?.rivals.map(\.address) ?? []) }

  var losers: [Reason] {
    let winner = preflightWinner
    let rivals = rivals
    let behind = (expected?.eligible ?? []).dropFirst().map { loser in
      Reason(
        .runnerUp, .info,
        rivals.contains(loser.address)
          ? "\(loser.address) may win instead: it has the same priority, and offsets move on."
          : "\(loser.address) isn't chosen: \(winner.map { loser.handicap(against: $0) } ?? "").",
        evidence(loser), of: loser.address)
    }
    let rejected = passedOver.map { loser in
      Reason(
        .rejected, .notice,
        "\(loser.address) can't be promoted: \(loser.rejection?.sentence ?? "").",
        "\(loser.rejection?.rule ?? "") \(loser.rejection?.value ?? ""), "
          + "limit \(loser.rejection?.limit ?? "")", of: loser.address)
    }
    return (winner == nil ? [] : behind) + rejected
  }
}

extension Candidate {
  /// Why the other one is chosen before this one.
  fileprivate func handicap(against winner: Candidate) -> String {
    if priority != winner.priority { return "priority \(priority) comes after \(winner.priority)" }
    if offset != winner.offset {
      return "its offset is \(Measure.bytes(winner.offset &- offset)) less"
    }
    return "all else is equal, and its run id is larger"
  }
}
