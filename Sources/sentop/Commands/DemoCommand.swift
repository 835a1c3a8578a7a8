import ArgumentParser
import RedisSentinel
import SentinelLab
import SentinelModel
import SentinelMonitor

/// Opens the screen on a throw-away deployment of real servers.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Open the screen on a throw-away deployment of real servers on this machine.",
    discussion: """
      The servers listen on free ports of 127.0.0.1. Nothing of them is left when the screen is \
      closed, nor when this program is killed.

      K on the screen opens a menu of what can happen to them: a server is killed, frozen, or a \
      replica cut off from its master, and brought back. Try it on the master.
      """)

  @Option(help: ArgumentHelp("How many masters.", valueName: "count"))
  var masters = 1
  @Option(help: ArgumentHelp("How many replicas each master has.", valueName: "count"))
  var replicas = 2
  @Option(help: ArgumentHelp("How many Sentinels.", valueName: "count"))
  var sentinels = 3

  @Flag(
    help: """
      Start the servers without the screen: print their addresses as soon as the Sentinels know \
      each other, and keep them until standard input ends.
      """)
  var serversOnly = false

  @OptionGroup var screen: ScreenOptions
  @OptionGroup var config: ConfigFileOptions

  func validate() throws {
    guard (1...50).contains(masters) else {
      throw ValidationError("--masters must be between 1 and 50")
    }
    guard (0...10).contains(replicas) else {
      throw ValidationError("--replicas must be between 0 and 10")
    }
    guard (1...15).contains(sentinels) else {
      throw ValidationError("--sentinels must be between 1 and 15")
    }
  }

  func run() async throws {
    let layout = LabLayout(masters: masters, replicas: replicas, sentinels: sentinels)
    let preferences = try config.load()
    let look = ScreenSettings(screen, preferences)
    // Looked at before anything starts: a screen that can't open needs no servers.
    if !serversOnly { _ = try look.terminal() }
    Console.say("Starting \(layout.summary):")
    try await Lab.open(layout) { lab in
      guard !serversOnly else { return try await lend(lab) }
      for node in lab.nodes { Console.say("  \(node.address)  \(node.name)") }
      let connection = Connection(
        seeds: lab.sentinels.map(\.address),
        configuration: ConnectionConfiguration(clientName: "sentop"),
        nodes: ConnectionConfiguration(clientName: "sentop"), preferences: preferences)
      try await Session.watching(connection, interval: look.interval) { monitor in
        let operations = Operator(connection.configuration, isReadOnly: look.isReadOnly) {
          monitor.clock.now()
        }
        let performer = Performer(monitor: monitor, operations: operations)
        try await Screen(
          monitor: monitor, performer: performer, settings: look, name: "demo",
          seeds: connection.seeds, demo: DemoLab(lab)
        ).run()
      }
    }
  }

  /// Leaves the servers to whoever reads our output, until they close our input.
  private func lend(_ lab: Lab) async throws {
    try await lab.settle()
    for node in lab.nodes { Console.print("\(node.address)\t\(node.name)") }
    Console.print("ready")
    while readLine() != nil {}
  }
}

extension LabLayout {
  /// How many of what, in words.
  fileprivate var summary: String {
    func counted(_ count: Int, _ word: String) -> String {
      "\(count) \(word)\(count == 1 ? "" : "s")"
    }
    return [
      counted(services.count, "master"), counted(services.count * replicas, "replica"),
      counted(sentinels, "Sentinel"),
    ].joined(separator: ", ")
  }
}
