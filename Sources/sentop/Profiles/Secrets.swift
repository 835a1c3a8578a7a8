import Foundation
import RedisSentinel

/// Where passwords come from: never from an argument, which every user of the machine can read.
struct Secrets {
  /// Whose password it is, for the prompt.
  let whose: String
  /// The option that asks for it, for errors.
  let option: String
  /// The variables of the environment that may hold it, the first one counts.
  let variables: [String]

  static let sentinels = Secrets(
    whose: "the Sentinels", option: "--askpass", variables: ["SENTOP_PASSWORD", "REDISCLI_AUTH"])
  static let nodes = Secrets(
    whose: "the data nodes", option: "--node-askpass", variables: ["SENTOP_NODE_PASSWORD"])

  /// The password: asked for, from a file, from the environment, or from where the profile says; nil
  /// where there is none.
  func password(
    asking: Bool, file: String?, _ source: PasswordSource?, _ preferences: Preferences,
    environment: [String: String]
  ) async throws -> String? {
    if asking { return try prompt() }
    if let file { return try Self.read(file) }
    if preferences.isProfileNamed, let source {
      return try await read(source, preferences, environment: environment)
    }
    for name in variables {
      if let password = environment[name], !password.isEmpty { return password }
    }
    guard let source else { return nil }
    return try await read(source, preferences, environment: environment)
  }

  private func read(
    _ source: PasswordSource, _ preferences: Preferences, environment: [String: String]
  ) async throws -> String {
    switch source {
    case .file(let file): return try Self.read(preferences.file.resolve(file, environment))
    case .command(let words): return try await PasswordCommand(words).password()
    case .variable(let name):
      guard let password = environment[name], !password.isEmpty else {
        throw Trouble("the profile wants the password for \(whose) from \(name), which isn't set")
      }
      return password
    }
  }

  private func prompt() throws -> String {
    // Without a terminal `getpass` would read standard input, and take its end for a password.
    guard let terminal = FileHandle(forUpdatingAtPath: "/dev/tty"),
      let typed = getpass("Password for \(whose): ")
    else {
      throw Trouble(
        "\(option) needs a terminal; give the password in \(variables[0]) instead")
    }
    try? terminal.close()
    return String(cString: typed)
  }

  private static func read(_ file: String) throws -> String {
    let text: String
    do {
      text = try String(contentsOfFile: file, encoding: .utf8)
    } catch {
      throw Trouble("the password file \(file) can't be read: \(error.localizedDescription)")
    }
    guard let password = firstLine(of: text) else {
      throw Trouble("the password file \(file) is empty")
    }
    return password
  }

  /// The first line with something in it.
  static func firstLine(of text: String) -> String? {
    text.split(whereSeparator: \.isNewline).first.map(String.init)
  }
}
