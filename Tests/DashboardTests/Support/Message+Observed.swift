import Dashboard
import SentinelInsight
import SentinelModel

extension Message {
  /// What is known now, as far as a test cares.
  static func observed(
    _ topology: Topology, _ log: EventLog, failovers: [FailoverProgress] = [],
    incidents: [Incident] = [], findings: [Finding] = []
  ) -> Message {
    .observed(
      Snapshot(
        topology: topology, log: log, progress: failovers, incidents: incidents,
        findings: findings))
  }
}
