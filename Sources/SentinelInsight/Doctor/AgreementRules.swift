import SentinelModel

/// Whether Sentinels and nodes agree on who is master, and who belongs to it.
enum AgreementRules {
  static let all = [d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11]

  static let d1 = Rule(
    "D1", .critical, .agreement, after: .seconds(4), needs: [.twoSentinels],
    "the master's address at each Sentinel",
    advice: """
      Clients are sent to different masters. A Sentinel with the lower epoch doesn't hear the others: \
      check its link to the master and its password there. If that doesn't help, remove the service \
      at the odd one and monitor it anew.
      """
  ) { look in
    guard !look.agreement.differ.isEmpty else { return [] }
    let evidence = look.voices.map {
      $0.says(
        "master", "\($0.master.address), config-epoch \($0.master.configEpoch)",
        limit: $0.master.address == look.master ? nil : "\(look.master)")
    }
    let who = look.agreement.differ.map(look.label).joined(separator: ", ")
    let odd = look.voices.first { $0.master.address != look.master }
    return [
      Symptom(
        "\(who) of \(look.agreement.of) Sentinels \(look.agreement.differ.count == 1 ? "holds" : "hold") another master",
        evidence,
        command: odd.map {
          $0.address.cli("SENTINEL", "REMOVE", look.service.rawValue) + " && "
            + $0.address.cli(
              "SENTINEL", "MONITOR", look.service.rawValue, look.master.host,
              "\(look.master.port)", "\($0.master.quorum)")
        },
        // Each has held its own at least as long as it has been told that it is a master.
        since: look.voices.map {
          $0.view.masterAt.advanced(by: .zero - $0.master.reportedRoleFor)
        }.max())
    ]
  }

  static let d2 = Rule(
    "D2", .critical, .agreement, needs: [.masterInfo, .replicaInfo],
    "data nodes that say they are master",
    advice: """
      What is written to the wrong one will be lost. Keep clients away from it, and look whether the \
      Sentinels reach it and may run SLAVEOF, CONFIG REWRITE and CLIENT KILL there.
      """
  ) { look in
    let brain = SplitBrain(look)
    guard brain.isSplit else { return [] }
    let others = brain.claims.filter { $0.address != look.master }
    let evidence = brain.claims.map { claim in
      Evidence(
        "role", claim.growth.map { "master, offset grew by \($0.bytes) B" } ?? "master",
        limit: claim.address == look.master ? nil : "slave", of: claim.address, from: claim.source,
        at: claim.at, since: claim.since)
    }
    let growing = others.contains { ($0.growth?.bytes ?? 0) > 0 }
    return [
      Symptom(
        "\(brain.claims.count) nodes say that they are master: "
          + brain.claims.map { "\($0.address)" }.joined(separator: ", ")
          + (growing ? "; writes are being lost now" : ""),
        evidence,
        command: others.first.map {
          $0.address.cli("REPLICAOF", look.master.host, "\(look.master.port)")
        })
    ]
  }

  static let d3 = Rule(
    "D3", .critical, .agreement, "the role that the master itself reports",
    advice: """
      The Sentinels hold it for the master, but it says that it is a replica. Somebody ran REPLICAOF \
      by hand, or it was started with an old configuration. A failover follows, or the role has to be \
      put right by hand.
      """
  ) { look in
    let wrong = look.voices.filter {
      $0.master.reportedRole == .replica
        && $0.master.reportedRoleFor > $0.master.report.downAfter + .seconds(20)
    }
    guard !wrong.isEmpty else { return [] }
    return [
      Symptom(
        "\(look.master) is no master by its own word",
        wrong.map {
          $0.says(
            "role-reported", "slave", limit: "master",
            since: $0.view.masterAt.advanced(by: .zero - $0.master.reportedRoleFor))
        })
    ]
  }

  static let d4 = Rule(
    "D4", .warning, .agreement, needs: [.replicas], "replicas that report to be master",
    advice: """
      A Sentinel should make it a replica again within ten seconds, and doesn't: it may lack the \
      permission, the commands may be renamed there, it may be in tilt, or the master itself may not \
      be sound.
      """
  ) { look in
    look.eachReplica { voice, replica in
      let isLate = replica.reportedRole == .master && replica.reportedRoleFor > .seconds(8)
      guard isLate, !replica.flags.contains(.promoted), !replica.flags.isDown else { return nil }
      return voice.says(
        of: replica, "role-reported", "master", limit: "slave", since: replica.reportedRoleFor)
    } title: { address in
      "\(address) reports to be master, not converted"
    }
  }

  static let d5 = Rule(
    "D5", .warning, .agreement, after: .seconds(12), needs: [.replicas],
    "whom each replica follows",
    advice: """
      It follows another node: a chain of replicas, another name of the same node, or a change that \
      isn't finished. Sentinels put it right after failover-timeout, unless they lack the permission.
      """
  ) { look in
    look.eachReplica { voice, replica in
      let master = voice.master.address
      guard !replica.flags.isDown, !replica.flags.contains(.promoted),
        replica.reportedRole != .master
      else { return nil }
      // A Sentinel asks only every ten seconds, and puts it right by itself meanwhile.
      if let own = look.leader(ofAsked: replica.address) {
        guard own.address.isAnother(than: master) else { return nil }
        return Evidence(
          "master_host:master_port", "\(own.address)", limit: "\(master)", from: replica.address,
          at: own.at)
      }
      guard let followed = replica.masterAddress, followed.isAnother(than: master) else {
        return nil
      }
      return voice.says(of: replica, "master-host:port", "\(followed)", limit: "\(master)")
    } title: { address in
      "\(address) follows another node"
    }
  }

  static let d6 = Rule(
    "D6", .warning, .agreement, after: .seconds(3), needs: [.twoSentinels],
    "how many replicas each Sentinel knows",
    advice: """
      A Sentinel without replicas can't fail over. While the master is up, replicas come back with \
      its next INFO, in ten seconds; if not, look what its INFO lists. While it is down they never \
      come back: monitor a living replica instead.
      """
  ) { look in
    // Whoever holds another master has other replicas, too.
    let voices = look.agreeing
    let counts = Set(voices.map(\.master.replicaCount))
    guard counts.count > 1 || counts.contains(0) else { return [] }
    let most = counts.max() ?? 0
    let title =
      counts == [0]
      ? "no Sentinel knows a replica"
      : "the Sentinels know \(counts.sorted().map(String.init).joined(separator: " or ")) replicas"
    return [
      Symptom(
        title,
        voices.map {
          let count = $0.master.replicaCount
          return $0.says(
            "num-slaves", "\(count)", limit: count < max(1, most) ? "\(max(1, most))" : nil)
        })
    ]
  }

  static let d7 = Rule(
    "D7", .warning, .agreement, needs: [.replicas], "replicas that are not announced",
    advice: """
      They are hidden by replica-announced no, but may be promoted. Where that isn't wanted, set \
      their replica-priority to 0.
      """
  ) { look in
    let hiding = look.voices.filter {
      $0.view.replicas != nil && $0.master.replicaCount > $0.replicas.count
    }
    guard let most = hiding.map({ $0.master.replicaCount - $0.replicas.count }).max() else {
      return []
    }
    return [
      Symptom(
        "\(most) \(most == 1 ? "replica is" : "replicas are") hidden, and may be promoted",
        hiding.map {
          $0.says(
            "num-slaves", "\($0.master.replicaCount)", limit: "\($0.replicas.count) as listed")
        })
    ]
  }

  static let d8 = Rule(
    "D8", .warning, .agreement, after: .seconds(12), needs: [.replicas, .masterInfo],
    "replicas that only the master, or only Sentinels know",
    advice: """
      A node that only Sentinels know is an old entry, which they never forget without a RESET; or it \
      announces another address than the master sees.
      """
  ) { look in
    guard let text = look.masterFacts.info(with: "connected_slaves") else { return [] }
    let attached = Set(text.info.attachedReplicas.map(\.address))
    let voices = look.agreeing
    let hidden = voices.contains { $0.master.replicaCount > $0.replicas.count }
    var symptoms: [Symptom] = []
    for address in attached.sorted() where !hidden {
      let without = voices.filter { voice in
        voice.view.replicas != nil && !voice.replicas.contains { $0.address == address }
      }
      guard !without.isEmpty else { continue }
      symptoms.append(
        Symptom(
          "\(address) is attached to the master, but not known to all Sentinels", node: address,
          without.map { $0.says("REPLICAS", "without \(address)", limit: "listed") }))
    }
    for row in look.replicas where !attached.contains(row.address) {
      // One that died just now isn't old, and one that is down has a rule of its own, as has one that
      // is attached elsewhere.
      let reports = row.reports.filter { $0.voice.master.address == look.master }
      let old = reports.filter { report in
        if let dead = report.state.report.sDownFor { return dead > .seconds(600) }
        let leader = look.leader(ofAsked: row.address)?.address ?? report.state.masterAddress
        return report.state.masterLink.isUp && leader?.isAnother(than: look.master) != true
      }
      guard !reports.isEmpty, old.count == reports.count else { continue }
      symptoms.append(
        Symptom(
          "\(row.address) is known to Sentinels, but not attached to the master",
          node: row.address,
          old.map {
            $0.voice.says(
              of: $0.state, "flags", "\($0.state.flags)", limit: "attached to \(look.master)",
              since: $0.state.report.sDownFor)
          }))
    }
    return symptoms
  }

  static let d9 = Rule(
    "D9", .warning, .agreement, after: .seconds(3), needs: [.replicas],
    "nodes that are listed twice",
    advice: """
      One node under two addresses: names and IP addresses are mixed, or it is reached in two ways. \
      Make the announce settings alike everywhere, then reset the Sentinels one after another.
      """
  ) { look in
    var addresses: [String: Set<NodeAddress>] = [:]
    var evidence: [String: [Evidence]] = [:]
    for voice in look.voices {
      let byRun = Dictionary(grouping: voice.replicas.filter { $0.report.runID != nil }) {
        $0.report.runID ?? ""
      }
      for (run, rows) in byRun where rows.count > 1 {
        addresses[run, default: []].formUnion(rows.map(\.address))
        evidence[run, default: []] += rows.map { voice.says(of: $0, "runid", run.short) }
      }
    }
    return addresses.sorted { $0.key < $1.key }.map { run, twins in
      let sorted = twins.sorted()
      return Symptom(
        "\(sorted.map(\.description).joined(separator: " and ")) are one node", node: sorted.first,
        evidence[run] ?? [])
    }
  }

  static let d10 = Rule(
    "D10", .warning, .agreement, needs: [.replicas], "the master among its own replicas",
    advice: """
      The list of replicas holds the master itself. When the Sentinel rewrites its configuration, the \
      duplicate may keep it from starting again. Reset the Sentinels one after another.
      """
  ) { look in
    let twice = look.voices.compactMap { voice in
      voice.replicas.first {
        $0.address == voice.master.address
          || $0.report.runID != nil && $0.report.runID == voice.master.report.runID
      }.map { voice.says(of: $0, "REPLICAS", "\($0.address)", limit: "without the master") }
    }
    return twice.isEmpty ? [] : [Symptom("the master is listed as its own replica", twice)]
  }

  static let d11 = Rule(
    "D11", .info, .event, "an epoch that grew unseen",
    advice: "A failover happened that nobody watched; the history has it as detected later."
  ) { look in
    guard let jump = look.exam.memory.jumps[look.service] else { return [] }
    return [
      Symptom(
        "a failover happened unseen: the epoch is \(jump.to)",
        look.voices.filter { $0.master.configEpoch == jump.to }.map {
          $0.says(
            "config-epoch", "\($0.master.configEpoch)", limit: "\(jump.from)", since: jump.at)
        })
    ]
  }
}
