import Logging
import SentinelModel
import Synchronization

/// What a client counts, remembers of whom it met, and logs. Errors in it hold no secret.
final class Ledger: Sendable {
  private struct Meeting {
    var sentinel: Diagnostics.Sentinel
    var answeredAt: ContinuousClock.Instant?
    var failedAt: ContinuousClock.Instant?
  }

  private struct State {
    var meetings: [NodeAddress: Meeting] = [:]
    var services: [ServiceName: Diagnostics.Service] = [:]
    var counters = Diagnostics.Counters()
    /// Troubles that were logged and aren't over: each is logged loudly once.
    var troubles: Set<Trouble> = []
  }

  private enum Trouble: Hashable {
    case discovery(ServiceName)
    case connecting(ServiceName, NodeRole)
    case watching(NodeAddress)
  }

  private let logger: Logger
  private let state = Mutex(State())

  init(_ logger: Logger) {
    self.logger = logger
  }

  func answered(_ endpoint: NodeAddress, after latency: Duration) {
    meet(endpoint) { meeting in
      meeting.sentinel.answers += 1
      meeting.sentinel.latency = latency
      meeting.answeredAt = .now
    }
  }

  func failed(_ error: SentinelError, at endpoint: NodeAddress) {
    // Somebody else answered sooner, or the caller left: no fault of its own.
    guard error.code != .cancelled, error.code != .clientShutDown else { return }
    meet(endpoint) { meeting in
      meeting.sentinel.failures += 1
      meeting.sentinel.lastFailure = error
      meeting.failedAt = .now
    }
    logger.debug("a Sentinel gave no answer", metadata: Self.metadata(error, sentinel: endpoint))
  }

  func discovered(_ found: DiscoveryMachine.Found, of service: ServiceName) {
    state.withLock { state in
      state.counters.discoveries += 1
      state.services[service] = Diagnostics.Service(
        name: service, master: found.address, epoch: found.epoch, source: found.source)
    }
    end(.discovery(service), "a master is found again", ["service": "\(service)"])
    logger.debug(
      "master found",
      metadata: [
        "service": "\(service)", "master": "\(found.address)", "sentinel": "\(found.source)",
      ])
  }

  func discoveryFailed(_ error: SentinelError, of service: ServiceName) {
    guard error.code != .cancelled, error.code != .clientShutDown else { return }
    state.withLock { state in
      state.counters.failedDiscoveries += 1
      state.services[service, default: Diagnostics.Service(name: service)].lastFailure = error
    }
    for reason in error.underlying {
      logger.debug(
        "a Sentinel's word can't be taken",
        metadata: Self.metadata(reason, service: service, sentinel: reason.endpoint))
    }
    begin(.discovery(service), "no master found", Self.metadata(error, service: service))
  }

  func switched(_ service: ServiceName, to address: NodeAddress, by sentinel: NodeAddress) {
    state.withLock { state in
      state.counters.switches += 1
      state.services[service, default: Diagnostics.Service(name: service)].master = address
      state.services[service]?.source = sentinel
    }
    logger.info(
      "the service has another master",
      metadata: ["service": "\(service)", "master": "\(address)", "sentinel": "\(sentinel)"])
  }

  func connected(_ service: ServiceName, _ role: NodeRole, _ connection: NodeConnection) {
    state.withLock { $0.counters.connections += 1 }
    var metadata: Logger.Metadata = [
      "service": "\(service)", "role": "\(role)", "node": "\(connection.endpoint)",
    ]
    if connection.isStandIn { metadata["standIn"] = "master" }
    if connection.greeting.role == nil { metadata["verified"] = "no" }
    end(.connecting(service, role), "a node is connected again", metadata)
    logger.debug("node connected", metadata: metadata)
  }

  func connectingFailed(_ service: ServiceName, _ role: NodeRole, _ error: SentinelError) {
    guard error.code != .cancelled, error.code != .clientShutDown else { return }
    state.withLock { $0.counters.failedConnections += 1 }
    var metadata = Self.metadata(error, service: service)
    metadata["role"] = "\(role)"
    begin(.connecting(service, role), "no node could be connected", metadata)
  }

  func replays(_ service: ServiceName, _ role: NodeRole, after error: SentinelError) {
    state.withLock { $0.counters.replays += 1 }
    var metadata = Self.metadata(error, service: service)
    metadata["role"] = "\(role)"
    logger.debug("trying again", metadata: metadata)
  }

  /// Takes in what a watch tells of its own connection.
  func observed(_ observation: Observation) {
    let endpoint = observation.source
    let metadata: Logger.Metadata = ["sentinel": "\(endpoint)"]
    func reason(_ words: String) -> Logger.Metadata {
      metadata.merging(["reason": "\(words)"]) { $1 }
    }
    switch observation.fact {
    case .listening:
      meet(endpoint) { $0.sentinel.eventLink = .listening }
      end(.watching(endpoint), "a Sentinel is heard again", metadata)
    case .deaf(let words):
      meet(endpoint) { $0.sentinel.eventLink = .refused(reason: words) }
      end(.watching(endpoint), "a Sentinel is reached again", metadata)
      logger.info("a Sentinel lets us ask, but not listen", metadata: reason(words))
    case .lost(let words):
      meet(endpoint) { $0.sentinel.eventLink = .lost(reason: words) }
      begin(.watching(endpoint), "a Sentinel is lost", reason(words))
    case .unreadable(let words):
      logger.debug("an answer can't be read", metadata: reason(words))
    default: break
    }
  }

  /// What is known, but for pools and readers.
  func diagnostics(of endpoints: [NodeAddress]) -> Diagnostics {
    let now = ContinuousClock.now
    return state.withLock { state in
      var diagnostics = Diagnostics()
      diagnostics.counters = state.counters
      diagnostics.services = state.services.values.sorted { $0.name < $1.name }
      diagnostics.sentinels = endpoints.map { endpoint in
        guard var meeting = state.meetings[endpoint] else { return .init(endpoint: endpoint) }
        meeting.sentinel.sinceAnswer = meeting.answeredAt.map { now - $0 }
        meeting.sentinel.sinceFailure = meeting.failedAt.map { now - $0 }
        return meeting.sentinel
      }
      return diagnostics
    }
  }

  private func meet(_ endpoint: NodeAddress, _ change: (inout Meeting) -> Void) {
    state.withLock { state in
      change(&state.meetings[endpoint, default: Meeting(sentinel: .init(endpoint: endpoint))])
    }
  }

  /// Says once, and loudly, what is wrong; as long as it stays so, only for debugging.
  private func begin(
    _ trouble: Trouble, _ words: Logger.Message, _ metadata: Logger.Metadata
  ) {
    let isNew = state.withLock { $0.troubles.insert(trouble).inserted }
    logger.log(level: isNew ? .warning : .debug, words, metadata: metadata)
  }

  private func end(_ trouble: Trouble, _ words: Logger.Message, _ metadata: Logger.Metadata) {
    guard state.withLock({ $0.troubles.remove(trouble) }) != nil else { return }
    logger.info(words, metadata: metadata)
  }

  private static func metadata(
    _ error: SentinelError, service: ServiceName? = nil, sentinel: NodeAddress? = nil
  ) -> Logger.Metadata {
    var metadata: Logger.Metadata = ["reason": "\(error.message)"]
    if let service { metadata["service"] = "\(service)" }
    if let sentinel { metadata["sentinel"] = "\(sentinel)" }
    if sentinel == nil, let endpoint = error.endpoint { metadata["node"] = "\(endpoint)" }
    return metadata
  }
}
