import SentinelModel

/// Whether the Sentinels themselves run as they should.
enum SentinelRules {
  static let all = [d62, d63, d64, d65, d66, d67]

  static let d62 = Rule(
    "D62", .critical, .event, "whether Sentinels can write their configuration",
    advice: """
      Its file can't be written, or is mounted alone so that it can't be replaced. Votes and epochs \
      are lost when it restarts. Mount the folder, and let the Sentinel's user own it.
      """,
    ofAll: { exam in
      let bySentinel = Dictionary(grouping: exam.memory.refusedWrites, by: \.source)
      return bySentinel.sorted { $0.key < $1.key }.map { address, refusals in
        Symptom(
          "\(exam.label(address)) can't write its configuration file", node: address,
          refusals.map {
            Evidence("answer", $0.words, limit: "OK", from: address, at: $0.at, since: $0.at)
          })
      }
    })

  static let d63 = Rule(
    "D63", .warning, .state, needs: [.sentinelInfo, .scripts], "scripts that fail or are slow",
    advice: """
      A script may run 60 s and is tried 10 times. Run it by hand as the Sentinel's user and look at \
      its exit status: 1 means again, 2 and more mean failed.
      """,
    ofAll: { exam in
      exam.reachable.compactMap { vantage in
        var evidence: [Evidence] = []
        if let scripts = vantage.scripts {
          evidence += scripts.value.filter { $0.retries > 0 }.map {
            Evidence(
              "retry-num", "\($0.retries) of \($0.arguments.first ?? "")", limit: "0",
              from: vantage.address, at: scripts.at)
          }
        }
        if let queue = exam.memory.queues[vantage.address], queue.times >= 2 {
          evidence.append(
            Evidence(
              "sentinel_scripts_queue_length", "\(queue.last)", limit: "not to grow",
              from: vantage.address, at: queue.at, since: queue.since))
        }
        evidence += exam.events(.scriptError, .scriptTimeout, within: .seconds(600))
          .filter { $0.source == vantage.address }
          .map { mark in
            var told = mark.evidence
            if case .script(let path, _) = mark.detail { told.value += " \(path)" }
            // What was announced needn't be said again.
            told.source = nil
            return told
          }
        guard !evidence.isEmpty else { return nil }
        return Symptom(
          "scripts of \(exam.label(vantage.address)) fail", node: vantage.address, evidence)
      }
    })

  static let d64 = Rule(
    "D64", .critical, .setting, needs: [.sentinelInfo], "crash drills that are armed",
    advice:
      "It will end itself in the middle of the next failover. SIMULATE-FAILURE HELP disarms it.",
    ofAll: { exam in
      exam.reachable.compactMap { vantage in
        guard let info = vantage.info,
          let flags = info.value.integer("sentinel_simulate_failure_flags"), flags != 0
        else { return nil }
        return Symptom(
          "\(exam.label(vantage.address)) crashes at the next failover", node: vantage.address,
          [
            Evidence(
              "sentinel_simulate_failure_flags", "\(flags)", limit: "0", from: vantage.address,
              at: info.at)
          ], command: vantage.address.cli("SENTINEL", "SIMULATE-FAILURE", "HELP"))
      }
    })

  static let d65 = Rule(
    "D65", .warning, .setting, needs: [.masterInfo], "the versions of Sentinels and nodes",
    advice:
      "What one version can, another can't: names, permissions, COORDINATED. Finish the upgrade."
  ) { look in
    let versions = look.voices.compactMap { voice in
      voice.vantage.identity?.version.map { (voice, $0) }
    }
    let evidence = versions.map { voice, version in voice.says("version", version) }
    if Set(versions.map(\.1)).count > 1 {
      return [Symptom("the Sentinels are of different versions", evidence)]
    }
    let nodes =
      [(look.master, look.masterFacts)]
      + look.replicas.compactMap { row in
        look.replicaFacts[row.address].map { (row.address, $0) }
      }
    guard let sentinel = versions.first.flatMap({ VersionNumber($0.1) }) else { return [] }
    let newer = nodes.compactMap { address, facts -> Evidence? in
      let field = facts["valkey_version"] == nil ? "redis_version" : "valkey_version"
      guard let version = facts[field].flatMap({ VersionNumber($0.text) }), sentinel < version
      else { return nil }
      return facts.evidence(field, of: address, limit: "no newer than the Sentinels")
    }
    return newer.isEmpty
      ? [] : [Symptom("the Sentinels are older than the nodes", newer + evidence)]
  }

  static let d66 = Rule(
    "D66", .warning, .event, needs: [.events], "whether a reset Sentinel has found everybody again",
    advice: """
      While the master is up, look at the replicas that its INFO lists. While it is down they are \
      never found again: remove the service there, and monitor it at a living replica.
      """
  ) { look in
    let resets = look.exam.events(.resetMaster, within: .seconds(3_600), of: look.service)
    let most = look.voices.map(\.master.replicaCount).max() ?? 0
    let others = look.voices.map(\.master.otherSentinelCount).max() ?? 0
    var done: Set<NodeAddress> = []
    return resets.reversed().compactMap { mark in
      // Two periods of INFO, and a little.
      guard let source = mark.source, done.insert(source).inserted,
        look.now.duration(since: mark.at) > .seconds(22),
        let voice = look.voices.first(where: { $0.address == source }),
        voice.master.replicaCount < max(1, most) || voice.master.otherSentinelCount < others
      else { return nil }
      return Symptom(
        "\(look.label(source)) hasn't found everybody again since it was reset", node: source,
        [
          voice.says("num-slaves", "\(voice.master.replicaCount)", limit: "\(max(1, most))"),
          voice.says(
            "num-other-sentinels", "\(voice.master.otherSentinelCount)", limit: "\(others)"),
          mark.evidence,
        ])
    }
  }

  static let d67 = Rule(
    "D67", .info, .event, "times in which nobody listened",
    advice: "Events of that time are missing in the log. What they changed was seen by polling.",
    ofAll: { exam in
      let bySentinel = Dictionary(grouping: exam.memory.gaps, by: \.source)
      return bySentinel.sorted { $0.key < $1.key }.map { address, gaps in
        Symptom(
          "events of \(exam.label(address)) were missed", node: address,
          gaps.map {
            Evidence("gap", $0.words, limit: "none", from: address, at: $0.at, since: $0.at)
          })
      }
    })
}
