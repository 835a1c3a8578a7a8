package import SentinelModel

extension Preflight {
  /// The same settings at all Sentinels that have others.
  package static func set(
    _ service: ServiceName, _ options: [MonitorOption], in topology: Topology
  ) -> Preflight {
    set(service, in: topology, command: .set(service, options)) { _ in options }
  }

  /// To each Sentinel its own settings: to go back to what was before.
  package static func restore(
    _ service: ServiceName, _ options: [NodeAddress: [MonitorOption]], in topology: Topology
  ) -> Preflight {
    let first = options.min { $0.key < $1.key }?.value ?? []
    return set(service, in: topology, command: .set(service, first)) { options[$0] ?? [] }
  }

  private static func set(
    _ service: ServiceName, in topology: Topology, command: Command,
    wanted: (NodeAddress) -> [MonitorOption]
  ) -> Preflight {
    var (preflight, known) = about(service, command, .all, in: topology)
    guard let summary = known else { return preflight }
    // A failover leaves the settings as they are.
    preflight.facts.configEpoch = nil
    let voices = topology.vantages.filter { $0.isReachable && $0.services[service] != nil }
    guard !voices.isEmpty else {
      preflight.add(.noSentinel, .critical, "no Sentinel that monitors \(service) answers")
      return preflight
    }
    for vantage in voices {
      let options = wanted(vantage.address)
      let changes = options.map { SettingChange($0, at: vantage, of: service) }
      preflight.changes += changes
      guard changes.contains(where: { !$0.isAlreadySo }) else {
        if !changes.isEmpty { preflight.settled.append(vantage.address) }
        continue
      }
      preflight.facts.sentinels.append(vantage.address)
      let order = Command.set(service, options)
      if order != command { preflight.facts.orders[vantage.address] = order }
    }
    preflight.facts.replaced = preflight.changes.filter { !$0.isAlreadySo }
    guard !preflight.facts.sentinels.isEmpty else {
      preflight.add(
        .alreadySo, .critical,
        preflight.changes.isEmpty
          ? "nothing is to be set" : "every Sentinel that answers has that already")
      return preflight
    }
    if let running = summary.failover {
      preflight.add(
        .failoverRuns, .warning,
        "A failover runs on \(topology.label(of: running.sentinel)): it may use the new settings.",
        "failover-state \(running.step)", of: running.sentinel)
    }
    for vantage in voices where preflight.facts.sentinels.contains(vantage.address) {
      preflight.judge(
        SettingsTrial(service, wanted(vantage.address), at: vantage, in: topology))
    }
    for vantage in topology.vantages
    where vantage.isReachable && vantage.services[service] == nil {
      preflight.add(
        .foreignSentinel, .warning,
        "\(topology.label(of: vantage.address)) doesn't monitor \(service).", of: vantage.address)
    }
    preflight.addSilent(in: topology, "it keeps what it has")
    return preflight
  }

  /// What speaks against it at that Sentinel; what was said of another one already is not repeated.
  private mutating func judge(_ trial: SettingsTrial) {
    for reason in trial.reasons
    where !reasons.contains(where: { $0.kind == reason.kind && $0.text == reason.text }) {
      reasons.append(reason)
    }
  }
}
