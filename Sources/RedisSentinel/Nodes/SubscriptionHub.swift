import RESP
import Synchronization

/// The one connection on which all subscriptions of a client live, and its readers.
///
/// There is a connection as long as there are readers. What happens to it (a message, a confirmation,
/// its end) is taken in where it happens, under one lock, so that its order stays.
package final class SubscriptionHub: Sendable {
  private typealias Joiner = CheckedContinuation<Result<Void, SentinelError>, Never>

  private struct Reader {
    var mailbox: Mailbox<Subscription.Element>
    /// Who waits for the confirmation; nil once it is there.
    var joiner: Joiner?
  }

  private struct State {
    var machine: SubscriptionMachine
    var readers: [Int: Reader] = [:]
    var lastReader = 0
    var connection: NodeConnection?
    /// The attempt at a connection, or the pings that keep an eye on the one there is.
    var task: Task<Void, Never>?
    var backoff = Backoff()
  }

  private let connect: NodePool.Connect
  private let pingInterval: Duration
  private let state: Mutex<State>

  package init(
    attempts: Int?, pingInterval: Duration, connect: @escaping NodePool.Connect
  ) {
    self.connect = connect
    self.pingInterval = pingInterval
    state = Mutex(State(machine: SubscriptionMachine(maximumAttempts: attempts)))
  }

  deinit { state.withLock { $0.task?.cancel() } }

  /// Subscribes, lends the messages once all is confirmed, and unsubscribes.
  func subscribe<Result>(
    _ wish: SubscriptionMachine.Wish, buffer: Int,
    _ body: (Subscription) async throws -> Result
  ) async throws -> Result {
    guard !wish.names.isEmpty else {
      throw SentinelError(.invalidConfiguration, "there is nothing to subscribe to")
    }
    let mailbox = Mailbox<Subscription.Element>(limit: buffer)
    let id = newReader(mailbox)
    defer { leave(id) }
    try await join(id, wish)
    return try await body(Subscription(mailbox: mailbox))
  }

  /// How many read.
  package var readerCount: Int { state.withLock(\.machine.readerCount) }

  /// The service is elsewhere now.
  package func move() {
    change { $0.moved() }
  }

  /// Ends all subscriptions.
  package func shutDown() {
    change { $0.shutDown() }
  }

  private func newReader(_ mailbox: Mailbox<Subscription.Element>) -> Int {
    state.withLock { state in
      state.lastReader += 1
      state.readers[state.lastReader] = Reader(mailbox: mailbox)
      return state.lastReader
    }
  }

  private func join(
    _ id: Int, _ wish: SubscriptionMachine.Wish
  ) async throws(SentinelError) {
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (joiner: Joiner) in
        state.withLock { state in
          guard !Task.isCancelled else { return joiner.resume(returning: Self.cancelled) }
          state.readers[id]?.joiner = joiner
          perform(state.machine.joined(id, wish), &state)
        }
      }
    } onCancel: {
      state.withLock { state in
        state.readers[id]?.joiner?.resume(returning: Self.cancelled)
        state.readers[id]?.joiner = nil
      }
    }
    try result.get()
  }

  private static let cancelled = Result<Void, SentinelError>.failure(
    SentinelError(.cancelled, "cancelled"))

  private func leave(_ id: Int) {
    state.withLock { state in
      state.readers.removeValue(forKey: id)?.mailbox.close()
      perform(state.machine.left(id), &state)
    }
  }

  private func change(
    _ change: (inout SubscriptionMachine) -> [SubscriptionMachine.Action]
  ) {
    state.withLock { state in perform(change(&state.machine), &state) }
  }

  /// Under the lock: nothing here waits, nor calls back at once.
  private func perform(_ actions: [SubscriptionMachine.Action], _ state: inout State) {
    for action in actions {
      switch action {
      case .connect(let number, let afterPause):
        letGo(&state)
        open(number, after: afterPause ? state.backoff.next() : .zero, &state)
      case .subscribe(let wish, let id):
        send(wish, for: id, &state)
      case .unsubscribe(let wish):
        state.connection?.change(wish.kind.unsubscribe, wish.names) { _ in }
      case .ready(let id):
        state.backoff = Backoff()
        state.readers[id]?.joiner?.resume(returning: .success(()))
        state.readers[id]?.joiner = nil
      case .give(let element, let id):
        if case .resubscribed = element { state.backoff = Backoff() }
        state.readers[id]?.mailbox.put(element)
      case .end(let id, let error):
        if let joiner = state.readers[id]?.joiner {
          let error = error ?? SentinelError(.connection(.closed), "the subscription has ended")
          joiner.resume(returning: .failure(error))
          state.readers[id]?.joiner = nil
        }
        state.readers[id]?.mailbox.close(error)
      case .hangUp: letGo(&state)
      }
    }
  }

  private func letGo(_ state: inout State) {
    state.task?.cancel()
    state.task = nil
    state.connection?.close()
    state.connection = nil
  }

  private func open(_ number: Int, after pause: Duration, _ state: inout State) {
    let connect = connect
    let signal: @Sendable (ConnectionSignal) -> Void = { [weak self] signal in
      switch signal {
      case .push(let message): self?.change { $0.received(message, on: number) }
      case .closed: self?.change { $0.lost(number) }
      }
    }
    state.task = Task { [weak self, pingInterval] in
      do throws(SentinelError) {
        if pause > .zero { try? await Task.sleep(for: pause) }
        if Task.isCancelled { return }
        let connection = try await connect(signal)
        guard self?.take(connection, number) == true else { return connection.close() }
        // Time what is owed, not silence: a ping without an answer ends the connection by itself.
        while (try? await Task.sleep(for: pingInterval)) != nil {
          _ = try await connection.send(["PING"])
        }
      } catch {
        self?.change { $0.failed(number, error) }
      }
    }
  }

  /// The connection is there; false where it is no longer wanted.
  private func take(_ connection: NodeConnection, _ number: Int) -> Bool {
    state.withLock { state in
      guard state.machine.isCurrent(number) else { return false }
      state.connection = connection
      perform(state.machine.connected(number), &state)
      return true
    }
  }

  private func send(_ wish: SubscriptionMachine.Wish, for id: Int, _ state: inout State) {
    guard let connection = state.connection else { return }
    let number = state.machine.number
    connection.change(wish.kind.subscribe, wish.names) { [weak self] result in
      switch result {
      case .success: self?.change { $0.confirmed(id, on: number) }
      case .failure(let error): self?.change { $0.refused(id, on: number, error) }
      }
    }
  }
}
