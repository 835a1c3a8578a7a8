internal import SentinelModel

extension AgreementMatrix {
  /// One thing that every Sentinel says of a service, or of itself.
  package enum Column: String, Hashable, Sendable, CaseIterable {
    case master, configEpoch, flags, quorum, replicas, sentinels, downAfter, failoverTimeout,
      parallelSyncs, tilt, hello, version, roundTrip

    /// The servers' own word where they have one.
    package var title: String {
      switch self {
      case .master: "master"
      case .configEpoch: "config-epoch"
      case .flags: "flags"
      case .quorum: "quorum"
      case .replicas: "replicas"
      case .sentinels: "sentinels"
      case .downAfter: "down-after"
      case .failoverTimeout: "failover-timeout"
      case .parallelSyncs: "parallel-syncs"
      case .tilt: "tilt"
      case .hello: "last hello"
      case .version: "version"
      case .roundTrip: "round trip"
      }
    }

    /// Whether a difference means anything.
    package var isCompared: Bool {
      switch self {
      case .hello, .roundTrip: false
      default: true
      }
    }

    /// Nil where the Sentinel doesn't say it.
    func text(_ sentinel: SentinelSummary, _ view: ServiceView?) -> String? {
      switch self {
      case .tilt: return sentinel.vantage?.isTilted.map { $0 ? "tilt" : "no" }
      case .hello: return sentinel.sinceHello.map(Measure.time)
      case .version: return sentinel.vantage?.identity?.version
      case .roundTrip: return sentinel.vantage?.roundTrip.map(Measure.time)
      default: break
      }
      guard let master = view?.master else { return nil }
      switch self {
      case .master: return "\(master.address)"
      case .configEpoch: return "\(master.configEpoch)"
      // Links blip, and a failover shows only on who runs it: what counts is who is down.
      case .flags: return Health(master.flags.isDown ? master.flags : []).word
      case .quorum: return "\(master.quorum)"
      case .replicas: return "\(master.replicaCount)"
      case .sentinels: return "\(max(0, min(master.otherSentinelCount, Int(Int32.max))) + 1)"
      case .downAfter: return Measure.time(master.report.downAfter)
      case .failoverTimeout: return Measure.time(master.failoverTimeout)
      case .parallelSyncs: return "\(master.parallelSyncs)"
      case .tilt, .hello, .version, .roundTrip: return nil
      }
    }
  }
}
