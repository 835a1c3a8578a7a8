import SentinelModel

/// Whether data would outlive a failover.
enum DataRules {
  static let all = [d54, d55, d56, d57, d59, d60, d61]

  static let d54 = Rule(
    "D54", .warning, .event, needs: [.events], "masters that were restarted without a failover",
    advice: """
      It may have come back empty, and replicas copy that. Use persistence, no restart at once, or \
      master-reboot-down-after-period (7.0).
      """
  ) { look in
    var evidence = look.exam.events(.reboot, within: .seconds(600), of: look.service)
      .filter { $0.subject?.role == .master }.map(\.evidence)
    let restart = look.exam.memory.restarts[look.service].flatMap {
      look.now.duration(since: $0.at) < .seconds(600) ? $0 : nil
    }
    if let restart {
      let fell = restart.offsetBefore.flatMap { before in
        restart.offsetAfter.map { "offset \($0), before it \(before)" }
      }
      evidence.append(
        Evidence(
          "run_id", "changed\(fell.map { ", \($0)" } ?? "")", limit: "the same run",
          of: restart.address, from: nil, at: look.now, since: restart.at))
    }
    guard !evidence.isEmpty else { return [] }
    return [Symptom("\(look.master) was restarted, without a failover", evidence)]
  }

  /// The oldest snapshot that passes for persistence: the default takes one each hour at least.
  private static let oldestSnapshot = Duration.seconds(7_200)

  static let d55 = Rule(
    "D55", .warning, .setting, needs: [.masterInfo], "whether the master keeps its data on disk",
    advice: """
      A master that is restarted without them is empty, and its replicas copy that. Switch on AOF or \
      snapshots, or see to it that it is never restarted automatically.
      """
  ) { look in
    let facts = look.masterFacts
    guard facts.integer("aof_enabled") == 0, let saved = facts.integer("rdb_last_save_time"),
      let changes = facts.integer("rdb_changes_since_last_save")
    else { return [] }
    // Until its first snapshot a server gives the time of its start.
    let time = Timestamp(milliseconds: Int64(saved) * 1_000)
    let age = (facts["rdb_last_save_time"]?.at ?? look.now).duration(since: time)
    let isFailing = facts["rdb_last_bgsave_status"]?.text == "err"
    guard isFailing || changes > 0 && age > oldestSnapshot else { return [] }
    let fields =
      ["aof_enabled", "rdb_last_save_time", "rdb_changes_since_last_save"]
      + (isFailing ? ["rdb_last_bgsave_status"] : [])
    return [
      Symptom(
        isFailing
          ? "\(look.master)'s snapshots fail" : "\(look.master) doesn't keep its data on disk",
        fields.compactMap { facts.evidence($0, of: look.master) })
    ]
  }

  static let d56 = Rule(
    "D56", .warning, .setting, needs: [.masterInfo],
    "whether a master that is cut off stops writing",
    advice: """
      A master that is cut off goes on taking writes that are lost when it comes back. \
      min-replicas-to-write 1 with min-replicas-max-lag 10 bounds the loss to 10 s.
      """
  ) { look in
    guard let text = look.masterFacts.info(with: "connected_slaves"),
      text.info["role"].flatMap({ NodeRole(wire: $0) }) == .master,
      text.info["min_slaves_good_slaves"] == nil
    else { return [] }
    let hosts = Set([look.master.host] + look.replicas.map(\.address.host))
    guard hosts.count > 1 else { return [] }
    let networks = Set(
      hosts.compactMap { NodeAddress(host: $0, port: 0).octets?.prefix(2).map { $0 } })
    return [
      Symptom(
        networks.count > 1
          ? "a master that is cut off from the other networks goes on writing"
          : "a master that is cut off goes on writing",
        severity: networks.count > 1 ? nil : .info,
        [
          Evidence(
            "min-replicas-to-write", "0", limit: "at least 1", of: look.master, from: text.source,
            at: text.toldAt)
        ], command: look.master.cli("CONFIG", "SET", "min-replicas-to-write", "1"))
    ]
  }

  static let d57 = Rule(
    "D57", .critical, .state, after: .seconds(2), needs: [.masterInfo],
    "whether enough replicas are there to write",
    advice: """
      Writes are refused with NOREPLICAS as long as fewer replicas keep up than min-replicas-to-write \
      wants. After a failover there is one less.
      """
  ) { look in
    let facts = look.masterFacts
    guard let good = facts.integer("min_slaves_good_slaves"),
      let evidence = facts.evidence(
        "min_slaves_good_slaves", of: look.master,
        limit: "min-replicas-to-write, now and with one less")
    else { return [] }
    if good == 0 {
      return [Symptom("\(look.master) refuses writes: no replica keeps up", [evidence])]
    }
    guard good == 1 else { return [] }
    return [
      Symptom(
        "after a failover the new master would refuse writes", severity: .warning, [evidence])
    ]
  }

  static let d59 = Rule(
    "D59", .warning, .setting, needs: [.replicaInfo], "replicas that can be written to",
    advice: """
      What is written there is lost at the next synchronisation, or makes the data differ. Set \
      replica-read-only yes.
      """
  ) { look in
    look.replicas.compactMap { row in
      guard let facts = look.replicaFacts[row.address], facts.integer("slave_read_only") == 0,
        facts["role"].flatMap({ NodeRole(wire: $0.text) }) == .replica,
        let evidence = facts.evidence("slave_read_only", of: row.address, limit: "1")
      else { return nil }
      return Symptom(
        "\(row.address) takes writes of its own", node: row.address, [evidence],
        command: row.address.cli("CONFIG", "SET", "replica-read-only", "yes"))
    }
  }

  static let d60 = Rule(
    "D60", .warning, .setting, needs: [.masterInfo, .replicaInfo],
    "whether the data fit into each replica",
    advice:
      "When it is promoted it throws keys away, or refuses writes. Give it the same maxmemory."
  ) { look in
    guard let used = look.masterFacts.integer("used_memory") else { return [] }
    return look.replicas.compactMap { row in
      guard let facts = look.replicaFacts[row.address], let most = facts.integer("maxmemory"),
        most > 0, most < used,
        let evidence = facts.evidence("maxmemory", of: row.address, limit: "at least \(used)")
      else { return nil }
      return Symptom(
        "\(row.address) has less room than the master uses", node: row.address,
        [evidence, look.masterFacts.evidence("used_memory", of: look.master)].compactMap { $0 })
    }
  }

  static let d61 = Rule(
    "D61", .warning, .state, needs: [.masterInfo, .growth],
    "whether the backlog bridges a failover",
    advice: """
      Replicas that lag further behind than the backlog reaches have to copy everything. Make \
      repl-backlog-size as large as what is written in down-after and half a minute more.
      """
  ) { look in
    guard let growth = look.exam.memory.growth[look.master],
      let size = look.masterFacts.integer("repl_backlog_size"),
      let voice = look.voices.first(where: { $0.master.address == look.master }),
      let evidence = look.masterFacts.evidence("repl_backlog_size", of: look.master)
    else { return [] }
    // Half a minute: promotion, and what a replica may miss while it finds the new master.
    let time = voice.master.report.downAfter + .seconds(30)
    let needed = growth.perSecond * Double(time.inMilliseconds) / 1_000
    guard needed > Double(size) else { return [] }
    var told = evidence
    told.limit = "at least \(Int(needed.rounded(.up)))"
    return [
      Symptom(
        "every failover makes the replicas copy everything",
        [
          told,
          Evidence(
            "bytes written a second", "\(Int(growth.perSecond.rounded()))", of: look.master,
            from: evidence.source, at: evidence.at),
        ])
    ]
  }
}
