/// What one Sentinel says, and whether it still does.
///
/// A Sentinel that is lost keeps its last words, with their age.
public struct Vantage: Hashable, Sendable {
  /// The address under which it is watched: one that works, or the first that was given.
  public var address: NodeAddress
  /// Whether it answers.
  public var contact: Contact = .connecting
  /// Whether its events are heard.
  public var hearing: Hearing = .no
  /// Who it is; nil until the first handshake.
  public var identity: SentinelIdentity?
  /// When it last said anything at all.
  public var lastHeard: Timestamp?
  /// How long the last question for all services took.
  public var roundTrip: Duration?
  /// Whether it is in tilt; nil where that isn't known.
  public var isTilted: Bool?
  /// What its INFO said last of itself.
  public var info: Dated<ServerInfo>?
  /// Its own settings; nil until they were asked for, or where it doesn't tell them.
  public var configuration: Dated<[String: String]>?
  /// The scripts that it runs or will run; nil until they were asked for.
  public var scripts: Dated<[PendingScript]>?
  /// Its services.
  public var services: [ServiceName: ServiceView] = [:]

  /// A Sentinel of which nothing is known yet.
  public init(address: NodeAddress) {
    self.address = address
  }

  /// Whether a Sentinel answers.
  public enum Contact: Hashable, Sendable {
    /// Not reached yet, nor given up.
    case connecting
    /// It answers.
    case reachable
    /// It doesn't: since when, and why.
    case unreachable(since: Timestamp, reason: String)
  }

  /// Whether a Sentinel's events are heard.
  public enum Hearing: Hashable, Sendable {
    /// Not subscribed.
    case no
    /// Subscribed since.
    case yes(since: Timestamp)
    /// The Sentinel doesn't allow it, for this reason.
    case refused(reason: String)
  }

  /// Whether it answers.
  public var isReachable: Bool { contact == .reachable }
}

/// What one Sentinel says of one service.
public struct ServiceView: Hashable, Sendable {
  /// The master's state.
  public var master: MasterState
  /// When that was said.
  public var masterAt: Timestamp
  /// The replicas; nil until they were asked for.
  public var replicas: Dated<[ReplicaState]>?
  /// The other Sentinels; nil until they were asked for.
  public var sentinels: Dated<[SentinelState]>?
  /// The INFO texts that it keeps of the nodes; nil until they were asked for.
  public var infoCache: Dated<ServiceInfoCache>?

  /// A view with nothing but the master.
  public init(master: MasterState, at: Timestamp) {
    self.master = master
    self.masterAt = at
  }
}

/// A value, and when it was learnt.
public struct Dated<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The value.
  public var value: Value
  /// When it was learnt.
  public var at: Timestamp

  /// A value that was learnt then.
  public init(_ value: Value, at: Timestamp) {
    self.value = value
    self.at = at
  }
}
