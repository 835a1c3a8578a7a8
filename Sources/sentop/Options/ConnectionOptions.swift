import ArgumentParser
import Foundation
import RedisSentinel
import SentinelModel

/// Where to, and as whom.
struct ConnectionOptions: ParsableArguments {
  @Option(
    name: [.short, .customLong("seed")],
    help: ArgumentHelp(
      "A Sentinel of the deployment; can be given several times.", valueName: "host[:port]"))
  var seeds: [String] = []

  @Option(help: "The Sentinels' ACL user.")
  var user: String?

  @Flag(help: "Ask for the Sentinels' password.")
  var askpass = false

  @Option(
    help: ArgumentHelp("A file whose first line is the Sentinels' password.", valueName: "file"))
  var passwordFile: String?

  @OptionGroup var encryption: TLSOptions

  @OptionGroup var nodes: NodeOptions

  @OptionGroup var config: ConfigOptions

  @Option(
    help: ArgumentHelp("How long a Sentinel may take to connect, and to answer.", valueName: "time")
  )
  var timeout = TimeSpan.oneSecond

  /// The Sentinels to begin with, and how to talk to them: as the command line says, else the
  /// environment, else the profile.
  func resolve(
    extraSeeds: [String] = [], environment: [String: String] = ProcessInfo.processInfo.environment
  ) async throws -> Connection {
    try await resolve(
      extraSeeds: extraSeeds, try config.load(environment: environment), environment: environment)
  }

  func resolve(
    extraSeeds: [String] = [], _ preferences: Preferences, environment: [String: String]
  ) async throws -> Connection {
    let login = preferences.profile.sentinels
    let password = try await Secrets.sentinels.password(
      asking: askpass, file: passwordFile, login.password, preferences, environment: environment)
    let user = user ?? login.user
    guard user == nil || password != nil else {
      throw ValidationError(
        "\(self.user == nil ? "the profile's user" : "--user") needs a password: "
          + "SENTOP_PASSWORD, --password-file or --askpass")
    }
    var configuration = ConnectionConfiguration(
      connectTimeout: timeout.duration, commandTimeout: timeout.duration,
      authentication: password.map { Authentication(username: user, password: $0) },
      tls: try encryption.resolve(login.tls, preferences, environment: environment),
      clientName: "sentop")
    configuration.addressTable = preferences.profile.addressMap
    return Connection(
      seeds: try resolveSeeds(extraSeeds, preferences, environment), configuration: configuration,
      nodes: try await nodes.resolve(
        timeout: timeout.duration, preferences, environment: environment),
      preferences: preferences)
  }

  private func resolveSeeds(
    _ extraSeeds: [String], _ preferences: Preferences, _ environment: [String: String]
  ) throws -> [NodeAddress] {
    let given = try (extraSeeds + seeds).map(Self.address)
    let listed = try (environment["SENTOP_SEEDS"] ?? "").split(separator: ",")
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }.map(Self.address)
    let ours = preferences.profile.seeds
    // A profile that was named in so many words is not to end up at somebody else's Sentinels.
    let sources = preferences.isProfileNamed ? [given, ours, listed] : [given, listed, ours]
    let chosen =
      sources.first { !$0.isEmpty }
      ?? [NodeAddress(host: "127.0.0.1", port: SentinelConfiguration.defaultPort)]
    var seen: Set<NodeAddress> = []
    return chosen.filter { seen.insert($0).inserted }
  }

  func validate() throws {
    for seed in seeds { _ = try Self.address(seed) }
    guard timeout.duration >= .milliseconds(1) else {
      throw ValidationError("--timeout must be at least 1ms")
    }
  }

  static func address(_ text: String) throws -> NodeAddress {
    guard
      let address = NodeAddress(parsing: text, defaultPort: SentinelConfiguration.defaultPort)
    else {
      throw ValidationError(
        "\"\(text.printable)\" is no address: give HOST, HOST:PORT or [IPV6]:PORT, "
          + "with a port from 1 to 65535")
    }
    return address
  }
}

extension TimeSpan {
  static let oneSecond = TimeSpan(duration: .seconds(1), description: "1s")

  private init(duration: Duration, description: String) {
    self.duration = duration
    self.description = description
  }
}

/// Where to begin, and how.
struct Connection {
  var seeds: [NodeAddress]
  var configuration: ConnectionConfiguration
  /// How data nodes are asked; nil where they aren't to be asked.
  var nodes: ConnectionConfiguration?
  /// What else the config and the profile say.
  var preferences = Preferences()

  /// What the deployment is called: as its profile, else by its seeds.
  var name: String {
    preferences.profileName ?? seeds.map(\.description).joined(separator: ",")
  }
}
