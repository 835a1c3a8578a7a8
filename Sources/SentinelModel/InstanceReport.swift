/// What a Sentinel says of any instance, be it master, replica or another Sentinel.
public struct InstanceReport: Hashable, Sendable {
  /// Where it listens, as the asked Sentinel believes. May be empty or have port 0 in odd states.
  public var address: NodeAddress
  /// A data node's id of this run, nil until its first INFO; a Sentinel's lasting id.
  public var runID: String?
  /// Its flags.
  public var flags: InstanceFlags
  /// Commands sent on the command link and not yet answered.
  public var pendingCommands: Int = 0
  /// Services that share the link; more than one only for Sentinels.
  public var linkReferences: Int = 1
  /// Age of the oldest unanswered PING; zero when none is waiting.
  public var pendingPingAge: Duration = .zero
  /// Time since the last good answer to a PING.
  public var sinceValidPing: Duration = .zero
  /// Time since the last answer of any kind to a PING.
  public var sincePing: Duration = .zero
  /// How long it has been in sdown; nil when it is not.
  public var sDownFor: Duration?
  /// How long it must be silent to enter sdown.
  public var downAfter: Duration = .zero
  /// Fields that this library doesn't know, and known ones whose value it can't read.
  public var additionalFields: [String: String] = [:]

  /// A report with the fields that no instance can lack.
  public init(address: NodeAddress, runID: String? = nil, flags: InstanceFlags) {
    self.address = address
    self.runID = runID
    self.flags = flags
  }
}

/// A state whose common part is an `InstanceReport`.
public protocol ReportedInstance: Hashable, Sendable {
  /// The common part.
  var report: InstanceReport { get set }
}

extension ReportedInstance {
  /// Where it listens.
  public var address: NodeAddress { report.address }
  /// Its flags.
  public var flags: InstanceFlags { report.flags }
}
