import RESP
package import SentinelModel

/// Watches one data node for good: asks for its INFO, and hears what Sentinels say through it.
///
/// A node that can't be asked is no trouble of the deployment's: it is told as a fact, and tried again
/// at growing distances.
package actor NodeWatch {
  /// The node.
  package nonisolated let address: NodeAddress
  private let endpoint: NodeAddress
  private let configuration: ConnectionConfiguration
  private let now: @Sendable () -> Timestamp
  private let beat: Beat
  private let report: @Sendable ([Observation]) -> Void
  private var pace: Duration
  private var nap: Task<Void, any Error>?
  private var current: NodeConnection?
  private var isStopped = false

  /// A watch that asks at the given pace, on the given beat, and tells what it learns. The endpoint is where the node is
  /// reached, where that isn't its announced address.
  package init(
    _ address: NodeAddress, reachedAt endpoint: NodeAddress? = nil,
    _ configuration: ConnectionConfiguration, pace: Duration, beat: Beat? = nil,
    now: @escaping @Sendable () -> Timestamp, report: @escaping @Sendable ([Observation]) -> Void
  ) {
    self.address = address
    self.endpoint = endpoint ?? address
    self.configuration = configuration
    self.pace = pace
    self.now = now
    self.beat = beat ?? Beat(from: now())
    self.report = report
  }

  /// Changes how often it asks.
  package func attend(pace: Duration) {
    let isQuicker = pace < self.pace
    self.pace = pace
    if isQuicker { nap?.cancel() }
  }

  /// Ends the watch for good, without a word.
  package func stop() {
    isStopped = true
    current?.close()
    nap?.cancel()
  }

  /// Watches until the task is cancelled, or the watch is stopped.
  package func run() async {
    var backoff = Backoff()
    while !Task.isCancelled, !isStopped {
      let reason: String
      do {
        try await watch { backoff = Backoff() }
        reason = "the connection ended"
      } catch let error as SentinelError {
        reason = error.message
      } catch {
        reason = "cancelled"
      }
      guard !Task.isCancelled, !isStopped else { return }
      tell(.unsampled(reason: reason))
      do { try await Task.sleep(for: backoff.next()) } catch { return }
    }
  }

  private func tell(_ fact: Observation.Fact) {
    report([Observation(source: address, at: now(), fact: fact)])
  }

  /// One connection's life.
  private func watch(_ answered: () -> Void) async throws {
    let address = address
    let now = now
    let report = report
    let signal: @Sendable (ConnectionSignal) -> Void = { signal in
      guard case .push(let message) = signal, let hello = HelloMessage(message: message) else {
        return
      }
      report([Observation(source: address, at: now(), fact: .hello(hello))])
    }
    try await NodeConnection.open(
      to: endpoint, configuration, expecting: .anyServer, signal: signal
    ) { connection in
      // Whoever stopped it while it was connecting found nothing to close.
      guard !self.isStopped else { return }
      self.current = connection
      defer { self.current = nil }
      if connection.greeting.respVersion >= 3 { try await self.listen(connection) }
      let question = SentinelQuery.info([])
      while !self.isStopped {
        let replies = try await connection.timed(pipeline: [question.words])
        let info = try question.reply(replies.values.first ?? .null, from: self.endpoint)
        answered()
        self.tell(.sampled(info, roundTrip: replies.roundTrip))
        try await self.rest()
      }
    }
  }

  /// INFO tells the most: who may not listen goes without.
  private func listen(_ connection: NodeConnection) async throws {
    do throws(SentinelError) {
      try await connection.subscribe(patterns: [HelloMessage.channel])
    } catch {
      guard error.isServerReply else { throw error }
    }
  }

  /// Waits until it is time to ask again. A quicker pace cuts it short.
  private func rest() async throws {
    let pause = beat.pause(at: now(), pace: pace)
    let nap = Task { try await Task.sleep(for: pause) }
    self.nap = nap
    await withTaskCancellationHandler {
      _ = await nap.result
    } onCancel: {
      nap.cancel()
    }
    try Task.checkCancellation()
  }
}

extension HelloMessage {
  /// Nil for any other message.
  fileprivate init?(message: [RESPValue]) {
    guard message.first?.text == "pmessage", message.count == 4,
      message[2].text == Self.channel, let payload = message[3].text
    else { return nil }
    self.init(parsing: payload)
  }
}
