import SentinelModel

/// Settings as one Sentinel would have them, held against the limits that the doctor has.
struct SettingsTrial {
  typealias Reason = Preflight.Reason

  private let service: ServiceName
  private let options: [MonitorOption]
  private let vantage: Vantage
  private let topology: Topology

  init(
    _ service: ServiceName, _ options: [MonitorOption], at vantage: Vantage, in topology: Topology
  ) {
    self.service = service
    self.options = options
    self.vantage = vantage
    self.topology = topology
  }

  var reasons: [Reason] {
    [numbers, quorum, timings, syncs, scripts, access, versions, silent].flatMap { $0 }
  }

  private var label: String { topology.label(of: vantage.address) }

  private func wanted(_ setting: String) -> String? {
    options.last { $0.name == setting }?.words.dropFirst().joined(separator: " ")
  }

  private func wanted(_ setting: Drift.Setting) -> String? { wanted(setting.rawValue) }

  /// What it would have afterwards.
  private func number(_ setting: Drift.Setting) -> Int? {
    (wanted(setting) ?? vantage.value(of: setting.rawValue, service)).flatMap { Int($0) }
  }

  private var numbers: [Reason] {
    let positive = [Drift.Setting.quorum, .downAfter, .failoverTimeout, .parallelSyncs]
      .map(\.rawValue)
    return options.compactMap { option in
      let value = option.words.dropFirst().joined(separator: " ")
      if value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
        return Reason(
          .badValue, .critical,
          "the value of \(option.name) holds a control character: it could not be kept in a file")
      }
      let least = positive.contains(option.name) ? 1 : 0
      guard least == 1 || option.name.hasSuffix("-reboot-down-after-period") else { return nil }
      if let number = Int(value), number >= least { return nil }
      return Reason(
        .badValue, .critical,
        "\"\(value)\" is no \(option.name): a number of \(least) or more is needed")
    }
  }

  private var quorum: [Reason] {
    guard let wanted = wanted(.quorum).flatMap({ Int($0) }), wanted > 0,
      let master = vantage.services[service]?.master
    else { return [] }
    let others = vantage.services[service]?.sentinels?.value
    // One that has just been started or reset doesn't know the others yet: they are there.
    let peers = topology.vantages.filter { $0.services[service] != nil }
    let known = max(master.otherSentinelCount + 1, (others?.count ?? 0) + 1, peers.count)
    let usable = max(
      others.map { $0.count { !$0.flags.isDown } + 1 } ?? known, peers.count(where: \.isReachable))
    var preflight = Preflight(
      command: .flushConfiguration, target: .all, facts: .init(sentinels: []), reasons: [])
    preflight.judge(quorum: wanted, of: known, usable: usable)
    return preflight.reasons
  }

  private var timings: [Reason] {
    guard let downAfter = number(.downAfter), let timeout = number(.failoverTimeout) else {
      return []
    }
    var reasons: [Reason] = []
    if wanted(.downAfter) != nil, (1..<2_000).contains(downAfter) {
      reasons.append(
        Reason(
          .timing, .warning,
          "With a down-after of \(downAfter) ms a fork or a slow command looks like death.",
          "at least 2000 is advised"))
    }
    guard wanted(.downAfter) != nil || wanted(.failoverTimeout) != nil else { return reasons }
    if timeout > 0, timeout < downAfter {
      reasons.append(
        Reason(
          .timing, .warning,
          "failover-timeout (\(timeout) ms) is shorter than down-after (\(downAfter) ms): "
            + "steps of a failover run out of time.", of: nil))
    }
    if wanted(.failoverTimeout) != nil, timeout > 180_000 {
      reasons.append(
        Reason(
          .timing, .warning,
          "After a failover that fails, the next one is tried after "
            + "\(Measure.time(.milliseconds(Int64(timeout)) * 2))."))
    }
    return reasons
  }

  private var syncs: [Reason] {
    guard let syncs = wanted(.parallelSyncs).flatMap({ Int($0) }),
      let replicas = vantage.services[service]?.master.replicaCount, replicas > 1,
      syncs >= replicas
    else { return [] }
    return [
      Reason(
        .timing, .warning,
        "After a failover all \(replicas) replicas synchronise at once: none can be read meanwhile."
      )
    ]
  }

  private var scripts: [Reason] {
    let touched = options.map(\.name).filter { $0.hasSuffix("-script") }
    guard !touched.isEmpty else { return [] }
    return [
      Reason(
        .script, .warning,
        "Sentinels refuse script paths by default: deny-scripts-reconfig must be no in their files."
      )
    ]
  }

  private var access: [Reason] {
    guard options.contains(where: { $0.name == "auth-pass" || $0.name == "auth-user" }) else {
      return []
    }
    var reasons = [
      Reason(
        .secret, .warning,
        "The links to the data nodes are made anew: with wrong words the master looks down.")
    ]
    if options.contains(where: \.isSecret), isBefore(6, 2, 8) {
      reasons.append(
        Reason(
          .secret, .warning, "\(label) announces the password in clear to all who listen.",
          "version \(vantage.identity?.version ?? ""), masked from 6.2.8 on", of: vantage.address))
    }
    return reasons
  }

  private var versions: [Reason] {
    guard options.contains(where: { $0.name == "master-reboot-down-after-period" }),
      let major = vantage.majorVersion, major < 7
    else { return [] }
    return [
      Reason(
        .oldVersion, .critical, "\(label) doesn't know master-reboot-down-after-period",
        "version \(vantage.identity?.version ?? ""), known from 7.0 on", of: vantage.address)
    ]
  }

  private var silent: [Reason] {
    let untold = options.filter { !$0.isTold }.map(\.name)
    guard !untold.isEmpty else { return [] }
    return [
      Reason(
        .unconfirmable, .info,
        "Sentinels don't tell \(untold.joined(separator: ", ")): "
          + "it can be neither compared nor confirmed.")
    ]
  }

  private func isBefore(_ limit: Int...) -> Bool {
    guard let version = vantage.identity?.version else { return false }
    let parts = version.split(separator: ".").map { Int($0) ?? 0 }
    return parts.lexicographicallyPrecedes(limit)
  }
}
