import ArgumentParser
import RedisSentinel
import SentinelInsight
import SentinelModel
import SentinelMonitor

/// Fails a service over, and follows it to its end.
struct FailoverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "failover", abstract: "Promote a replica, and follow it to its end.",
    discussion: """
      Exactly one Sentinel is asked. With --wait the command ends when all Sentinels agree on the \
      new master and every node follows it, which takes about 20 s; without, when the Sentinel has \
      begun.

      With --dry-run it says which replica would be promoted, why not the others, and what speaks \
      against it, and sends nothing.

      Exit status: 0 done (or begun), 4 refused, 5 aborted, 6 outcome unknown, 7 not over in time.
      """)

  @Argument(help: "The service.")
  var name: String

  @Option(help: ArgumentHelp("How long to follow it.", valueName: "time"))
  var wait: TimeSpan?

  @Option(help: ArgumentHelp("The Sentinel to ask.", valueName: "host:port"))
  var via: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let service = ServiceName(name)
    let connection = try await connection.resolve()
    let via = try via.map(ConnectionOptions.address)
    try await Session.surveying(connection, keepsHistory: true) { monitor, topology in
      try topology.requireService(service)
      func preflight(_ topology: Topology) -> Preflight {
        Preflight.failover(of: service, via: via, in: topology, at: monitor.clock.now())
      }
      let agreed = preflight(topology)
      if change.dryRun {
        try report(agreed)
        try change.decide(agreed)
      }
      try change.confirm(agreed, "Fail over \(name)?", connection.preferences)
      // Whoever was asked took time to answer.
      let latest = preflight(await monitor.snapshot.topology)
      guard change.yes || change.confirm != nil || latest.asksTheSame(as: agreed) else {
        let reason =
          agreed.contradiction(in: await monitor.snapshot.topology)
          ?? latest.newObjection(since: agreed) ?? "the outlook is another one"
        Console.say("Refused: it has changed meanwhile: \(reason.printable)")
        throw ExitCodes.refused
      }
      try await start(agreed, monitor, connection)
    }
  }

  private func report(_ preflight: Preflight) throws {
    switch output.format {
    case .json: Console.print(try JSONOutput.document(PreflightJSON(preflight)))
    case .table: for line in preflight.lines { Console.print(line) }
    }
  }

  private func start(
    _ preflight: Preflight, _ monitor: Monitor, _ connection: Connection
  ) async throws {
    guard let service = preflight.facts.service, let master = preflight.facts.master,
      let via = preflight.facts.sentinels.first
    else { return }
    await monitor.look(at: service)
    // Followed from before the order leaves, so that no event can be missed.
    await monitor.follow(
      FailoverProgress(of: service, via: via, from: master, at: monitor.clock.now()))
    let operations = Operator(
      connection.configuration, isReadOnly: connection.preferences.readOnlyBecause != nil
    ) {
      monitor.clock.now()
    }
    let outcome = await operations.run(preflight.command, on: preflight.facts.sentinels)
    guard let verdict = outcome.answers.first?.verdict else { return }
    switch verdict {
    case .accepted:
      Console.say("\(via) has begun.")
    case .refused(let reason), .failed(let reason):
      Console.say("Refused: \(reason.printable)")
      throw ExitCodes.refused
    case .unknown(let reason):
      Console.say("It is unknown whether \(via) has begun: \(reason.printable)")
      if wait == nil { throw ExitCodes.unknownOutcome }
    }
    guard let wait else { return }
    try await follow(monitor, atMost: wait.duration)
  }

  private func follow(_ monitor: Monitor, atMost time: Duration) async throws {
    let start = ContinuousClock.now
    var shown = ""
    while ContinuousClock.now - start < time {
      let known = shown
      _ = await monitor.wait(atMost: time - (ContinuousClock.now - start)) { snapshot in
        snapshot.progress.first.map { $0.stage.isFinal || $0.stage.words != known } ?? true
      }
      guard let progress = await monitor.snapshot.progress.first else { return }
      if progress.stage.words != shown {
        shown = progress.stage.words
        Console.say("\((ContinuousClock.now - start).inSeconds)  \(shown.printable)")
      }
      switch progress.stage {
      case .done(let master):
        try report(master, after: ContinuousClock.now - start)
        return
      case .aborted: throw ExitCodes.aborted
      case .unknown: throw ExitCodes.unknownOutcome
      case .running, .switched: continue
      }
    }
    Console.say("Not over after \(time.inSeconds).")
    throw ExitCodes.timedOut
  }

  private struct Report: Encodable {
    var schema = JSONOutput.schema
    var service: String
    var master: String
    var elapsedMs: Double
  }

  private func report(_ master: NodeAddress, after time: Duration) throws {
    switch output.format {
    case .json:
      Console.print(
        try JSONOutput.line(
          Report(service: name, master: master.description, elapsedMs: time.asMilliseconds)))
    case .table:
      Console.print("\(master.host.printable) \(master.port)")
    }
  }
}

extension FailoverProgress.Stage {
  /// Where it stands, in words.
  var words: String {
    switch self {
    case .running(let step): step
    case .switched(let master, let missing): "master is now \(master), waiting for \(missing)"
    case .done(let master): "done: \(master) is master, and everybody follows it"
    case .aborted(let reason): reason
    case .unknown(let reason): "outcome unknown: \(reason)"
    }
  }
}
