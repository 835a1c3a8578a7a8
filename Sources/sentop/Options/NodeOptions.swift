import ArgumentParser
import Foundation
import RedisSentinel

/// How the data nodes are asked for their INFO: apart from the Sentinels, who are asked as somebody
/// else as a rule.
struct NodeOptions: ParsableArguments {
  @Flag(help: "Don't connect to data nodes: replication lag comes from the Sentinels alone.")
  var noNodeSampling = false

  @Option(help: "The data nodes' ACL user.")
  var nodeUser: String?

  @Flag(help: "Ask for the data nodes' password.")
  var nodeAskpass = false

  @Option(
    help: ArgumentHelp("A file whose first line is the data nodes' password.", valueName: "file"))
  var nodePasswordFile: String?

  @Flag(help: "Connect to the data nodes with TLS.")
  var nodeTls = false

  @Option(
    help: ArgumentHelp(
      "A PEM file with the authority to trust for the data nodes, instead of the system's.",
      valueName: "file"))
  var nodeCacert: String?

  @Option(
    help: ArgumentHelp("A PEM file with our certificate for the data nodes.", valueName: "file"))
  var nodeCert: String?

  @Option(help: ArgumentHelp("A PEM file with that certificate's key.", valueName: "file"))
  var nodeKey: String?

  @Option(
    help: ArgumentHelp("The name that the data nodes' certificates are for.", valueName: "name"))
  var nodeSni: String?

  @Flag(help: "Don't check the data nodes' certificates.")
  var nodeInsecure = false

  private var encryption: Encryption {
    Encryption(
      prefix: "--node-", isOn: nodeTls, authority: nodeCacert, certificate: nodeCert, key: nodeKey,
      serverName: nodeSni, isUnchecked: nodeInsecure)
  }

  var profile: ProfileTLS? { encryption.profile }

  /// How to talk to data nodes; nil where nobody is to.
  func resolve(
    timeout: Duration, _ preferences: Preferences, environment: [String: String]
  ) async throws -> ConnectionConfiguration? {
    let login = preferences.profile.nodes
    let encryption = try encryption.completed(by: login.tls, preferences, environment: environment)
    guard !noNodeSampling else { return nil }
    let password = try await Secrets.nodes.password(
      asking: nodeAskpass, file: nodePasswordFile, login.password, preferences,
      environment: environment)
    let user = nodeUser ?? login.user
    guard user == nil || password != nil else {
      throw ValidationError(
        "\(nodeUser == nil ? "the profile's user for data nodes" : "--node-user") needs a password: "
          + "SENTOP_NODE_PASSWORD, --node-password-file or --node-askpass")
    }
    var configuration = ConnectionConfiguration(
      connectTimeout: timeout, commandTimeout: timeout,
      authentication: password.map { Authentication(username: user, password: $0) },
      tls: try encryption.resolve(keyPassword: environment["SENTOP_NODE_KEY_PASSWORD"]),
      clientName: "sentop")
    configuration.addressTable = preferences.profile.addressMap
    return configuration
  }
}
