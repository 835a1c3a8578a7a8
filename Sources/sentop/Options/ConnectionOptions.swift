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

  @Option(
    help: ArgumentHelp("How long a Sentinel may take to connect, and to answer.", valueName: "time")
  )
  var timeout = TimeSpan.oneSecond

  /// The Sentinels to begin with, and how to talk to them.
  func resolve(
    extraSeeds: [String] = [], environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> Connection {
    var texts = extraSeeds + seeds
    if texts.isEmpty, let listed = environment["SENTOP_SEEDS"] {
      texts = listed.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
    }
    if texts.isEmpty { texts = ["127.0.0.1"] }
    let addresses = try texts.map(Self.address)
    let password = try Secrets.sentinels.password(
      asking: askpass, file: passwordFile, environment: environment)
    guard user == nil || password != nil else {
      throw ValidationError(
        "--user needs a password: SENTOP_PASSWORD, --password-file or --askpass")
    }
    let configuration = ConnectionConfiguration(
      connectTimeout: timeout.duration, commandTimeout: timeout.duration,
      authentication: password.map { Authentication(username: user, password: $0) },
      tls: try encryption.resolve(environment: environment), clientName: "sentop")
    var seen: Set<NodeAddress> = []
    return Connection(
      seeds: addresses.filter { seen.insert($0).inserted }, configuration: configuration,
      nodes: try nodes.resolve(timeout: timeout.duration, environment: environment))
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

  /// What the deployment is called where nobody has given it a name.
  var name: String { seeds.map(\.description).joined(separator: ",") }
}
