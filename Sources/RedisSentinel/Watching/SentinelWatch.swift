import RESP
package import SentinelModel

/// Watches one Sentinel for good: connects, subscribes, polls, and begins anew when it is lost.
///
/// What it learns leaves as observations. It subscribes before it polls, so that nothing that happens
/// between the two is missed.
package actor SentinelWatch {
  /// The Sentinel.
  package nonisolated let address: NodeAddress
  private let configuration: ConnectionConfiguration
  private let now: @Sendable () -> Timestamp
  private let beat: Beat
  private let report: @Sendable ([Observation]) -> Void

  private var plan: PollPlan
  private var pace: Duration
  private var services: Set<ServiceName> = []
  /// Since when nobody listens to its events; nil before the first time.
  private var deafSince: Timestamp?
  private var wake: AsyncStream<Void>.Continuation?
  private var isTickDue = false
  /// The pause until the next tick. A quicker pace cuts it short.
  private var nap: Task<Void, any Error>?
  private var current: NodeConnection?
  private var isStopped = false
  private var replicasWord = "REPLICAS"
  private var complaints: Set<String> = []
  private var refused: Set<Question.Extra> = []
  private var gathered: [Observation]?

  /// Rounds that events ask for are at least so far apart.
  private static let shortestPause = Duration.milliseconds(100)

  /// A watch that asks at the given pace, on the given beat, and tells what it learns.
  package init(
    _ address: NodeAddress, _ configuration: ConnectionConfiguration, pace: Duration,
    beat: Beat? = nil, budget: Int = 4, now: @escaping @Sendable () -> Timestamp,
    report: @escaping @Sendable ([Observation]) -> Void
  ) {
    self.address = address
    self.configuration = configuration
    self.pace = pace
    self.plan = PollPlan(budget: budget)
    self.now = now
    self.beat = beat ?? Beat(from: now())
    self.report = report
  }

  /// Changes how often it asks, and what is looked at.
  package func attend(to focus: ServiceName?, pace: Duration) {
    let isQuicker = pace < self.pace
    if focus != plan.focus, let focus { plan.touch(focus) }
    self.pace = pace
    plan.focus = focus
    if isQuicker { nap?.cancel() }
    if plan.isTouched { wake?.yield() }
  }

  /// Ends the watch for good, without a word.
  package func stop() {
    isStopped = true
    current?.close()
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
      tell(.lost(reason: reason))
      do { try await Task.sleep(for: backoff.next()) } catch { return }
    }
  }

  private func tell(_ fact: Observation.Fact) {
    let observation = Observation(source: address, at: now(), fact: fact)
    if gathered != nil { gathered?.append(observation) } else { report([observation]) }
  }

  /// A signal of a connection, stamped when it came.
  private struct Input: Sendable {
    var signal: ConnectionSignal
    var at: Timestamp
  }

  /// One connection's life.
  private func watch(_ connected: () -> Void) async throws {
    let (inputs, input) = AsyncStream.makeStream(of: Input.self)
    defer { input.finish() }
    let signal: @Sendable (ConnectionSignal) -> Void = { [now] in
      input.yield(Input(signal: $0, at: now()))
    }
    try await NodeConnection.open(to: address, configuration, signal: signal) { connection in
      // Whoever stopped it while it was connecting found nothing to close.
      guard !self.isStopped else { return }
      self.current = connection
      defer { self.current = nil }
      try await self.introduce(connection)
      connected()
      if connection.greeting.respVersion >= 3 {
        try await self.follow(connection, events: connection, inputs)
      } else {
        // A RESP2 connection that is subscribed takes no questions: events need one of their own.
        var plain = self.configuration
        plain.protocolVersion = .resp2
        try await NodeConnection.open(to: self.address, plain, signal: signal) { events in
          try await self.follow(connection, events: events, inputs)
        }
      }
    }
  }

  /// Asks who it is. Old or restricted servers don't say: that is no reason not to watch them.
  private func introduce(_ connection: NodeConnection) async throws {
    let id = SentinelQuery.myID
    let info = SentinelQuery.info(["server"])
    let replies = try await connection.send(pipeline: [id.words, info.words])
    let server = try? info.reply(replies[1], from: address)
    tell(
      .connected(
        SentinelIdentity(
          id: try? id.reply(replies[0], from: address),
          version: server?.version ?? connection.greeting.version,
          respVersion: connection.greeting.respVersion)))
  }

  private func follow(
    _ connection: NodeConnection, events: NodeConnection, _ inputs: AsyncStream<Input>
  ) async throws {
    try await listen(events)
    plan.startAnew()
    refused = []
    defer { if deafSince == nil { deafSince = now() } }
    let (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    self.wake = wake
    defer {
      self.wake = nil
      wake.finish()
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for await input in inputs {
          switch input.signal {
          case .push(let message): await self.heard(message, at: input.at)
          case .closed(let error): throw error
          }
        }
      }
      group.addTask { try await self.tick() }
      group.addTask { try await self.poll(connection, wakes) }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private func listen(_ events: NodeConnection) async throws {
    do throws(SentinelError) {
      try await events.subscribe(patterns: ["*"])
    } catch let error where error.isServerReply {
      tell(.deaf(reason: error.message))
      return
    } catch {
      throw error
    }
    let gap = deafSince.map { now().duration(since: $0) }
    deafSince = nil
    tell(.listening(gap: gap))
  }

  private func heard(_ message: [RESPValue], at: Timestamp) {
    guard let event = SentinelEvent(message: message, knownServices: services) else { return }
    report([Observation(source: address, at: at, fact: .event(event))])
    guard let service = event.service else { return }
    plan.touch(service)
    wake?.yield()
  }

  /// Rings the bell at the pace that is wanted.
  private func tick() async throws {
    while true {
      isTickDue = true
      wake?.yield()
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

  private func poll(_ connection: NodeConnection, _ wakes: AsyncStream<Void>) async throws {
    for await _ in wakes {
      if isTickDue {
        isTickDue = false
        try await ask(plan.tick(), connection)
      } else if plan.isTouched {
        try await ask(plan.catchUp(), connection)
        try await Task.sleep(for: Self.shortestPause)
      }
      if plan.isTouched { wake?.yield() }
    }
  }

  /// Asks everything of a round in one go, and tells the answers.
  private func ask(_ round: PollPlan.Round, _ connection: NodeConnection) async throws {
    let questions = Question.list(
      for: round, replicasWord: replicasWord, without: refused)
    let replies = try await connection.timed(pipeline: questions.map(\.words))
    // The answers of a round belong together: told one by one, each would be drawn.
    gathered = []
    for (question, reply) in zip(questions, replies.received) {
      take(reply, to: question, roundTrip: replies.roundTrip)
    }
    report(gathered ?? [])
    gathered = nil
  }

  private func take(_ reply: ReceivedReply, to question: Question, roundTrip: Duration) {
    do throws(SentinelError) {
      switch question {
      case .masters(let query):
        let masters = readable(try query.reply(reply, from: address), of: "MASTERS")
        services = Set(masters.map(\.name))
        plan.found(masters.map(\.name))
        tell(.masters(masters, roundTrip: roundTrip))
      case .master(let query):
        tell(.master(try query.reply(reply, from: address)))
      case .replicas(let service, let query):
        tell(.replicas(service, readable(try query.reply(reply, from: address), of: "REPLICAS")))
      case .sentinels(let service, let query):
        tell(.sentinels(service, readable(try query.reply(reply, from: address), of: "SENTINELS")))
      case .info(let query):
        tell(.info(try query.reply(reply, from: address)))
      case .infoCache(let query):
        tell(.infoCache(try query.reply(reply, from: address)))
      case .configuration(let query):
        tell(.configuration(try query.reply(reply, from: address).withoutSecrets))
      case .scripts(let query):
        tell(.scripts(readable(try query.reply(reply, from: address), of: "PENDING-SCRIPTS")))
      }
    } catch let error where question.extra != nil && error.isServerReply {
      if let extra = question.extra { refused.insert(extra) }
    } catch let error
      where question.asksForReplicas
      && (error.code == .forbidden || error.serverError?.isUnknownSubcommand == true)
    {
      // Before 5.0 there is only the old word, and in ACLs it is an entry of its own.
      replicasWord = "SLAVES"
    } catch let error where error.code == .masterNotFound(.unknownService) {
      // It was removed between two questions; the next answer to MASTERS says so.
    } catch {
      complain(error.message)
    }
  }

  private func readable<Entry>(_ entries: Entries<Entry>, of question: String) -> [Entry] {
    if let bad = entries.bad.first {
      let count = entries.bad.count
      complain(
        "\(count) \(count == 1 ? "entry" : "entries") of \(question) left out: \(bad.reason)")
    }
    return entries.entries
  }

  /// Says what is wrong with answers, once as long as it stays the same.
  private func complain(_ words: String) {
    guard complaints.insert(words).inserted else { return }
    tell(.unreadable(words))
  }
}

extension [String: String] {
  /// `SENTINEL CONFIG GET` tells the Sentinels' password in clear text. It goes no further than here.
  fileprivate var withoutSecrets: Self {
    var masked = self
    for (name, value) in self where name.lowercased().hasSuffix("pass") && !value.isEmpty {
      masked[name] = "******"
    }
    return masked
  }
}
