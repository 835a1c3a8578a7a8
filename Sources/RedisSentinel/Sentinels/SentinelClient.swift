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
  private let searches = SearchDesk()
  let audience = Audience()
  private let pools = Mutex<[PoolReference]>([])

  /// A pool that lives as long as its client.
  private struct PoolReference {
    let service: ServiceName
    weak var pool: NodePool?
  }

  /// A client of these Sentinels.
  public init(configuration: SentinelConfiguration) {
    self.configuration = configuration
    self.list = Mutex(SentinelList(configuration.endpoints))
    self.links = SentinelLinks(configuration.sentinelConnection)
  }

  /// The Sentinels in the order in which they are asked: whoever answered last comes first.
  public var endpoints: [NodeAddress] { list.withLock(\.endpoints) }

  /// Closes all connections, those of the clients it made too, and ends all streams. Later calls fail with
  /// `.clientShutDown`; a second time is harmless.
  public func shutdown() async {
    audience.shutDown()
    await links.shutDown()
    for pool in pools.withLock({ $0.compactMap(\.pool) }) { await pool.shutDown() }
  }

  func keep(_ pool: NodePool, of service: ServiceName) {
    pools.withLock { pools in
      pools.removeAll { $0.pool == nil }
      pools.append(PoolReference(service: service, pool: pool))
    }
  }

  func pools(of service: ServiceName) -> [NodePool] {
    pools.withLock { $0.filter { $0.service == service }.compactMap(\.pool) }
  }

  /// The address of a service's master, from the first Sentinel whose word can be taken.
  ///
  /// Asks one Sentinel after another, the next one already when one is slow, until one names a master
  /// that isn't down in its eyes and knows at least `minimumOtherSentinels` others. That one is asked
  /// first from then on. Callers who ask at the same time share one search.
  ///
  /// - Throws: `.masterNotFound` with the reason, `.sentinelsUnreachable`, `.timeout(.discovery)`,
  ///   `.authentication`, `.forbidden` or `.tls` where that is what every Sentinel said; each Sentinel's own
  ///   words are in `underlying`.
  public func discoverMaster(of service: ServiceName) async throws(SentinelError) -> NodeAddress {
    guard !service.rawValue.isEmpty else {
      throw SentinelError(.invalidConfiguration, "the service's name is empty")
    }
    return try await locateMaster(of: service).address
  }

  /// One answer, from the Sentinel that the target names.
  ///
  /// With `.first` and `.any`, Sentinels that can't be reached, don't answer, or aren't Sentinels are
  /// passed over; an error reply is an answer. A change that may have been carried out is never sent
  /// to a second Sentinel.
  ///
  /// - Throws: `.invalidConfiguration` for `.all`, whose answers are several: see `askAll`.
  public func ask<Reply>(
    _ query: SentinelQuery<Reply>, on target: Target = .first
  ) async throws(SentinelError) -> Reply {
    let candidates: [NodeAddress]
    switch target {
    case .first: candidates = endpoints
    case .any: candidates = endpoints.shuffled()
    case .one(let endpoint): candidates = [endpoint]
    case .all:
      throw SentinelError(.invalidConfiguration, "one answer can't come from all Sentinels")
    }
    var failures: [SentinelError] = []
    for endpoint in candidates {
      do throws(SentinelError) {
        let replies = try await links.send([query.words], to: endpoint)
        list.withLock { $0.promote(endpoint) }
        return try query.reply(replies.first ?? .null, from: endpoint)
      } catch {
        let isFinal =
          error.isServerReply && error.code != .authentication || error.code == .cancelled
          || error.code == .clientShutDown || (query.isChange && error.mayHaveExecuted)
        guard !isFinal, candidates.count > 1 else { throw error.about(query.service) }
        failures.append(error)
      }
    }
    if !failures.isEmpty, failures.allSatisfy({ $0.code == .authentication }) {
      throw SentinelError(
        .authentication, "every Sentinel refused the user name or the password",
        service: query.service, underlying: failures)
    }
    if !failures.isEmpty, failures.allSatisfy({ $0.code == .tls }) {
      throw SentinelError(
        .tls, "TLS could be agreed on with no Sentinel", service: query.service,
        underlying: failures)
    }
    throw SentinelError(
      .sentinelsUnreachable, "no Sentinel could be asked", service: query.service,
      underlying: failures)
  }

  func promote(_ endpoint: NodeAddress) {
    list.withLock { $0.promote(endpoint) }
  }

  func demote(_ endpoint: NodeAddress) {
    list.withLock { $0.demote(endpoint) }
  }

  func learn(_ others: [NodeAddress], from endpoint: NodeAddress) {
    list.withLock { $0.learn(others, from: endpoint) }
  }

  func replies(
    to questions: [[String]], from endpoint: NodeAddress
  ) async -> Result<[RESPValue], SentinelError> {
    do throws(SentinelError) {
      return .success(try await links.send(questions, to: endpoint))
    } catch {
      return .failure(error)
    }
  }

  /// The master's address, and the Sentinel that named it. Where it is news, all who talk to the old one
  /// move.
  func locateMaster(of service: ServiceName) async throws(SentinelError) -> (
    address: NodeAddress, source: NodeAddress
  ) {
    let found = try await searches.share(service) {
      do throws(SentinelError) {
        return .success(try await Discovery(client: self).master(of: service))
      } catch {
        return .failure(error)
      }
    }
    let (address, isNews) = masters.withLock { $0.found(found, of: service, at: .now) }
    if isNews {
      for pool in pools(of: service) { await pool.retire() }
    }
    return (address, found.source)
  }

  /// Takes in an event; true where it tells of a switch that wasn't known.
  func heard(_ event: SentinelEvent) -> Bool {
    masters.withLock { $0.heard(event, at: .now) }
  }
}
