import Canvas
import Foundation
import Themes
import Yams

/// A theme's name to its file: a path, the user's own, or one that is shipped.
enum ThemeFiles {
  /// Where the user's own themes lie.
  static func folder(_ environment: [String: String]) -> String {
    let base =
      environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? (environment["HOME"] ?? "") + "/.config"
    return base + "/sentop/themes"
  }

  /// All themes there are, by name: the shipped ones, the user's own, and that one.
  static func names(
    including theme: String? = nil,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder(environment))) ?? []
    let own = files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    return Set(ShippedThemes.names + own.filter { !$0.isEmpty } + [theme].compactMap(\.self))
      .sorted()
  }

  /// Reads the theme of that name, or in that file.
  static func load(
    _ name: String, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> Theme {
    let isPath = name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
    let path = isPath ? name : "\(folder(environment))/\(name).yaml"
    if isPath || FileManager.default.fileExists(atPath: path) {
      let text: String
      do {
        text = try String(contentsOfFile: path, encoding: .utf8)
      } catch {
        throw Trouble("the theme \(path) can't be read: \(error.localizedDescription)")
      }
      return try decode(text, from: path)
    }
    guard let text = ShippedThemes.yaml(named: name) else {
      throw Trouble(
        "there is no theme \"\(name.printable)\"; there is "
          + names(environment: environment).map(\.printable).joined(separator: ", ")
          + ", and any file given by its path")
    }
    return try decode(text, from: name)
  }

  private static func decode(_ text: String, from source: String) throws -> Theme {
    do {
      return try YAMLDecoder().decode(Theme.self, from: text)
    } catch {
      guard let problem = ThemeError(error) else { throw Trouble("the theme \(source): \(error)") }
      throw Trouble("the theme \(source)\(place(of: problem, in: text)): \(problem)")
    }
  }

  /// `:3:5`, the line and column of what is wrong; empty where it is nowhere.
  private static func place(of problem: ThemeError, in text: String) -> String {
    guard !problem.path.isEmpty, let root = try? compose(yaml: text),
      let mark = ConfigProblems(root).mark(of: problem.path, isKey: true)
    else { return "" }
    return ":\(mark)"
  }
}
