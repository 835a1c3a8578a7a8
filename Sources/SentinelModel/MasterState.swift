/// A master, as one Sentinel reports it in MASTERS or MASTER.
public struct MasterState: ReportedInstance {
  /// The service's name.
  public var name: ServiceName
  /// What is said of any instance.
  public var report: InstanceReport
  /// How long it has been in odown; nil when it is not.
  public var oDownFor: Duration?
  /// The step of a failover that the asked Sentinel runs; nil when it runs none.
  public var failoverState: FailoverState?
  /// Age of the last INFO; nil when there was none yet.
  public var sinceInfo: Duration?
  /// The role that the node itself reports.
  public var reportedRole: NodeRole?
  /// Since when it reports that role.
  public var reportedRoleFor: Duration = .zero
  /// The number of the configuration; grows with each failover.
  public var configEpoch: UInt64 = 0
  /// Known replicas, those hidden from REPLICAS and dead ones included.
  public var replicaCount: Int = 0
  /// Known Sentinels without the asked one, dead ones included.
  public var otherSentinelCount: Int = 0
  /// Sentinels that must agree for odown.
  public var quorum: Int = 0
  /// The time limit of a failover's steps.
  public var failoverTimeout: Duration = .zero
  /// Replicas that are reconfigured at a time after a failover.
  public var parallelSyncs: Int = 0
  /// Path of the notification script, where one is set.
  public var notificationScript: String?
  /// Path of the client reconfiguration script, where one is set.
  public var clientReconfigScript: String?

  /// A master with the fields that it can't lack.
  public init(name: ServiceName, report: InstanceReport) {
    self.name = name
    self.report = report
  }
}
