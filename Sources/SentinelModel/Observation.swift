/// One thing learnt: from whom, when, and what.
public struct Observation: Hashable, Sendable {
  /// Who told it, by the address under which it is watched: a Sentinel, or for the facts of
  /// a data node that node.
  public var source: NodeAddress
  /// When it was learnt.
  public var at: Timestamp
  /// What was learnt.
  public var fact: Fact

  /// One thing learnt.
  public init(source: NodeAddress, at: Timestamp, fact: Fact) {
    self.source = source
    self.at = at
    self.fact = fact
  }

  /// What can be learnt.
  public enum Fact: Hashable, Sendable {
    /// It answered the handshake.
    case connected(SentinelIdentity)
    /// It accepted the subscription to its events. The gap is how long nobody had listened before;
    /// nil the first time.
    case listening(gap: Duration?)
    /// It doesn't let us hear events: only polling is left. The text says why.
    case deaf(reason: String)
    /// All its services, with the time the question took.
    case masters([MasterState], roundTrip: Duration)
    /// One of its services, asked for apart.
    case master(MasterState)
    /// The replicas of one service.
    case replicas(ServiceName, [ReplicaState])
    /// The other Sentinels of one service.
    case sentinels(ServiceName, [SentinelState])
    /// What its INFO says of itself.
    case info(ServerInfo)
    /// The INFO texts that it keeps of the data nodes.
    case infoCache([ServiceInfoCache])
    /// Its own settings, as `SENTINEL CONFIG GET` tells them, without secrets.
    case configuration([String: String])
    /// The scripts that it runs or will run.
    case scripts([PendingScript])
    /// It announced something.
    case event(SentinelEvent)
    /// Part of an answer made no sense and was left out: which, and why.
    case unreadable(String)
    /// It can't be reached or doesn't answer: what was tried, and what went wrong.
    case lost(reason: String)
    /// It turned out to be a Sentinel that is already watched under another address.
    case same(as: NodeAddress)
    /// A data node said this of itself, with the time the question took.
    case sampled(ServerInfo, roundTrip: Duration)
    /// A data node can't be asked, or doesn't answer: why.
    case unsampled(reason: String)
    /// A data node passed on what a Sentinel tells the others.
    case hello(HelloMessage)
    /// A data node is no longer of interest: nobody lists it any more.
    case unwatched
  }
}

/// Who a Sentinel is, as its handshake tells.
public struct SentinelIdentity: Hashable, Sendable {
  /// Its lasting id; nil where the server is older than 6.2 or forbids the question.
  public var id: String?
  /// The server's version; nil where the handshake doesn't tell.
  public var version: String?
  /// 2 or 3.
  public var respVersion: Int

  /// An identity by its parts.
  public init(id: String?, version: String?, respVersion: Int) {
    self.id = id
    self.version = version
    self.respVersion = respVersion
  }
}
