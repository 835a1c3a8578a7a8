package import SentinelModel

/// All that is known at one moment. Whole, so one may be dropped, and none patched.
package struct Snapshot: Sendable {
  package var topology: Topology
  package var log: EventLog
  /// The failovers that were asked for here, running and ended.
  package var progress: [FailoverProgress]
  /// What has happened so far to the masters, and what goes on.
  package var incidents: [Incident]
  /// What the doctor has found.
  package var findings: [Finding]
  /// When the Sentinels last tried what.
  package var clock: FailoverClock

  package init(
    topology: Topology, log: EventLog = EventLog(), progress: [FailoverProgress] = [],
    incidents: [Incident] = [], findings: [Finding] = [], clock: FailoverClock = FailoverClock()
  ) {
    self.topology = topology
    self.log = log
    self.progress = progress
    self.incidents = incidents
    self.findings = findings
    self.clock = clock
  }
}
