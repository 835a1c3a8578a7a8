import ArgumentParser
import Foundation
import RedisSentinel
import SentinelModel
import SentinelMonitor

/// Writes a profile: from one Sentinel, all of them.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a profile into the config file.",
    discussion: """
      Connects to a Sentinel, finds the others, and writes all of them, with the user, the TLS \
      options, and where the password is, but never the password. What isn't given is asked for.
      """)

  @OptionGroup var connection: ConnectionOptions

  @Flag(help: "Have each change in this profile confirmed by the service's name.")
  var protected = false

  @Flag(help: "Refuse all changes in this profile.")
  var readOnly = false

  @Flag(help: "Replace a profile of that name.")
  var force = false

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let file = ConfigFile(named: connection.config.file.path, environment: environment)
    // A file that was named may be made, too.
    let contents =
      FileManager.default.fileExists(atPath: file.path)
      ? try file.read() : ConfigFile.Contents(config: Config())
    let config = try contents.checked(in: file.path)
    let name = try profileName()
    guard force || config.profiles[name] == nil else {
      throw Trouble(
        "there is a profile \(name) in \(file.path) already; --force replaces it")
    }
    let plain = environment.filter { $0.key != "SENTOP_PROFILE" }
    let preferences = try Preferences(file, config, profile: nil, environment: plain)
    let found = try await connection.resolve(
      extraSeeds: try askedSeeds(plain), preferences, environment: plain)
    let profile = Profile(
      seeds: try await Self.discover(found),
      sentinels: ProfileLogin(
        user: connection.user,
        password: Self.password(
          connection.passwordFile, connection.askpass, .sentinels, plain),
        tls: connection.encryption.profile),
      nodes: ProfileLogin(
        user: connection.nodes.nodeUser,
        password: Self.password(
          connection.nodes.nodePasswordFile, connection.nodes.nodeAskpass, .nodes, plain),
        tls: connection.nodes.profile),
      isProtected: protected, isReadOnly: readOnly ? true : nil)
    try write(profile, name, contents.text ?? "", to: file)
  }

  private func profileName() throws -> String {
    var name = connection.config.profile
    if name == nil, Console.canAsk {
      name = Console.answer(to: "What to call it (letters, digits, - and _):")
    }
    guard let name, !name.isEmpty else {
      throw ValidationError("a profile needs a name: --profile NAME")
    }
    if let trouble = Config.trouble(withName: name) { throw ValidationError(trouble.printable) }
    return name
  }

  /// A seed, where none is given and somebody can be asked.
  private func askedSeeds(_ environment: [String: String]) throws -> [String] {
    guard connection.seeds.isEmpty, (environment["SENTOP_SEEDS"] ?? "").isEmpty else { return [] }
    guard Console.canAsk else {
      throw ValidationError("a Sentinel to begin with is needed: --seed HOST[:PORT]")
    }
    let answer = Console.answer(to: "One of its Sentinels [127.0.0.1:26379]:") ?? ""
    return [answer.isEmpty ? "127.0.0.1:26379" : answer]
  }

  /// All Sentinels, those that were named first.
  private static func discover(_ connection: Connection) async throws -> [NodeAddress] {
    try await Session.surveying(connection) { _, topology in
      for vantage in topology.vantages {
        let words =
          if case .unreachable(_, let reason) = vantage.contact { ", unreachable: \(reason)" } else
          {
            ""
          }
        Console.say("\(vantage.address)\(words)".printable)
      }
      return topology.vantages.map(\.address)
    }
  }

  /// Where the password is that was used now.
  private static func password(
    _ file: String?, _ isAsked: Bool, _ secrets: Secrets, _ environment: [String: String]
  ) -> PasswordSource? {
    if isAsked {
      Console.say(
        "The password for \(secrets.whose) isn't written: add password_file, password_command or "
          + "password_env, or give \(secrets.option) each time.")
      return nil
    }
    if let file { return .file(URL(filePath: file).path) }
    return secrets.variables.first { !(environment[$0] ?? "").isEmpty }.map { .variable($0) }
  }

  private func write(
    _ profile: Profile, _ name: String, _ text: String, to file: ConfigFile
  ) throws {
    guard let edited = try ConfigEdit.text(text, with: profile, named: name) else {
      let lines = try ConfigEdit.lines(of: profile, named: name, indent: 2)
      throw Trouble(
        "\(file.path) is written in a way that can't be added to; nothing was changed. Add to its "
          + "profiles:\n" + lines.joined(separator: "\n"))
    }
    try PrivateFile.write(edited, to: file.path)
    let count = profile.seeds.count
    Console.say(
      "Profile \(name) with \(count) Sentinel\(count == 1 ? "" : "s") stands in \(file.path) now."
        .printable)
    Console.say("sentop --profile \(name) opens it.".printable)
  }
}
