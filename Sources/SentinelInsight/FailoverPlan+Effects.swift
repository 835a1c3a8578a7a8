import SentinelModel

// What becomes of the data, and of those who use them.
extension FailoverPlan {
  var data: [Reason] {
    guard let winner = preflightWinner else { return [] }
    return lag(of: winner) + further(than: winner) + followers(of: winner)
  }

  private func lag(of winner: Candidate) -> [Reason] {
    guard let lag = Lag(of: winner.address, in: service, topology, at: now) else {
      return [Reason(.lag, .info, "How far \(winner.address) is behind isn't known.")]
    }
    let source = "\(lag.source.word), \(Measure.time(lag.age)) old"
    if lag.isSyncing {
      let share = lag.syncPercent.map { ", \(Int($0)) % arrived" } ?? ""
      return [
        Reason(
          .syncing, .critical,
          "\(winner.address) is copying the data set\(share): "
            + "it would be promoted with a part of it", source, of: winner.address)
      ]
    }
    if lag.isForeign {
      return [
        Reason(
          .foreignHistory, .critical, "\(winner.address) holds data of another history", source,
          of: winner.address)
      ]
    }
    guard let bytes = lag.bytes else {
      return [
        Reason(
          .lag, .info, "How far \(winner.address) is behind isn't known.", source,
          of: winner.address)
      ]
    }
    if case .rows = lag.source {
      let words =
        bytes == 0
        ? "No replica is known to be further than \(winner.address)"
        : "\(winner.address) is behind the furthest replica by \(Measure.bytes(bytes))"
      return [
        Reason(
          .lag, .info, "\(words), as of \(Measure.time(lag.age)) ago.", source,
          of: winner.address)
      ]
    }
    let isFar = bytes > 1_000_000 || lag.time.map { $0 > .seconds(10) } ?? false
    return [
      Reason(
        .lag, isFar ? .warning : .info,
        "\(winner.address) is behind by \(Measure.bytes(bytes)), as of \(Measure.time(lag.age)) ago.",
        source + (lag.time.map { ", heard \(Measure.time($0)) before" } ?? ""),
        of: winner.address)
    ]
  }

  /// Priority comes before data: it may choose one that lacks what another one has.
  private func further(than winner: Candidate) -> [Reason] {
    let best = expected?.eligible.max { $0.offset < $1.offset }
    guard let best, best.offset > winner.offset, best.offset - winner.offset > 65_536 else {
      return []
    }
    return [
      Reason(
        .lag, .warning,
        "\(best.address) has \(Measure.bytes(best.offset - winner.offset)) more, "
          + "but a worse priority.", evidence(best), of: best.address)
    ]
  }

  private func followers(of winner: Candidate) -> [Reason] {
    let replicas = ReplicaSummary.all(of: service, in: topology) ?? []
    let others = replicas.filter { $0.health == .up && $0.address != winner.address }.count
    let atATime = max(1, settings?.parallelSyncs ?? 1)
    var reasons: [Reason] = []
    if others > 0 {
      let pace = others > atATime ? ", \(atATime) at a time" : others > 1 ? ", all at once" : ""
      reasons.append(
        Reason(
          .repointed, .info,
          "\(Measure.count(others, "other replica")) \(others == 1 ? "follows" : "follow") it\(pace).",
          "parallel-syncs \(atATime)"))
    }
    if let good = node(master)?.integer("min_slaves_good_slaves"), good > others {
      reasons.append(
        Reason(
          .minReplicas, .warning,
          "\(winner.address) has \(Measure.count(others, "replica")) until \(master) is back: "
            + "with min-replicas-to-write it may refuse writes.",
          "min_slaves_good_slaves \(good) on \(master)", of: winner.address))
    }
    if let clients = node(winner.address)?.integer("connected_clients"), clients > 0 {
      reasons.append(
        Reason(
          .clients, .info, "The clients of \(winner.address) are disconnected.",
          "connected_clients \(clients), Sentinels among them", of: winner.address))
    }
    return reasons
  }
}

// What the other Sentinels say.
extension FailoverPlan {
  var others: [Reason] {
    let mine = ranking?.winner?.address
    guard mine != nil else { return [] }
    return outlook.rankings.filter { $0.sentinel != via && $0.winner?.address != mine }.map {
      Reason(
        .otherChoice, .info,
        "\(label($0.sentinel)) would promote \($0.winner.map { "\($0.address)" } ?? "nobody").",
        of: $0.sentinel)
    }
  }

  /// A failover by hand needs no votes, but whoever can't get them now is a danger afterwards.
  var votes: [Reason] {
    guard let quorum = QuorumOutlook(of: service, in: topology, at: now) else { return [] }
    var reasons = quorum.voices.filter { !$0.isFine }.map { voice in
      let lack = [voice.hasQuorum ? nil : "quorum", voice.hasMajority ? nil : "majority"]
        .compactMap { $0 }.joined(separator: " and ")
      return Reason(
        .quorum, .warning,
        "\(label(voice.sentinel)) reaches no \(lack): it could not fail over by itself.",
        "usable \(voice.usable) of \(voice.known), quorum \(voice.quorum), "
          + "majority \(voice.majority)", of: voice.sentinel)
    }
    if reasons.isEmpty, quorum.isFine == true {
      reasons.append(
        Reason(
          .quorum, .info, "Quorum and majority are reached on every Sentinel.", quorum.sentence))
    }
    reasons += quorum.untold.map {
      Reason(.quorum, .info, "\(label($0)) hasn't told of the other Sentinels yet.", of: $0)
    }
    return reasons
  }

  var agreements: [Reason] {
    var reasons: [Reason] = []
    if !agreement.isComplete {
      reasons.append(
        Reason(
          .agreement, .warning,
          "Only \(agreement.agree.count) of \(agreement.of) Sentinels agree on the master.",
          (agreement.differ + agreement.without).map(label).joined(separator: ", ")))
    }
    if summary.health != .up, summary.health != .failover {
      reasons.append(
        Reason(
          .masterHealth, .warning, "The master is \(summary.health.word) now.",
          "\(summary.sDownCount) of \(agreement.of) Sentinels have it in sdown"))
    }
    for vantage in topology.vantages
    where vantage.isReachable && vantage.isTilted == true && vantage.address != via {
      reasons.append(
        Reason(.tilt, .info, "\(label(vantage.address)) is in tilt.", of: vantage.address))
    }
    for (other, running) in topology.runningFailovers().sorted(by: { $0.key < $1.key })
    where other != service {
      reasons.append(
        Reason(
          .failoverRuns, .info, "A failover of \(other) runs on \(label(running.sentinel)).",
          "failover-state \(running.step)", of: running.sentinel))
    }
    return reasons
  }
}
