import ArgumentParser
import RedisSentinel
import SentinelInsight
import SentinelModel
import SentinelMonitor

/// A command that goes to all Sentinels, and prints what each answered.
protocol BroadcastCommand: AsyncParsableCommand {
  var connection: ConnectionOptions { get }
  var output: OutputOptions { get }
}

extension BroadcastCommand {
  /// Asks the Sentinels that the pre-flight names, after the question that a change needs. Those that
  /// have it already are told of, and left alone.
  func broadcast(
    _ command: Command, about service: ServiceName? = nil, _ change: ChangeOptions? = nil,
    question: String = "", preflight: (Topology) -> Preflight
  ) async throws {
    let connection = try await connection.resolve()
    do {
      try command.validate()
    } catch {
      throw ValidationError("\(error)".printable)
    }
    try await Session.surveying(connection) { monitor, topology in
      if let service { try topology.requireService(service) }
      let preflight = preflight(topology)
      if preflight.isNeedless {
        for line in preflight.warnings { Console.say("Warning: \(line.printable)") }
      } else {
        try change?.confirm(preflight, question, connection.preferences)
      }
      let operations = Operator(
        connection.configuration, isReadOnly: connection.preferences.readOnlyBecause != nil
      ) {
        monitor.clock.now()
      }
      var outcome = await operations.run(preflight.command, on: preflight.facts.sentinels)
      outcome.answers += preflight.settled.map {
        Outcome.Answer(sentinel: $0, verdict: .accepted("has it already"), elapsed: .zero)
      }
      try report(outcome, unreachable: topology)
    }
  }

  /// Prints what each Sentinel answered, those that can't be reached included.
  func report(_ outcome: Outcome, unreachable topology: Topology) throws {
    var outcome = outcome
    for vantage in topology.vantages {
      guard case .unreachable(_, let reason) = vantage.contact else { continue }
      outcome.answers.append(
        Outcome.Answer(sentinel: vantage.address, verdict: .failed(reason), elapsed: .zero))
    }
    switch output.format {
    case .json: Console.print(try JSONOutput.document(OutcomeJSON(outcome)))
    case .table: for line in outcome.lines { Console.print(line) }
    }
    guard outcome.isAccepted else { throw ExitCodes.failed }
  }
}

/// Asks every Sentinel whether a failover could happen.
struct CheckQuorumCommand: BroadcastCommand {
  static let configuration = CommandConfiguration(
    commandName: "ckquorum",
    abstract: "Ask every Sentinel whether quorum and majority can be reached.",
    discussion: "Exit status: 0 all say yes, 1 not.")

  @Argument(help: "The service.")
  var name: String
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let command = Command.checkQuorum(ServiceName(name))
    try await broadcast(command, about: ServiceName(name)) {
      Preflight.checkQuorum(ServiceName(name), in: $0)
    }
  }
}

/// Makes all Sentinels monitor a master.
struct MonitorCommand: BroadcastCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitor", abstract: "Make all Sentinels monitor a master.",
    discussion: "It starts with default timings: 30 s until down, 180 s for a failover.")

  @Argument(help: "The new service's name: letters, digits, '.', '-' and '_'.")
  var name: String
  @Argument(help: ArgumentHelp("Where the master listens.", valueName: "host:port"))
  var address: String
  @Argument(help: "How many Sentinels must agree that it is down.")
  var quorum: Int
  @OptionGroup var change: ChangeOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    guard let address = NodeAddress(parsing: address, defaultPort: 6379) else {
      throw ValidationError("\"\(address.printable)\" is no address: give HOST:PORT")
    }
    try await broadcast(
      .monitor(ServiceName(name), address, quorum: quorum), change, question: "Monitor \(name)?"
    ) { Preflight.monitor(ServiceName(name), at: address, quorum: quorum, in: $0) }
  }
}

/// Makes all Sentinels stop monitoring a service.
struct RemoveCommand: BroadcastCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Make all Sentinels stop monitoring a service.")

  @Argument(help: "The service.")
  var name: String
  @OptionGroup var change: ChangeOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try await broadcast(
      .remove(ServiceName(name)), about: ServiceName(name), change,
      question: "Stop monitoring \(name)?"
    ) { Preflight.remove(ServiceName(name), in: $0) }
  }
}

/// Changes settings of a service on all Sentinels.
struct SetCommand: BroadcastCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change settings of a service on all Sentinels.",
    discussion: """
      Options are those of SENTINEL SET: down-after-milliseconds, failover-timeout, \
      parallel-syncs, quorum, auth-user, notification-script, client-reconfig-script, \
      rename-command (which takes two values), master-reboot-down-after-period. The value of \
      auth-pass is read from the environment variable SENTOP_NODE_PASSWORD: write "auth-pass" \
      with the value "-".
      """)

  @Argument(help: "The service.")
  var name: String
  @Argument(help: ArgumentHelp("Pairs of an option and its value.", valueName: "option value"))
  var pairs: [String]
  @OptionGroup var change: ChangeOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let options = try SettingArguments.options(pairs)
    try await broadcast(
      .set(ServiceName(name), options), about: ServiceName(name), change,
      question: "Change the settings of \(name)?"
    ) { Preflight.set(ServiceName(name), options, in: $0) }
  }
}

/// Makes all Sentinels rewrite their configuration file.
struct FlushConfigCommand: BroadcastCommand {
  static let configuration = CommandConfiguration(
    commandName: "flushconfig", abstract: "Make all Sentinels write their configuration to disk.")

  @OptionGroup var change: ChangeOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    try await broadcast(
      .flushConfiguration, change, question: "Write the configuration files?"
    ) { Preflight.flushConfiguration(in: $0) }
  }
}

/// Resets a service on one Sentinel after another.
struct ResetCommand: BroadcastCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset",
    abstract: "Make the Sentinels forget replicas and Sentinels of a service, and find them anew.",
    discussion: """
      One Sentinel after another is reset; the next one's turn comes when it has found everybody \
      again, which takes up to ten seconds.
      """)

  @Argument(help: "The service.")
  var name: String
  @Option(help: ArgumentHelp("Reset this Sentinel only.", valueName: "host:port"))
  var via: String?
  @OptionGroup var change: ChangeOptions
  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let service = ServiceName(name)
    let connection = try await connection.resolve()
    let via = try via.map(ConnectionOptions.address)
    try await Session.surveying(connection) { monitor, topology in
      try topology.requireService(service)
      let preflight = Preflight.reset(
        of: service, via: via, in: topology, at: monitor.clock.now())
      try change.confirm(preflight, "Reset \(name)?", connection.preferences)
      let operations = Operator(
        connection.configuration, isReadOnly: connection.preferences.readOnlyBecause != nil
      ) {
        monitor.clock.now()
      }
      let narrator = Narrator()
      let progress = await Rollout(monitor, operations).run(preflight.command, preflight.facts) {
        narrator.tell($0)
      }
      let outcome = progress.outcome(at: monitor.clock.now())
      try report(outcome, unreachable: via == nil ? topology : Topology())
    }
  }
}
