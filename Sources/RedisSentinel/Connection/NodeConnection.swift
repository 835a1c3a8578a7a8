import NIOCore
package import RESP
package import SentinelModel
import Synchronization

/// One conversation with one server, shared by all who ask something of it.
///
/// Calls are pipelined: each is sent at once, and gets its own reply. A call that is cancelled
/// returns at once; its reply is dropped when it comes. A reply that isn't there in time ends the
/// conversation, since a late one would answer the next call.
package final class NodeConnection: Sendable {
  /// Whom it talks to.
  package let endpoint: NodeAddress
  /// What the peer told of itself.
  package let greeting: HandshakeMachine.Greeting
  /// Whether it leads to the master since no replica could be had.
  package let isStandIn: Bool
  private let wire: Wire
  private let commandTimeout: TimeAmount
  /// For commands that wait at the server; nil for as long as they say themselves.
  private let blockingTimeout: TimeAmount?
  private let condition = Mutex(ConnectionCondition())

  private init(
    _ endpoint: NodeAddress, _ greeting: HandshakeMachine.Greeting, _ wire: Wire,
    _ configuration: ConnectionConfiguration, isStandIn: Bool
  ) {
    self.isStandIn = isStandIn
    self.endpoint = endpoint
    self.greeting = greeting
    self.wire = wire
    commandTimeout = configuration.commandTimeout.timeAmount
    blockingTimeout = configuration.blockingCommandTimeout?.timeAmount
  }

  deinit { wire.close() }

  /// Connects and shakes hands, lends the connection, and closes it when the body is done.
  package static func open<Result>(
    to endpoint: NodeAddress, _ configuration: ConnectionConfiguration,
    expecting expectation: HandshakeMachine.Expectation = .sentinel,
    signal: @escaping @Sendable (ConnectionSignal) -> Void = { _ in },
    _ body: (NodeConnection) async throws -> Result
  ) async throws -> Result {
    let connection = try await connect(
      to: endpoint, configuration, expecting: expectation, signal: signal)
    defer { connection.close() }
    return try await body(connection)
  }

  /// Connects and shakes hands. Whoever asks for it has to close it.
  ///
  /// - Throws: why there is no connection; nothing is left open then.
  package static func connect(
    to endpoint: NodeAddress, _ configuration: ConnectionConfiguration,
    expecting expectation: HandshakeMachine.Expectation = .sentinel, isStandIn: Bool = false,
    signal: @escaping @Sendable (ConnectionSignal) -> Void = { _ in }
  ) async throws(SentinelError) -> NodeConnection {
    var configuration = configuration
    if let provider = configuration.credentialProvider {
      configuration.authentication = try await provider.authentication(for: endpoint)
    }
    let (channel, handler) =
      expectation == .sentinel
      ? try await Dialer.dial(endpoint, configuration, on: Dialer.sentinelLoop, signal: signal)
      : try await Dialer.dial(endpoint, configuration, signal: signal)
    let wire = Wire(loop: channel.eventLoop, handler: handler)
    let timeout = configuration.commandTimeout.timeAmount
    var hasAnswered = false
    do throws(SentinelError) {
      var machine = HandshakeMachine(
        configuration, expectation: expectation, endpoint: endpoint)
      var step = machine.start()
      while true {
        switch step {
        case .send(let words):
          let replies = try await wire.send([words], [.reply], timeout: timeout)
          hasAnswered = true
          step = machine.received(replies.values.first ?? .null)
        case .done(let greeting):
          wire.introduce()
          return NodeConnection(endpoint, greeting, wire, configuration, isStandIn: isStandIn)
        case .fail(let error):
          throw error
        }
      }
    } catch {
      wire.close()
      var error = error
      // Whatever left belonged to the handshake: no command of the caller's did.
      error.mayHaveExecuted = false
      if case .timeout(.command) = error.code {
        error.code = .timeout(.handshake)
        error.message = "it accepts connections but doesn't answer"
      }
      if case .connection = error.code, !hasAnswered {
        error.message += "; \(configuration.tls.suspicion)"
      }
      throw error
    }
  }

  /// Sends one command and gives its reply. An error reply is a reply.
  package func send(_ words: [String]) async throws(SentinelError) -> RESPValue {
    try await send(pipeline: [words]).first ?? .null
  }

  /// Sends requests in one go and gives their replies, in order. Error replies are replies. A
  /// request that blocks by itself gets that time on top, or all the time where it blocks for good.
  package func send(_ requests: [RedisRequest]) async throws(SentinelError) -> [RESPValue] {
    guard !requests.isEmpty else { return [] }
    guard !Task.isCancelled else {
      throw SentinelError(.cancelled, "cancelled", endpoint: endpoint)
    }
    var bytes = ByteBuffer()
    for request in requests { RESPEncoder.write(request.words, to: &bytes) }
    condition.withLock { $0.sent(requests) }
    do throws(SentinelError) {
      return try await wire.send(
        bytes, requests.map { _ in .reply }, timeout: timeout(of: requests)
      ).values
    } catch {
      condition.withLock { $0.failed() }
      throw error
    }
  }

  /// How long the replies may take together.
  private func timeout(of requests: [RedisRequest]) -> TimeAmount {
    var timeout = commandTimeout
    for time in requests.lazy.compactMap(\.blocksFor) {
      if let blockingTimeout { return max(commandTimeout, blockingTimeout) }
      guard time > .zero else { return .hours(24 * 365) }
      timeout = timeout + time.timeAmount
    }
    return timeout
  }

  /// Whether the next caller finds the connection as it was after the handshake: nothing is owed,
  /// no other database or user, nothing watched.
  package var isAsNew: Bool { condition.withLock(\.isAsNew) }

  /// Whether the server answers, and can be used: one that is loading, say, can't.
  ///
  /// - Throws: `.cancelled`; then nothing is known.
  package func answersPing() async throws(SentinelError) -> Bool {
    do throws(SentinelError) {
      return try await send([RedisRequest(words: ["PING"])]).first?.text == "PONG"
    } catch let error where error.code == .cancelled {
      throw error
    } catch {
      return false
    }
  }

  /// Sends commands in one go and gives their replies, in order. Error replies are replies.
  package func send(pipeline commands: [[String]]) async throws(SentinelError) -> [RESPValue] {
    try await send(pipeline: commands, expecting: .reply).values
  }

  /// The same, with the time it took to the first reply, and with long lists as they came.
  package func timed(pipeline commands: [[String]]) async throws(SentinelError) -> Replies {
    try await send(pipeline: commands, expecting: .wire)
  }

  private func send(
    pipeline commands: [[String]], expecting expectation: Expectation
  ) async throws(SentinelError) -> Replies {
    guard !commands.isEmpty else { return Replies(received: [], roundTrip: .zero) }
    guard !Task.isCancelled else {
      throw SentinelError(.cancelled, "cancelled", endpoint: endpoint)
    }
    return try await wire.send(
      commands, commands.map { _ in expectation }, timeout: commandTimeout)
  }

  /// Sends the same commands over several connections at once, and gives what is made of what comes back
  /// over each, and when that came. One wait for all: a task for each would cost more than the round
  /// trips. The replies are read on the connection's event loop.
  package static func send<Answer: Sendable>(
    pipeline commands: [[String]], over connections: [NodeConnection],
    read: @escaping @Sendable (Result<[ReceivedReply], SentinelError>, Int) -> Answer
  ) async -> [(result: Answer, at: ContinuousClock.Instant)] {
    let ids = connections.map { _ in Wire.newID() }
    @Sendable func abandon() {
      for (connection, id) in zip(connections, ids) { connection.wire.abandon(id) }
    }
    let gathering = Gathering<Answer>(count: connections.count)
    return await withTaskCancellationHandler {
      await gathering.all {
        var bytes = ByteBuffer()
        for words in commands { RESPEncoder.write(words, to: &bytes) }
        for (index, connection) in connections.enumerated() {
          connection.wire.start(
            bytes, commands.map { _ in .wire }, id: ids[index], timeout: connection.commandTimeout
          ) { replies in
            let now = ContinuousClock.now
            gathering.take(read(replies.map(\.received), index), at: index, came: now)
          }
        }
        // Where the task was cancelled a moment ago, the handler below may have come too early.
        if Task.isCancelled { abandon() }
      }
    } onCancel: {
      abandon()
    }
  }

  /// Subscribes to patterns; messages come as signals.
  ///
  /// - Throws: also where the server refuses.
  package func subscribe(patterns: [String]) async throws(SentinelError) {
    let reply = try await wire.send(
      [["PSUBSCRIBE"] + patterns], [.confirmations(patterns.count)], timeout: commandTimeout)
    if let text = reply.values.first?.errorText {
      throw SentinelError(ServerError(text: text), endpoint: endpoint)
    }
  }

  /// Sends a command that subscribes or unsubscribes, at once and in the order of the calls; its last
  /// confirmation, or why there is none, is told between the messages that came before and after it.
  package func change(
    _ word: String, _ names: [RESPBytes],
    _ done: @escaping @Sendable (Result<Void, SentinelError>) -> Void
  ) {
    var bytes = ByteBuffer()
    RESPEncoder.write([RESPBytes(word)] + names, to: &bytes)
    let endpoint = endpoint
    wire.start(bytes, [.confirmation(of: word.lowercased(), names)], timeout: commandTimeout) {
      result in
      done(
        result.flatMap { replies in
          guard let text = replies.values.first?.errorText else { return .success(()) }
          return .failure(SentinelError(ServerError(text: text), endpoint: endpoint))
        })
    }
  }

  /// Ends the conversation: all who still wait get an error.
  package func close() {
    wire.close()
  }

  /// Ends the conversation because the client is shut down: all who still wait are told so.
  package func shutDown() {
    wire.close(
      SentinelError(.clientShutDown, "the client was shut down", endpoint: endpoint))
  }

  /// Ends the conversation because the service has moved: all who still wait are told so.
  package func retire() {
    wire.close(
      SentinelError(
        .connectionRetired, "the service has moved to another node", endpoint: endpoint))
  }
}

extension Duration {
  fileprivate var timeAmount: TimeAmount { .nanoseconds(inMicroseconds * 1_000) }
}

extension TLSOption {
  /// What may lie behind a connection that ended before its first answer. A server says nothing to
  /// plain text where it wants TLS; and in TLS 1.3 our certificate is looked at only when we believe
  /// that all is well.
  fileprivate var suspicion: String {
    switch self {
    case .disabled: "perhaps it wants TLS"
    case .enabled(let settings) where settings.identity == nil:
      "perhaps it wants a client certificate"
    case .enabled: "perhaps it refuses our client certificate"
    }
  }
}
