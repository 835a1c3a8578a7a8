import SentinelModel

extension Preflight {
  /// The beginning of each pre-flight about a service that is monitored: its master is among the
  /// facts, or that nobody knows it is a reason against.
  static func about(
    _ service: ServiceName, _ command: Command, _ target: Target, in topology: Topology
  ) -> (preflight: Preflight, summary: ServiceSummary?) {
    var preflight = Preflight(
      command: command, target: target, facts: Facts(service: service, sentinels: []), reasons: [])
    let summary = ServiceSummary(of: service, in: topology)
    if let summary {
      preflight.facts.master = summary.address
      preflight.facts.configEpoch = summary.configEpoch
    } else {
      preflight.add(.unknownService, .critical, "no Sentinel knows a service \"\(service)\"")
    }
    return (preflight, summary)
  }
}
