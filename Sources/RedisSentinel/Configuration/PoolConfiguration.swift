/// How many connections a pool keeps, and how long.
public struct PoolConfiguration: Hashable, Sendable {
  /// Connections in all: those being opened, idle, and lent.
  public var maximumConnections: Int
  /// Connections that wait for a caller, as long as there is room: opened with the first command, and
  /// anew where they end or the service moves. Of the others none is opened before somebody wants it.
  public var minimumIdle = 0
  /// What happens to who wants a connection while all are lent.
  public var whenExhausted: Exhaustion
  /// How long an idle connection is kept.
  public var idleTimeout: Duration = .seconds(60)
  /// How long a connection is kept at most, up to a tenth less by chance, so that not all go at the same
  /// moment; nil for as long as it lives. What is under way then is not broken off.
  public var maximumLifetime: Duration?
  /// Connections that are opened at the same time.
  public var maximumConcurrentConnects = 4
  /// How long a command in flight may still take on a node that is no longer the right one.
  public var switchGrace: Duration = .milliseconds(500)
  /// Whether reads go to the master where no replica can be had.
  public var fallsBackToMaster = true
  /// How long a replica that couldn't be reached is tried after the others.
  public var failedNodePenalty: Duration = .seconds(5)
  /// How long a connection to the master that stands in for a replica is kept before replicas are
  /// tried again.
  public var replicaReselectInterval: Duration = .seconds(30)

  /// What happens to who wants a connection while all are lent.
  public enum Exhaustion: Hashable, Sendable {
    /// Waits its turn, so long at most.
    case wait(Duration)
    /// Fails at once.
    case fail
  }

  /// A configuration; by default 20 connections, and five seconds of patience.
  public init(maximumConnections: Int = 20, whenExhausted: Exhaustion = .wait(.seconds(5))) {
    self.maximumConnections = max(1, maximumConnections)
    self.whenExhausted = whenExhausted
  }
}
