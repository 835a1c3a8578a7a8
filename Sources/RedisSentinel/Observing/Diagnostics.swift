public import SentinelModel

/// What a client knows, has and has done, at one moment.
public struct Diagnostics: Hashable, Sendable {
  /// The Sentinels, in the order in which they are asked.
  public var sentinels: [Sentinel] = []
  /// The services that were looked for, by name.
  public var services: [Service] = []
  /// The pools of the clients that are in use.
  public var pools: [Pool] = []
  /// What was done so far.
  public var counters = Counters()

  /// A Sentinel, as this client has met it.
  public struct Sentinel: Hashable, Sendable {
    /// Where it is asked.
    public var endpoint: NodeAddress
    /// How often it answered.
    public var answers = 0
    /// How often it didn't.
    public var failures = 0
    /// How long its last answer took.
    public var latency: Duration?
    /// How long ago its last answer came.
    public var sinceAnswer: Duration?
    /// Why it last didn't answer.
    public var lastFailure: SentinelError?
    /// How long ago that was.
    public var sinceFailure: Duration?
    /// Whether `SentinelClient.run()` hears its announcements.
    public var eventLink = EventLink.none
  }

  /// Whether a Sentinel's announcements are heard.
  public enum EventLink: Hashable, Sendable {
    /// Nobody listens: `SentinelClient.run()` doesn't run, or hasn't come so far.
    case none
    /// They are heard.
    case listening
    /// We may not listen: it is asked from time to time instead.
    case refused(reason: String)
    /// The connection is lost; it is tried again.
    case lost(reason: String)
  }

  /// A service, as the last discovery found it.
  public struct Service: Hashable, Sendable {
    /// Its name.
    public var name: ServiceName
    /// Where its master is, as announced; nil where it was never found.
    public var master: NodeAddress?
    /// The number of the configuration; nil where nobody told.
    public var epoch: UInt64?
    /// Who said so.
    public var source: NodeAddress?
    /// Why the last discovery failed; nil where it didn't.
    public var lastFailure: SentinelError?
  }

  /// The connections of a client, by their state.
  public struct Pool: Hashable, Sendable {
    /// The service.
    public var service: ServiceName
    /// Whom the client talks to.
    public var role: NodeRole
    /// How often the service has moved since the client was made.
    public var generation = 0
    /// Connections that are being opened.
    public var opening = 0
    /// Connections that nobody uses.
    public var idle = 0
    /// Connections in use, the shared one among them.
    public var lent = 0
    /// Callers who wait for a connection.
    public var waiting = 0
  }

  /// What was done so far.
  public struct Counters: Hashable, Sendable {
    /// Searches for a master that found it.
    public var discoveries = 0
    /// Searches for a master that didn't.
    public var failedDiscoveries = 0
    /// Switches to another master that were noticed.
    public var switches = 0
    /// Connections to nodes that were opened.
    public var connections = 0
    /// Attempts at one that failed.
    public var failedConnections = 0
    /// Commands, or pipelines, that were sent again.
    public var replays = 0
    /// Events that readers missed since they were too slow.
    public var droppedEvents = 0
  }
}

extension SentinelClient {
  /// What this client knows, has and has done until now.
  public func diagnostics() async -> Diagnostics {
    var diagnostics = ledger.diagnostics(of: endpoints)
    diagnostics.counters.droppedEvents = audience.droppedCount
    for (service, role, pool) in allPools {
      let counts = await pool.counts
      diagnostics.pools.append(
        Diagnostics.Pool(
          service: service, role: role, generation: counts.generation, opening: counts.opening,
          idle: counts.idle, lent: counts.lent, waiting: counts.waiting))
    }
    return diagnostics
  }
}
