import RESP
public import SentinelModel
import Synchronization

/// A client of a deployment's Sentinels: asks them, and gives them orders.
///
/// Making one opens nothing; the first call does. Connections are kept, at most one to each
/// Sentinel, until `shutdown()`.
public final class SentinelClient: Sendable {
  /// Which Sentinels to ask, and how.
  public let configuration: SentinelConfiguration
  private let list: Mutex<SentinelList>
  let links: SentinelLinks
  private let masters = Mutex(KnownMasters())
  private let searches = SearchDesk<DiscoveryMachine.Found>()
  let replicaSearches = SearchDesk<[NodeAddress]>()
  let audience = Audience()
  let ledger: Ledger
  private let pools = Mutex<[PoolReference]>([])

  /// A pool that lives as long as its client.
  private struct PoolReference {
    let service: ServiceName
    let role: NodeRole
    weak var pool: NodePool?
  }

  /// A client of these Sentinels.
  public init(configuration: SentinelConfiguration) {
    self.configuration = configuration
    let isShuffled = configuration.endpointOrder == .shuffled
    self.list = Mutex(
      SentinelList(isShuffled ? configuration.endpoints.shuffled() : configuration.endpoints))
    self.links = SentinelLinks(configuration.sentinelConnection)
    self.ledger = Ledger(configuration.logger)
  }

  /// The Sentinels in the order in which they are asked: whoever answered last comes first, and whoever
  /// is known to be in tilt last, which `run()` hears.
  public var endpoints: [NodeAddress] { list.withLock(\.endpoints) }

  /// Closes all connections, those of the clients it made too, and ends all streams. Later calls fail with
  /// `.clientShutDown`; a second time is harmless.
  public func shutdown() async {
    audience.shutDown()
    links.shutDown()
    for pool in pools.withLock({ $0.compactMap(\.pool) }) { await pool.shutDown() }
  }

  func keep(_ pool: NodePool, of service: ServiceName, _ role: NodeRole) {
    pools.withLock { pools in
      pools.removeAll { $0.pool == nil }
      pools.append(PoolReference(service: service, role: role, pool: pool))
    }
  }

  /// All pools that are in use, with what they lead to.
  var allPools: [(service: ServiceName, role: NodeRole, pool: NodePool)] {
    pools.withLock { pools in
      pools.compactMap { entry in entry.pool.map { (entry.service, entry.role, $0) } }
    }
  }

  func pools(of service: ServiceName) -> [NodePool] {
    pools.withLock { $0.filter { $0.service == service }.compactMap(\.pool) }
  }

  /// The address of a service's master, from the first Sentinel whose word can be taken, as the
  /// `addressMapper` gives it.
  ///
  /// Asks one Sentinel after another, the next one already when one is slow, until one names a master
  /// that isn't down in its eyes and knows at least `minimumOtherSentinels` others. That one is asked
  /// first from then on. Another `discoveryPolicy` asks all of them. Callers who ask at the same time
  /// share one search.
  ///
  /// - Throws: `.masterNotFound` with the reason, `.sentinelsUnreachable`, `.timeout(.discovery)`,
  ///   `.authentication`, `.forbidden` or `.tls` where that is what every Sentinel said; each Sentinel's own
  ///   words are in `underlying`.
  public func discoverMaster(of service: ServiceName) async throws(SentinelError) -> NodeAddress {
    guard !service.rawValue.isEmpty else {
      throw SentinelError(.invalidConfiguration, "the service's name is empty")
    }
    return configuration.addressMapper(try await locateMaster(of: service).address, .master)
  }

  func promote(_ endpoint: NodeAddress) {
    list.withLock { $0.promote(endpoint) }
  }

  func demote(_ endpoint: NodeAddress) {
    list.withLock { $0.demote(endpoint) }
  }

  /// Addresses of Sentinels that are asked at another one.
  var twins: [NodeAddress: NodeAddress] { list.withLock(\.twins) }

  func identified(_ endpoint: NodeAddress, as id: String) {
    list.withLock { $0.identified(endpoint, as: id) }
  }

  /// Takes in what a Sentinel that is listened to says of itself.
  func noted(_ observation: Observation) {
    let sentinel = observation.source
    switch observation.fact {
    case .connected(let identity):
      if let id = identity.id { identified(sentinel, as: id) }
    case .lost: list.withLock { $0.lost(sentinel) }
    case .info(let info):
      if let isTilted = info.isTilted { list.withLock { $0.tilted(sentinel, isTilted) } }
    case .event(let event) where event.name == .tilt || event.name == .tiltEnded:
      list.withLock { $0.tilted(sentinel, event.name == .tilt) }
    default: break
    }
  }

  /// Takes in whom a Sentinel lists: those of them that can be asked, at addresses that can be reached
  /// from here.
  func learn(_ others: [SentinelState], from endpoint: NodeAddress) {
    let usable = others.filter {
      !$0.flags.isDown && !$0.flags.contains(.disconnected) && !$0.address.host.isEmpty
        && $0.address.port > 0
    }
    let entries = usable.map {
      SentinelList.Entry(address: configuration.addressMapper($0.address, .sentinel), id: $0.id)
    }
    list.withLock { $0.learn(entries, from: endpoint) }
  }

  /// The master's address, and the Sentinel that named it. Where it is news, all who talk to the old one
  /// move.
  func locateMaster(of service: ServiceName) async throws(SentinelError) -> (
    address: NodeAddress, source: NodeAddress
  ) {
    let found = try await searches.share(service) {
      do throws(SentinelError) {
        let found = try await Discovery(client: self).master(of: service)
        self.ledger.discovered(found, of: service)
        return .success(found)
      } catch {
        self.ledger.discoveryFailed(error, of: service)
        return .failure(error)
      }
    }
    let (address, isNews) = masters.withLock { $0.found(found, of: service, at: .now) }
    if isNews {
      ledger.switched(service, to: address, by: found.source)
      for pool in pools(of: service) { await pool.retire() }
    }
    return (address, found.source)
  }

  /// Takes in an event; true where it tells of a switch that wasn't known.
  func heard(_ event: SentinelEvent, from sentinel: NodeAddress) -> Bool {
    guard masters.withLock({ $0.heard(event, at: .now) }) else { return false }
    if let service = event.service, case .switched(_, let address) = event.detail {
      ledger.switched(service, to: address, by: sentinel)
    }
    return true
  }

  /// Sends commands to a Sentinel, and remembers how that went.
  func send(
    _ commands: [[String]], to endpoint: NodeAddress
  ) async throws(SentinelError) -> [RESPValue] {
    let start = ContinuousClock.now
    do throws(SentinelError) {
      let replies = try await links.send(commands, to: endpoint)
      ledger.answered(endpoint, after: .now - start)
      return replies
    } catch {
      ledger.failed(error, at: endpoint)
      if case .connection = error.code { list.withLock { $0.lost(endpoint) } }
      throw error
    }
  }
}
