package import SentinelModel

/// Why one Sentinel starts no failover: the conditions of an automatic one, in the order in which they
/// must come true, and which of them hold.
package struct Blockers: Hashable, Sendable {
  package var service: ServiceName
  package var sentinel: NodeAddress
  package var conditions: [Condition]
  /// Whether it runs a failover already.
  package var isRunning: Bool

  /// One thing that must be so.
  package struct Condition: Hashable, Sendable {
    package var kind: Kind
    package var state: State
    /// How it stands: `agreed by 1 of quorum 2`.
    package var text: String
    package var evidence: String
    /// When it will hold by itself; nil where that isn't known.
    package var due: Timestamp?

    package enum Kind: Hashable, Sendable, CaseIterable {
      case noTilt, notLoading, sDown, oDown, patience, majority, candidate
    }
  }

  package enum State: Hashable, Sendable {
    case holds, blocks, unknown
  }

  /// The first condition that doesn't hold; nil where none is known to be missing.
  package var blocking: Condition? { conditions.first { $0.state == .blocks } }

  /// Nil where the Sentinel doesn't answer or doesn't monitor the service.
  package init?(
    of service: ServiceName, by sentinel: NodeAddress, in topology: Topology,
    _ clock: FailoverClock, at now: Timestamp
  ) {
    guard let vantage = topology[sentinel], vantage.isReachable,
      let view = vantage.services[service]
    else { return nil }
    self.service = service
    self.sentinel = sentinel
    isRunning = view.master.flags.contains(.failoverInProgress)
    let checklist = Checklist(
      service: service, vantage: vantage, view: view, topology: topology, clock: clock, now: now)
    conditions = [
      checklist.tilt, checklist.loading, checklist.sDown, checklist.oDown, checklist.patience,
      checklist.majority, checklist.candidate,
    ].compactMap { $0 }
  }

  /// The checklist of each Sentinel that answers, the one that is nearest to a failover first.
  package static func all(
    of service: ServiceName, in topology: Topology, _ clock: FailoverClock, at now: Timestamp
  ) -> [Blockers] {
    let lists = topology.vantages.compactMap {
      Blockers(of: service, by: $0.address, in: topology, clock, at: now)
    }
    return lists.enumerated().sorted { left, right in
      (left.element.progress, right.offset) > (right.element.progress, left.offset)
    }.map(\.element)
  }

  private var progress: Int {
    isRunning ? .max : conditions.count { $0.state == .holds }
  }

  /// `s1 starts no failover: agreed by 1 of quorum 2`.
  package func sentence(in topology: Topology) -> String {
    let label = topology.label(of: sentinel)
    if isRunning { return "\(label) runs a failover" }
    if let blocking { return "\(label) starts no failover: \(blocking.text)" }
    let unknown = conditions.filter { $0.state == .unknown }
    return unknown.isEmpty
      ? "nothing keeps \(label) from a failover" : "\(label): \(unknown[0].text)"
  }
}

/// The conditions, each by its own rule.
private struct Checklist {
  typealias Condition = Blockers.Condition

  let service: ServiceName
  let vantage: Vantage
  let view: ServiceView
  let topology: Topology
  let clock: FailoverClock
  let now: Timestamp

  private var master: MasterState { view.master }
  private var elapsed: Duration { max(.zero, now.duration(since: view.masterAt)) }

  private func condition(
    _ kind: Condition.Kind, _ holds: Bool?, _ text: String, _ evidence: String,
    due: Timestamp? = nil
  ) -> Condition {
    Condition(
      kind: kind, state: holds.map { $0 ? .holds : .blocks } ?? .unknown, text: text,
      evidence: evidence, due: due)
  }

  var tilt: Condition {
    let text =
      switch vantage.isTilted {
      case true?: "it is in tilt"
      case false?: "it is not in tilt"
      case nil: "whether it is in tilt isn't known"
      }
    let end = Countdown.all(of: service, in: topology, clock, at: now).first {
      $0.kind == .tiltEnd && $0.sentinel == vantage.address
    }
    return condition(.noTilt, vantage.isTilted.map { !$0 }, text, "INFO, +tilt", due: end?.due)
  }

  /// Only told where it is so: LOADING counts as an answer.
  var loading: Condition? {
    let node = topology.nodes[master.address]
    guard master.flags.contains(.masterReboot) || node?.info?.value["loading"] == "1",
      node?.isReachable != false
    else { return nil }
    return condition(
      .notLoading, false, "the master is loading its data, which counts as alive",
      "loading:1", due: nil)
  }

  var sDown: Condition {
    let limit = master.report.downAfter
    guard !master.flags.contains(.sDown) else {
      let age = master.report.sDownFor.map { $0 + elapsed }
      return condition(
        .sDown, true, "the master is sdown here" + (age.map { " for \(Measure.time($0))" } ?? ""),
        "flags \(master.flags)")
    }
    let silence = master.report.silence.map { $0 + elapsed } ?? .zero
    guard silence > Countdown.usualSilence else {
      return condition(
        .sDown, false, "the master answers",
        "last good answer \(Measure.time(master.report.sinceValidPing)) before we asked")
    }
    return condition(
      .sDown, false, "silent for \(Measure.time(silence)) of \(Measure.time(limit))",
      "last-ping-sent \(Measure.time(master.report.pendingPingAge))",
      due: now.advanced(by: limit - silence))
  }

  var oDown: Condition {
    guard !master.flags.contains(.oDown) else {
      return condition(.oDown, true, "quorum \(master.quorum) agrees", "flags \(master.flags)")
    }
    guard let others = view.sentinels else {
      return condition(
        .oDown, nil, "who agrees isn't known", "it hasn't told of the other Sentinels yet")
    }
    let agreeing =
      others.value.count { $0.flags.contains(.masterDown) && !$0.flags.contains(.sDown) }
      + (master.flags.contains(.sDown) ? 1 : 0)
    return condition(
      .oDown, false, "agreed by \(agreeing) of quorum \(master.quorum)",
      "flag master_down on \(agreeing) of \(others.value.count) others, and its own sdown")
  }

  /// After an attempt, or a vote for another one's, twice the failover-timeout must pass.
  var patience: Condition {
    let wait = master.failoverTimeout * 2
    let entry = clock[vantage.address, service]
    guard let attempt = entry.attemptAt else {
      if case .yes(let since) = vantage.hearing, now.duration(since: since) >= wait {
        return condition(
          .patience, true, "no attempt in the last \(Measure.time(wait))",
          "heard since \(Measure.time(now.duration(since: since)))")
      }
      return condition(
        .patience, nil, "whether it tried in the last \(Measure.time(wait)) isn't known",
        "its events weren't heard for so long")
    }
    let due = attempt.advanced(by: wait)
    let ago = Measure.time(now.duration(since: attempt))
    let what =
      entry.wasVote ? "it voted for another one's attempt \(ago) ago" : "it tried \(ago) ago"
    guard due > now else {
      return condition(.patience, true, what, "2 × failover-timeout is \(Measure.time(wait))")
    }
    return condition(
      .patience, false, "\(what), the next attempt is in \(Measure.time(due.duration(since: now)))",
      "2 × failover-timeout is \(Measure.time(wait))", due: due)
  }

  var majority: Condition {
    guard
      let voice = QuorumOutlook(of: service, in: topology, at: now)?.voices.first(where: {
        $0.sentinel == vantage.address
      })
    else {
      return condition(
        .majority, nil, "whether a majority can be reached isn't known",
        "it hasn't told of the other Sentinels yet")
    }
    let isReached = voice.toElection >= 0
    return condition(
      .majority, isReached,
      "\(voice.usable) can vote, \(voice.votesNeeded) votes needed",
      "usable \(voice.usable) of \(voice.known), quorum \(voice.quorum), majority \(voice.majority)"
    )
  }

  var candidate: Condition {
    guard
      let ranking = CandidateRanking(
        of: service, by: vantage.address, in: topology, at: now, on: .youngest)
    else {
      return condition(
        .candidate, nil, "whether a replica can be promoted isn't known",
        "it hasn't told of the replicas yet")
    }
    if let winner = ranking.winner {
      return condition(
        .candidate, true, "\(winner.address) can be promoted",
        "\(ranking.eligible.count) of \(ranking.eligible.count + ranking.rejected.count) replicas")
    }
    let why = ranking.rejected.compactMap { replica in
      replica.rejection.map { "\(replica.address): \($0.sentence)" }
    }
    return condition(
      .candidate, ranking.hidden > 0 ? nil : false,
      ranking.hidden > 0 ? "only a hidden replica could be promoted" : "no replica can be promoted",
      why.isEmpty ? "it knows no replica" : why.joined(separator: "; "))
  }
}
