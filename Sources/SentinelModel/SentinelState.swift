/// Another Sentinel, as one Sentinel reports it in SENTINELS.
public struct SentinelState: ReportedInstance {
  /// The Sentinel's lasting id, 40 hex digits.
  public var id: String
  /// What is said of any instance.
  public var report: InstanceReport
  /// Time since its last hello; nil where the server doesn't say.
  public var sinceHello: Duration?
  /// Whom it voted for, as told to the asked Sentinel; nil when unknown or none.
  public var votedLeader: String?
  /// The epoch of that vote.
  public var votedLeaderEpoch: UInt64 = 0

  /// A Sentinel with the fields that it can't lack.
  public init(id: String, report: InstanceReport) {
    self.id = id
    self.report = report
  }
}
