import ArgumentParser
import Dashboard
import Foundation

/// What there is to know of the config file.
struct ConfigCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check the config file, or print its path or an example.",
    discussion: "The file is YAML. sentop init writes a profile into it.",
    subcommands: [Check.self, Path.self, Example.self])
}

extension ConfigCommand {
  /// Reads the file, and says what is in it or what is wrong.
  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Read the config file, and say what is wrong and where.",
      discussion: "Exit status: 0 nothing is wrong, 1 something is.")

    @OptionGroup var options: ConfigOptions

    func run() async throws {
      let environment = ProcessInfo.processInfo.environment
      let file = ConfigFile(named: options.file.path, environment: environment)
      let contents = try file.read()
      for warning in contents.warnings { Console.say("Warning: " + warning.printable) }
      var problems = contents.problems.map { $0.line(in: file.path) }
      problems += ThemeChecks.problems(of: contents.config, environment)
      guard problems.isEmpty else {
        for problem in problems { Console.print(problem.printable) }
        throw ExitCodes.failed
      }
      guard contents.text != nil else {
        return Console.print("\(file.path.printable): not there; everything is as by default")
      }
      // A profile that is named has to be there.
      _ = try Preferences(
        file, contents.config, profile: options.profile, environment: environment)
      Console.print("\(file.path.printable): ok\(contents.config.summary.printable)")
    }
  }

  /// Prints where the file is looked for.
  struct Path: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "path", abstract: "Print where the config file is looked for.")

    @OptionGroup var options: ConfigFileOptions

    func run() async throws {
      let environment = ProcessInfo.processInfo.environment
      Console.print(ConfigFile(named: options.path, environment: environment).path.printable)
    }
  }

  /// Prints a file with everything in it.
  struct Example: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "example", abstract: "Print an example of a config file, explained.")

    func run() async throws {
      Console.print(ConfigExample.text)
    }
  }
}

/// Themes that the config names have to be there.
enum ThemeChecks {
  static func problems(of config: Config, _ environment: [String: String]) -> [String] {
    let named =
      [config.defaults.theme] + config.profiles.sorted { $0.key < $1.key }.map(\.value.theme)
    return Set(named.compactMap { $0 }).sorted().compactMap { name in
      do {
        _ = try ThemeFiles.load(name, environment: environment)
        return nil
      } catch {
        return "\(error)"
      }
    }
  }
}

extension Config {
  /// What was found, in words.
  fileprivate var summary: String {
    var parts: [String] = []
    if !profiles.isEmpty {
      let names = profiles.sorted { $0.key < $1.key }.map { name, profile in
        let words =
          (profile.isProtected ? ["protected"] : [])
          + (profile.isReadOnly == true ? ["read-only"] : [])
        return name + (words.isEmpty ? "" : " (" + words.joined(separator: ", ") + ")")
      }
      parts.append(
        "\(names.count) profile\(names.count == 1 ? "" : "s"): " + names.joined(separator: ", "))
    }
    if keys.preset != .standard { parts.append("keys as in \(keys.preset.rawValue)") }
    if !keys.changes.isEmpty {
      parts.append(
        "\(keys.changes.count) key\(keys.changes.count == 1 ? "" : "s") changed: "
          + keys.changes.keys.sorted().joined(separator: ", "))
    }
    return parts.map { "; " + $0 }.joined()
  }
}
