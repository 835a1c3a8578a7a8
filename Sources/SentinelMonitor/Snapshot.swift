package import SentinelInsight
package import SentinelModel

/// All that the monitor knows at one moment. Whole, so one may be dropped, and none patched.
package struct Snapshot: Sendable {
  package var topology: Topology
  package var log: EventLog
  /// The failovers that were asked for here, running and ended.
  package var progress: [FailoverProgress]
  /// What has happened so far to the masters, and what goes on.
  package var incidents: [Incident] = []
}
