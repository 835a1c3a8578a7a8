package import SentinelModel

/// The settings of a service side by side: what each Sentinel has, and who differs.
///
/// `SENTINEL SET` works at one Sentinel only, so that settings drift apart unnoticed.
package struct Drift: Hashable, Sendable {
  package var service: ServiceName
  /// The Sentinels that answer and monitor the service, in the order of the topology.
  package var sentinels: [NodeAddress]
  package var rows: [Row]

  /// One setting at all Sentinels.
  package struct Row: Hashable, Sendable {
    package var setting: Setting
    /// What each has; without an entry it isn't known, and empty means none is set.
    package var values: [NodeAddress: String]
    /// What most have; nil where nothing is known, or each has its own by right.
    package var usual: String?
    /// Who has something else.
    package var differ: [NodeAddress]

    package var isDrifting: Bool { !differ.isEmpty }
  }

  /// A setting that the Sentinels tell of.
  package enum Setting: String, Hashable, Sendable, CaseIterable {
    case quorum
    case downAfter = "down-after-milliseconds"
    case failoverTimeout = "failover-timeout"
    case parallelSyncs = "parallel-syncs"
    case notificationScript = "notification-script"
    case clientReconfigScript = "client-reconfig-script"
    case resolveHostnames = "resolve-hostnames"
    case announceHostnames = "announce-hostnames"
    case announceIP = "announce-ip"
    case announcePort = "announce-port"
    case sentinelUser = "sentinel-user"
    case version

    /// Whether each Sentinel has its own by right.
    package var isLocal: Bool { self == .announceIP || self == .announcePort }

    /// Whether `SENTINEL SET` changes it.
    package var isSettable: Bool {
      switch self {
      case .quorum, .downAfter, .failoverTimeout, .parallelSyncs, .notificationScript,
        .clientReconfigScript:
        true
      default: false
      }
    }

    /// What a Sentinel has for it; nil where it doesn't tell.
    package func value(_ vantage: Vantage, _ master: MasterState) -> String? {
      switch self {
      case .quorum: "\(master.quorum)"
      case .downAfter: "\(master.report.downAfter.inMilliseconds)"
      case .failoverTimeout: "\(master.failoverTimeout.inMilliseconds)"
      case .parallelSyncs: "\(master.parallelSyncs)"
      case .notificationScript: master.notificationScript ?? ""
      case .clientReconfigScript: master.clientReconfigScript ?? ""
      case .version: vantage.identity?.version
      case .resolveHostnames, .announceHostnames, .announceIP, .announcePort, .sentinelUser:
        vantage.configuration?.value[rawValue]
      }
    }
  }

  /// Whether any setting differs that should not.
  package var isDrifting: Bool { rows.contains(where: \.isDrifting) }

  /// Nil for a service that no Sentinel that answers knows.
  package init?(of service: ServiceName, in topology: Topology) {
    let voices = topology.vantages.compactMap { vantage in
      vantage.isReachable ? vantage.services[service].map { (vantage, $0.master) } : nil
    }
    guard !voices.isEmpty else { return nil }
    self.service = service
    sentinels = voices.map(\.0.address)
    rows = Setting.allCases.map { setting in
      var values: [NodeAddress: String] = [:]
      for (vantage, master) in voices { values[vantage.address] = setting.value(vantage, master) }
      // Of several that are as frequent any would do; the choice must only be the same each time.
      let usual = setting.isLocal ? nil : Majority.value(of: Array(values.values))
      let differ = voices.map(\.0.address).filter { sentinel in
        guard let usual, let value = values[sentinel] else { return false }
        return value != usual
      }
      return Row(setting: setting, values: values, usual: usual, differ: differ)
    }
  }
}
