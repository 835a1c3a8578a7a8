import ArgumentParser
import RedisSentinel
import SentinelMonitor

/// Opens the screen.
struct TopCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "top", abstract: "Open the screen. This is what happens without a command.")

  @Argument(help: ArgumentHelp("Sentinels of the deployment.", valueName: "seed"))
  var sentinels: [String] = []

  @OptionGroup var screen: ScreenOptions
  @OptionGroup var connection: ConnectionOptions

  func validate() throws {
    // An option before a command makes the command look like a seed.
    let commands = Sentop.configuration.subcommands.compactMap { $0.configuration.commandName }
    if let name = sentinels.first(where: commands.contains) {
      throw ValidationError(
        "\"\(name)\" is a command: options come after it, as in sentop \(name) --profile NAME. "
          + "A Sentinel that is called so is given with its port, \(name):26379.")
    }
    for seed in sentinels { _ = try ConnectionOptions.address(seed) }
  }

  func run() async throws {
    let connection = try await connection.resolve(extraSeeds: sentinels)
    let settings = ScreenSettings(screen, connection.preferences)
    try await Session.watching(
      connection, interval: settings.interval, keepsHistory: true
    ) { monitor in
      let operations = Operator(connection.configuration, isReadOnly: settings.isReadOnly) {
        monitor.clock.now()
      }
      let performer = Performer(monitor: monitor, operations: operations)
      try await Screen(
        monitor: monitor, performer: performer, settings: settings, name: connection.name,
        seeds: connection.seeds
      ).run()
    }
  }
}
