import SentinelModel

/// Whether a failover would find a replica, and a good one.
enum CandidateRules {
  static let all = [d23, d24, d25, d26, d27, d28, d29, d30, d58]

  static let d23 = Rule(
    "D23", .critical, .agreement, after: .seconds(2), needs: [.replicas],
    "whether any replica can be promoted",
    advice: """
      A failover, started by hand or not, ends with NOGOODSLAVE. Put right what keeps a replica out, \
      or add one.
      """
  ) { look in
    guard look.candidates.isHopeless == true else { return [] }
    let evidence = look.candidates.rankings.flatMap { ranking in
      ranking.rejected.map { candidate in
        Evidence(
          candidate.rejection?.rule ?? "", candidate.rejection?.value ?? "",
          limit: candidate.rejection?.limit, of: candidate.address, from: ranking.sentinel,
          at: look.toldReplicas(ranking.sentinel))
      }
    }
    let none = look.voices.map { $0.says("num-slaves", "\($0.master.replicaCount)", limit: "1") }
    return [
      Symptom("no replica could be promoted", evidence.isEmpty ? none : evidence)
    ]
  }

  static let d24 = Rule(
    "D24", .warning, .state, after: .seconds(5), needs: [.replicas, .masterInfo],
    "replicas that are well, but cut off from a Sentinel",
    advice: """
      Only the way from the Sentinel to the replica is cut: a wrong password, TLS, a firewall, a name \
      that doesn't resolve.
      """
  ) { look in
    look.eachReplica { voice, replica in
      let isCut =
        replica.flags.contains(.disconnected) || replica.report.sinceValidPing > .seconds(5)
      guard isCut, look.isAttached(replica.address, afterSilenceOf: replica, toldBy: voice) else {
        return nil
      }
      return voice.says(
        of: replica, "last-ok-ping-reply",
        "\(Measure.time(replica.report.sinceValidPing)), \(replica.flags)",
        limit: "at most 5 s, connected")
    } title: {
      "\($0) follows the master, but a Sentinel has no way to it"
    }
  }

  static let d25 = Rule(
    "D25", .warning, .state, needs: [.replicas], "whether every priority is 0",
    advice:
      "A replica of priority 0 is never promoted. Set replica-priority above 0 at one at least."
  ) { look in
    let reports = look.replicas.flatMap { row in row.reports.map { (row.address, $0) } }
    let healthy = reports.filter { !$0.1.state.flags.isDown && $0.1.state.masterLink.isUp }
    let asked = healthy.isEmpty ? reports : healthy
    guard !asked.isEmpty, asked.allSatisfy({ $0.1.state.priority == 0 }) else { return [] }
    let isAll = reports.allSatisfy { $0.1.state.priority == 0 }
    return [
      Symptom(
        isAll ? "every replica has priority 0" : "every replica that is up has priority 0",
        asked.map { $0.1.voice.says(of: $0.1.state, "slave-priority", "0", limit: "1 or more") },
        command: asked[0].0.cli("CONFIG", "SET", "replica-priority", "100"))
    ]
  }

  static let d26 = Rule(
    "D26", .warning, .agreement, after: .seconds(3), needs: [.replicas],
    "replicas whose link to the master is down",
    advice: """
      Its data grow old. When the link has been down for longer than ten times down-after, it can't \
      be promoted any more.
      """
  ) { look in
    guard !look.voices.contains(where: { $0.master.flags.isDown }) else { return [] }
    return look.eachReplica { voice, replica in
      guard case .down(let time) = replica.masterLink, !replica.flags.isDown,
        replica.reportedRole != .master, replica.sinceInfo != nil
      else { return nil }
      let limit = voice.master.report.downAfter * 10
      return voice.says(
        of: replica, "master-link-down-time", time.map(Measure.time) ?? "never up",
        limit: "up; at most \(Measure.time(limit)) to be promoted", since: time)
    } title: {
      "the link of \($0) to the master is down"
    }
  }

  static let d27 = Rule(
    "D27", .warning, .state, after: .seconds(5), needs: [.replicas], "how old a replica's INFO is",
    advice: """
      INFO is asked for every 10 s. Where it doesn't come, the node is slow, or the Sentinel's user may \
      not ask. From 30 s on the replica can't be promoted (from 5 s on while the master is down).
      """
  ) { look in
    look.eachReplica { voice, replica in
      guard !replica.flags.isDown, !replica.flags.contains(.disconnected) else { return nil }
      let limit = SelectionRule.longestInfoAge(voice.master)
      // A node that spoke has a run id; its INFO may be of this very millisecond.
      guard let age = replica.sinceInfo else {
        guard replica.report.runID == nil else { return nil }
        return voice.says(of: replica, "info-refresh", "never", limit: Measure.time(limit))
      }
      // A little before the limit, there is still time to do something.
      guard age > limit - limit / 6 else { return nil }
      return voice.says(
        of: replica, "info-refresh", Measure.time(age), limit: "less than \(Measure.time(limit))")
    } title: {
      "the INFO of \($0) is old"
    }
  }

  static let d28 = Rule(
    "D28", .warning, .state, after: .seconds(12), needs: [.replicas],
    "whether the most complete replica would be promoted",
    advice: """
      Priority counts before the offset: the one that would win has fewer data, and the others would \
      have to copy everything. Change the priorities, or wait until it has caught up.
      """
  ) { look in
    look.candidates.expected.compactMap { ranking -> Symptom? in
      guard let winner = ranking.winner,
        let best = ranking.eligible.max(by: { $0.offset < $1.offset }),
        best.offset > winner.offset, best.offset - winner.offset > smallGap
      else { return nil }
      return Symptom(
        "\(winner.address) would win, \(Measure.bytes(best.offset - winner.offset)) behind "
          + "\(best.address)",
        [
          Evidence(
            "slave-repl-offset", "\(winner.offset), priority \(winner.priority)",
            limit: "\(best.offset)", of: winner.address, from: winner.source,
            at: look.toldReplicas(winner.source)),
          Evidence(
            "slave-repl-offset", "\(best.offset), priority \(best.priority)", of: best.address,
            from: best.source, at: look.toldReplicas(best.source)),
        ])
    }.first.map { [$0] } ?? []
  }

  /// Offsets that are so near may differ by nothing but the moment at which they were told.
  private static let smallGap: UInt64 = 64_000

  static let d29 = Rule(
    "D29", .warning, .state, needs: [.replicas, .replicaInfo, .masterInfo],
    "whether the winner's data are whole",
    advice: """
      Sentinel doesn't look at that: it would promote a part of the data, or foreign ones. Wait, or \
      set its replica-priority to 0.
      """
  ) { look in
    let winners = Set(look.ofAgreeing(look.candidates.rankings).compactMap { $0.winner?.address })
    return winners.sorted().compactMap { address in
      guard let facts = look.replicaFacts[address] else { return nil }
      if facts.integer("master_sync_in_progress") == 1,
        let evidence = facts.evidence("master_sync_in_progress", of: address, limit: "0")
      {
        return Symptom(
          "\(address) would win in the middle of a full sync", node: address, [evidence])
      }
      guard facts["master_link_status"]?.text == "up",
        let own = ReplicationHistory(facts), let master = ReplicationHistory(look.masterFacts),
        !own.isRelated(to: master),
        let evidence = facts.evidence("master_replid", of: address, limit: master.id.short)
      else { return nil }
      return Symptom("\(address) would win with data of another origin", node: address, [evidence])
    }
  }

  static let d30 = Rule(
    "D30", .info, .agreement, after: .seconds(12), needs: [.twoSentinels, .replicas],
    "whether all Sentinels would promote the same replica",
    advice: "The result depends on who leads. Priorities make it certain."
  ) { look in
    let outlook = look.ofAgreeing(look.candidates.expected)
    let winners = Set(outlook.map { $0.winner?.address })
    guard outlook.count > 1, winners.count > 1 else { return [] }
    return [
      Symptom(
        "the Sentinels would promote different replicas",
        outlook.map {
          Evidence(
            "winner", $0.winner.map { "\($0.address)" } ?? "none", limit: "the same",
            from: $0.sentinel, at: look.toldReplicas($0.sentinel))
        })
    ]
  }

  /// What may be lost without a word.
  private static let longestLag = Duration.seconds(10)
  private static let largestGap: UInt64 = 10_000_000

  static let d58 = Rule(
    "D58", .warning, .state, needs: [.replicas, .masterInfo],
    "what a failover would lose now",
    advice: """
      The replica that would be promoted is behind: so much would be lost. Wait until it has caught \
      up, or look why it can't.
      """
  ) { look in
    guard let winner = look.ofAgreeing(look.candidates.expected).lazy.compactMap(\.winner).first,
      let lag = Lag(of: winner.address, in: look.service, look.topology, at: look.now)
    else { return [] }
    let time = lag.time ?? .zero
    let bytes = lag.bytes ?? 0
    guard time > longestLag || bytes > largestGap else { return [] }
    let size = "\(Measure.bytes(bytes)), the last of \(Measure.time(time))"
    return [
      Symptom(
        "a failover now would lose \(size)", node: winner.address,
        [
          Evidence(
            "lag by \(lag.source.word)", size,
            limit: "at most \(Measure.bytes(largestGap)), \(Measure.time(longestLag))",
            of: winner.address, from: look.teller(of: lag),
            at: look.now.advanced(by: .zero - lag.age))
        ])
    ]
  }
}

extension ServiceExam {
  /// The choices of those who hold the master that most hold: another master has other replicas.
  fileprivate func ofAgreeing(_ rankings: [CandidateRanking]) -> [CandidateRanking] {
    rankings.filter { sample.agreement.agree.contains($0.sentinel) }
  }

  /// When a Sentinel, or a node itself, told of the replicas.
  fileprivate func toldReplicas(_ source: NodeAddress) -> Timestamp {
    sample.voices.first { $0.address == source }?.view.replicas?.at
      ?? topology.nodes[source]?.info?.at ?? now
  }

  /// Who told how far a replica is behind.
  fileprivate func teller(of lag: Lag) -> NodeAddress {
    switch lag.source {
    case .nodes: sample.master
    case .infoCache(let sentinel), .rows(let sentinel): sentinel
    }
  }

  /// Whether the replica was attached to the master after the Sentinel had lost it: by the master's
  /// word, or its own.
  fileprivate func isAttached(
    _ address: NodeAddress, afterSilenceOf replica: ReplicaState, toldBy voice: ServiceSample.Voice
  ) -> Bool {
    let told = voice.view.replicas?.at ?? now
    let lost = told.advanced(by: .zero - replica.report.sinceValidPing + .seconds(2))
    if let text = sample.masterFacts.info(with: "connected_slaves"), text.at > lost,
      text.info.attachedReplicas.contains(where: {
        $0.address == address && $0.state == "online" && $0.lag < .seconds(5)
      })
    {
      return true
    }
    guard let own = topology.nodes[address], own.isReachable, let info = own.info, info.at > lost
    else { return false }
    return info.value["master_link_status"] == "up"
  }
}
