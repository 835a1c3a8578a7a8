import ArgumentParser
import Foundation

/// Which config file.
struct ConfigFileOptions: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "The config file; otherwise SENTOP_CONFIG or the usual one (sentop config path).",
      valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
  var path: String?

  /// What it says, without any profile.
  func load(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> Preferences {
    try Preferences(
      ConfigFile(named: path, environment: environment), profile: nil, environment: [:])
  }
}

/// Which config file, and which profile of it.
struct ConfigOptions: ParsableArguments {
  @OptionGroup var file: ConfigFileOptions

  @Option(
    help: ArgumentHelp(
      "A profile of the config file: Sentinels, user, password, TLS; otherwise SENTOP_PROFILE.",
      valueName: "name"), completion: .custom { _, _, _ in ConfigOptions.profileNames })
  var profile: String?

  func load(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> Preferences {
    try Preferences(
      ConfigFile(named: file.path, environment: environment), profile: profile,
      environment: environment)
  }

  /// For the shell's completion.
  private static var profileNames: [String] {
    let file = ConfigFile(environment: ProcessInfo.processInfo.environment)
    return (try? file.read())?.config.profiles.keys.sorted() ?? []
  }
}
