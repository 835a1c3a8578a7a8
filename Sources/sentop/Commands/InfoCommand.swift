import ArgumentParser
import Foundation
import SentinelLab
import Themes

/// Prints versions, paths, and what the terminal can do.
struct InfoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Print versions, paths, and what the terminal can do.")

  @OptionGroup var output: OutputOptions

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    var facts: [(name: String, value: String)] = [("sentop", Sentop.version)]
    do {
      let server = try await ServerBinary.find()
      facts.append(
        ("server for the demo", "\(server.flavour.rawValue) \(server.version), \(server.path)"))
    } catch {
      facts.append(("server for the demo", "\(error)"))
    }
    let config = ConfigFile(environment: environment)
    facts.append(
      (
        "config",
        config.path + (FileManager.default.fileExists(atPath: config.path) ? "" : ", none")
      ))
    facts.append(("themes", ShippedThemes.names.joined(separator: ", ")))
    facts.append(("user's themes", ThemeFiles.folder(environment)))
    facts += TerminalFacts(environment).all
    facts.append(("locale", Self.locale(environment)))
    facts.append(("NO_COLOR", environment["NO_COLOR"].map { _ in "set" } ?? "not set"))
    facts.append(("SENTOP_SEEDS", environment["SENTOP_SEEDS"] ?? "not set"))
    let hasPassword =
      environment["SENTOP_PASSWORD"] != nil || environment["REDISCLI_AUTH"] != nil
    facts.append(("password in the environment", hasPassword ? "yes" : "no"))
    switch output.format {
    case .json:
      let pairs = facts.map { ($0.name, $0.value) }
      Console.print(
        try JSONOutput.document(Dictionary(pairs, uniquingKeysWith: { first, _ in first })))
    case .table:
      let width = facts.map(\.name.count).max() ?? 0
      for (name, value) in facts {
        Console.print(
          name + String(repeating: " ", count: width - name.count + 2) + value.printable)
      }
    }
  }

  private static func locale(_ environment: [String: String]) -> String {
    ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
      ?? "not set"
  }
}
