/// A replica, as one Sentinel reports it in REPLICAS.
public struct ReplicaState: ReportedInstance {
  /// The Sentinel's name for it: its address as text.
  public var name: String
  /// What is said of any instance.
  public var report: InstanceReport
  /// Age of the last INFO; nil when there was none yet.
  public var sinceInfo: Duration?
  /// The role that the node itself reports.
  public var reportedRole: NodeRole?
  /// Since when it reports that role.
  public var reportedRoleFor: Duration = .zero
  /// How its link to its master stands.
  public var masterLink: MasterLink = .down(for: nil)
  /// Whom it follows; nil until its first INFO.
  public var masterAddress: NodeAddress?
  /// Lower is promoted first; 0 is never promoted.
  public var priority: Int = 100
  /// The replication offset it had processed at its last INFO, in bytes.
  public var replicationOffset: UInt64 = 0
  /// Whether it lets itself be listed.
  public var isAnnounced: Bool = true

  /// A replica with the fields that it can't lack.
  public init(name: String, report: InstanceReport) {
    self.name = name
    self.report = report
  }
}

/// The replication link of a replica, as old as its last INFO.
public enum MasterLink: Hashable, Sendable {
  /// Established.
  case up
  /// Down for so long; nil where it has never been up, as in a first full sync.
  case down(for: Duration?)

  /// Whether the link is established.
  public var isUp: Bool { self == .up }
}
