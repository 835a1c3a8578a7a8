import RESP
import SentinelModel
import Synchronization

/// The connections of a client: at most one that stays to each Sentinel.
///
/// Under a lock, not in an actor: whoever asks shouldn't have to change threads to learn who is there.
final class SentinelLinks: Sendable {
  private struct State {
    var links: [NodeAddress: Link] = [:]
    var isShutDown = false
  }

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

  private let configuration: ConnectionConfiguration
  private let state = Mutex(State())

  init(_ configuration: ConnectionConfiguration) {
    self.configuration = configuration
  }

  /// Sends commands to a Sentinel. A kept connection that turns out to be dead before anything has
  /// left is replaced once.
  func send(
    _ commands: [[String]], to endpoint: NodeAddress
  ) async throws(SentinelError) -> [RESPValue] {
    if let link = state.withLock({ $0.links[endpoint] }), !link.life.isOver {
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
    state.withLock { state in
      let alive = endpoints.compactMap { state.links[$0] }.filter { !$0.life.isOver }
      return alive.count == endpoints.count ? alive.map(\.connection) : nil
    }
  }

  func shutDown() {
    let links = state.withLock { state in
      state.isShutDown = true
      defer { state.links = [:] }
      return state.links.values.map(\.connection)
    }
    for connection in links { connection.close() }
  }

  private func connect(to endpoint: NodeAddress) async throws(SentinelError) -> NodeConnection {
    let shutDown = SentinelError(
      .clientShutDown, "the client was shut down", endpoint: endpoint)
    guard !state.withLock(\.isShutDown) else { throw shutDown }
    let life = Life()
    let connection = try await NodeConnection.connect(to: endpoint, configuration) { signal in
      if case .closed = signal { life.end() }
    }
    // Others may have been here while we waited.
    let kept: NodeConnection? = state.withLock { state in
      if state.isShutDown { return nil }
      if let other = state.links[endpoint], !other.life.isOver { return other.connection }
      state.links[endpoint] = Link(connection: connection, life: life)
      return connection
    }
    if kept !== connection { connection.close() }
    guard let kept else { throw shutDown }
    return kept
  }
}
