public import Logging
public import SentinelModel

/// Which Sentinels to ask, and how.
public struct SentinelConfiguration: Sendable {
  /// The Sentinels' default port.
  public static let defaultPort = 26379

  /// Where Sentinels listen, in the order in which they are asked. Without duplicates.
  public let endpoints: [NodeAddress]
  /// How to connect to Sentinels.
  public var sentinelConnection: ConnectionConfiguration
  /// How many other Sentinels a Sentinel must know before its word on a master counts.
  public let minimumOtherSentinels: Int
  /// How to connect to masters and replicas. Independent of the Sentinels' in every respect:
  /// passwords and certificates never cross over.
  public var nodeConnection: ConnectionConfiguration
  /// How pools of connections to masters and replicas are kept.
  public var pool = PoolConfiguration()
  /// How commands to masters and replicas are tried again.
  public var retry = RetryPolicy()
  /// From announced addresses to reachable ones.
  public var addressMapper = AddressMapper.identity
  /// In which order the Sentinels are asked at first.
  public var endpointOrder = EndpointOrder.asGiven
  /// Whose word on a master's address is taken.
  public var discoveryPolicy = DiscoveryPolicy.firstAcceptable
  /// How long a discovery may take altogether, however many Sentinels there are.
  public var discoveryTimeout: Duration = .seconds(3)
  /// After how long the next Sentinel is asked too, where one hasn't answered yet.
  public var hedgeDelay: Duration = .milliseconds(200)
  /// Whether Sentinels that others list are asked too.
  public var learnsSentinels = true
  /// How long to wait where a node isn't yet what the Sentinels say, before they are asked again.
  public var roleMismatchDelay: Duration = .milliseconds(250)

  /// How often `SentinelClient.run()` asks each Sentinel, besides listening to it; every second, where
  /// that is more often, while a master is down or a failover runs.
  public var topologyRefreshInterval: Duration = .seconds(10)
  /// Sentinels that `SentinelClient.run()` listens to at most.
  public var maximumWatchedSentinels = 10
  /// Where to log: switches as information, failures as warnings once until they are over, what each
  /// Sentinel said to a discovery for debugging. Quiet by default; never a secret.
  public var logger = Logger(label: "RedisSentinel") { _ in SwiftLogNoOpLogHandler() }

  /// In which order Sentinels are asked at first.
  public enum EndpointOrder: Hashable, Sendable {
    /// As they are given: every client begins with the same one.
    case asGiven
    /// By chance, so that many clients don't all begin with the same one.
    case shuffled
  }

  /// Checks and takes the endpoints. Opens nothing.
  ///
  /// Where only the nodes' connections are described, those to Sentinels have the same time limits and
  /// keep-alive, and nothing else of it. Where neither is, Sentinels have one second to answer, nodes five.
  ///
  /// - Throws: `.invalidConfiguration` for an empty list, an empty host, a port outside 1…65535, or a
  ///   negative `minimumOtherSentinels`.
  public init(
    endpoints: [NodeAddress],
    sentinelConnection: ConnectionConfiguration? = nil,
    nodeConnection: ConnectionConfiguration? = nil,
    minimumOtherSentinels: Int = 0
  ) throws(SentinelError) {
    guard !endpoints.isEmpty else {
      throw SentinelError(.invalidConfiguration, "no Sentinel given: at least one is needed")
    }
    for endpoint in endpoints {
      guard !endpoint.host.isEmpty, (1...65535).contains(endpoint.port) else {
        throw SentinelError(
          .invalidConfiguration, "\"\(endpoint)\" is no address: a host and a port are needed")
      }
    }
    guard minimumOtherSentinels >= 0 else {
      throw SentinelError(.invalidConfiguration, "minimumOtherSentinels can't be negative")
    }
    var seen: Set<NodeAddress> = []
    self.endpoints = endpoints.filter { seen.insert($0).inserted }
    self.sentinelConnection =
      sentinelConnection ?? nodeConnection?.patienceAlone ?? ConnectionConfiguration()
    self.nodeConnection =
      nodeConnection
      ?? ConnectionConfiguration(connectTimeout: .seconds(5), commandTimeout: .seconds(5))
    self.minimumOtherSentinels = minimumOtherSentinels
  }
}

extension ConnectionConfiguration {
  /// How long it waits, and nothing of who we are or whom we trust.
  fileprivate var patienceAlone: ConnectionConfiguration {
    var alone = ConnectionConfiguration(
      connectTimeout: connectTimeout, commandTimeout: commandTimeout)
    alone.keepAlive = keepAlive
    return alone
  }
}
