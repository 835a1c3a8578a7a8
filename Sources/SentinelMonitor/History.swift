package import SentinelInsight
package import SentinelModel

/// What is kept of this run for the next one.
package struct History: Sendable {
  /// What earlier runs knew.
  package var remembered: [FailoverTimeline.Remembered]
  private let write: @Sendable (HistoryLine) -> Void
  private let run: String

  /// `run` tells this run from all others; `write` must not wait.
  package init(
    remembered: [FailoverTimeline.Remembered], run: String,
    write: @escaping @Sendable (HistoryLine) -> Void
  ) {
    self.remembered = remembered
    self.run = run
    self.write = write
  }

  /// A history in a file, that of another run in mind.
  ///
  /// - Throws: what makes the file unreadable as a whole; lines that make no sense are left out.
  package init(_ file: HistoryFile, run: String) throws {
    self.init(remembered: try file.read().configurations, run: run) { file.add($0) }
  }

  /// Hands on what has come to an end since the last time.
  func keep(from timeline: inout FailoverTimeline, _ topology: Topology, at now: Timestamp) {
    for configuration in timeline.takeConfigurations(at: now, in: topology)
    where !configuration.sentinelIDs.isEmpty && !remembers(configuration) {
      write(.configuration(ConfigurationRecord(configuration)))
    }
    for incident in timeline.takeDue() { keep(incident, topology, at: now) }
  }

  /// Hands on what is still open when the program ends.
  package func keepOpen(of snapshot: Snapshot, at now: Timestamp) {
    for incident in snapshot.incidents where incident.isOpen {
      keep(incident, snapshot.topology, at: now)
    }
  }

  private func keep(_ incident: Incident, _ topology: Topology, at now: Timestamp) {
    // A master that one Sentinel doubted for a moment is no failover.
    guard incident.isFailover || !incident.oDowns.isEmpty else { return }
    let sentinels = topology.sentinelIDs(of: incident.service)
    write(
      .incident(IncidentRecord(incident, run: run, sentinels: sentinels.sorted(), at: now)))
  }

  private func remembers(_ configuration: FailoverTimeline.Remembered) -> Bool {
    remembered.contains {
      $0.service == configuration.service && $0.master == configuration.master
        && $0.configEpoch == configuration.configEpoch
        && $0.sentinelIDs.isSuperset(of: configuration.sentinelIDs)
    }
  }
}
