import ArgumentParser

/// The root of the command line. Without a command, the screen opens.
@main
struct Sentop: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "sentop",
    abstract: "Watch Redis and Valkey Sentinels, and fail over by a key.",
    usage: """
      sentop [OPTIONS] [SEED ...]        the screen, for example: sentop 10.0.0.1:26379
      sentop COMMAND [OPTIONS] [ARGUMENTS ...]
      """,
    discussion: """
      One Sentinel is enough: the others are found through it. Without an address, SENTOP_SEEDS is \
      looked at (a list with commas), then the profile, then 127.0.0.1:26379.

      Passwords come from SENTOP_PASSWORD, REDISCLI_AUTH, --password-file, --askpass or the profile, \
      never from an argument.

      Profiles, keys, columns and defaults stand in the config file: sentop config example prints \
      one, sentop init writes a profile.
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Looking",
        subcommands: [
          TopCommand.self, StatusCommand.self, EventsCommand.self, DoctorCommand.self,
          CheckCommand.self, HistoryCommand.self, GetCommand.self, CheckQuorumCommand.self,
        ]),
      CommandGroup(
        name: "Changing",
        subcommands: [
          FailoverCommand.self, ResetCommand.self, MonitorCommand.self, RemoveCommand.self,
          SetCommand.self, FlushConfigCommand.self,
        ]),
      CommandGroup(
        name: "More",
        subcommands: [
          DemoCommand.self, InitCommand.self, ConfigCommand.self, InfoCommand.self,
        ]),
    ],
    defaultSubcommand: TopCommand.self)
}
