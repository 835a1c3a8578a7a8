import RESP
import SentinelModel
import Synchronization

/// The connections of a client: at most one that stays to each Sentinel.
actor SentinelLinks {
  private let configuration: ConnectionConfiguration
  private var links: [NodeAddress: Link] = [:]
  private var isShutDown = false

  private struct Link {
    var connection: NodeConnection
    var life: Life
  }

  /// Whether a connection still lives; its event loop says so, and callers look.
  private final class Life: Sendable {
    private let ended = Atomic<Bool>(false)
    var isOver: Bool { ended.load(ordering: .acquiring) }
    func end() { ended.store(true, ordering: .releasing) }
  }

  init(_ configuration: ConnectionConfiguration) {
    self.configuration = configuration
  }

  /// Sends commands to a Sentinel. A kept connection that turns out to be dead before anything has
  /// left is replaced once.
  func send(
    _ commands: [[String]], to endpoint: NodeAddress
  ) async throws(SentinelError) -> [RESPValue] {
    if let link = links[endpoint], !link.life.isOver {
      do throws(SentinelError) {
        return try await link.connection.send(pipeline: commands)
      } catch {
        guard link.life.isOver, !error.mayHaveExecuted, error.code != .cancelled else {
          throw error
        }
      }
    }
    return try await connect(to: endpoint).send(pipeline: commands)
  }

  /// The kept connections to these Sentinels; nil where there isn't one to each.
  func connections(to endpoints: [NodeAddress]) -> [NodeConnection]? {
    let alive = endpoints.compactMap { links[$0] }.filter { !$0.life.isOver }
    return alive.count == endpoints.count ? alive.map(\.connection) : nil
  }

  func shutDown() {
    isShutDown = true
    for link in links.values { link.connection.close() }
    links = [:]
  }

  private func connect(to endpoint: NodeAddress) async throws(SentinelError) -> NodeConnection {
    let shutDown = SentinelError(
      .clientShutDown, "the client was shut down", endpoint: endpoint)
    guard !isShutDown else { throw shutDown }
    let life = Life()
    let connection = try await NodeConnection.connect(to: endpoint, configuration) { signal in
      if case .closed = signal { life.end() }
    }
    // Others may have been here while we waited.
    guard !isShutDown else {
      connection.close()
      throw shutDown
    }
    if let other = links[endpoint], !other.life.isOver {
      connection.close()
      return other.connection
    }
    links[endpoint] = Link(connection: connection, life: life)
    return connection
  }
}
