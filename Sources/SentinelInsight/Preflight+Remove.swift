package import SentinelModel

extension Preflight {
  /// The end of a service at all Sentinels that monitor it, and what is lost with it.
  package static func remove(_ service: ServiceName, in topology: Topology) -> Preflight {
    var (preflight, known) = about(service, .remove(service), .all, in: topology)
    guard let summary = known else { return preflight }
    let asked = topology.vantages.filter { $0.isReachable && $0.services[service] != nil }
    preflight.facts.sentinels = asked.map(\.address)
    guard !asked.isEmpty else {
      preflight.add(.noSentinel, .critical, "no Sentinel that monitors \(service) answers")
      return preflight
    }
    if let running = summary.failover {
      preflight.add(
        .failoverRuns, .critical,
        "a failover runs on \(topology.label(of: running.sentinel)): it would stop half-way",
        "failover-state \(running.step)", of: running.sentinel)
    }
    preflight.add(
      .effect, .notice,
      "Nobody fails \(service) over any more, and clients that ask get no address. Its servers go on."
    )
    let replicas = ReplicaSummary.all(of: service, in: topology)?.count ?? summary.replicasKnown
    preflight.add(
      .forgets, .info,
      "Forgotten: \(summary.address), \(Measure.count(replicas, "replica")), "
        + "epoch \(summary.configEpoch).")
    preflight.addLostSettings(of: service, asked)
    if summary.health == .sDown || summary.health == .oDown {
      preflight.add(
        .masterHealth, .warning,
        "The master is \(summary.health.word) now: nobody will replace it.",
        "\(summary.sDownCount) Sentinels have it in sdown")
    }
    preflight.addSilent(in: topology, "if it knows \(service), it goes on monitoring it")
    return preflight
  }

  private mutating func addLostSettings(of service: ServiceName, _ asked: [Vantage]) {
    let settings = Drift.Setting.allCases.filter(\.isSettable).compactMap { setting in
      let values = asked.compactMap { vantage in
        vantage.services[service].flatMap { setting.value(vantage, $0.master) }
      }
      return Majority.value(of: values).flatMap { $0.isEmpty ? nil : "\(setting.rawValue) \($0)" }
    }
    add(
      .losesSettings, .notice,
      "Lost with it: \(settings.joined(separator: ", ")), and what nobody can read back: "
        + "auth-user, auth-pass, renamed commands.")
  }

  /// Writing the configuration file at every Sentinel.
  package static func flushConfiguration(in topology: Topology) -> Preflight {
    var preflight = Preflight(
      command: .flushConfiguration, target: .all, facts: Facts(sentinels: []), reasons: [])
    if preflight.isDeserted(in: topology) { return preflight }
    let asked = topology.vantages.filter(\.isReachable)
    preflight.facts.sentinels = asked.map(\.address)
    preflight.add(
      .effect, .notice,
      "Each Sentinel writes its configuration file anew, with all that it knows now. "
        + "What was edited in the file since it started is overwritten.")
    for vantage in asked where vantage.majorVersion.map({ $0 < 7 }) == true {
      preflight.add(
        .oldVersion, .info,
        "\(topology.label(of: vantage.address)) says OK even where it can't write.",
        "version \(vantage.identity?.version ?? "")", of: vantage.address)
    }
    preflight.addSilent(in: topology, "its file stays as it is")
    return preflight
  }
}
