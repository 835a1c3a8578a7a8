import Foundation

/// Where the config is kept, and whether it may be believed.
struct ConfigFile: Equatable {
  let path: String
  /// Whether somebody asked for this one: then it has to be there.
  let isNamed: Bool

  /// The file of `--config`, of SENTOP_CONFIG, or the usual one.
  init(named path: String? = nil, environment: [String: String]) {
    let named = path ?? environment["SENTOP_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    isNamed = named != nil
    self.path = named.map { Self.expand($0, environment) } ?? Self.usualPath(environment)
  }

  static func usualPath(_ environment: [String: String]) -> String {
    let base =
      environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? (environment["HOME"] ?? "") + "/.config"
    return base + "/sentop/config.yaml"
  }

  /// The path of a file that the config names: `~` is the home, and what isn't absolute lies beside
  /// the config.
  func resolve(_ file: String, _ environment: [String: String]) -> String {
    let file = Self.expand(file, environment)
    guard !file.hasPrefix("/") else { return file }
    return URL(filePath: path).deletingLastPathComponent().appending(path: file).path
  }

  private static func expand(_ file: String, _ environment: [String: String]) -> String {
    guard file.hasPrefix("~/"), let home = environment["HOME"] else { return file }
    return home + file.dropFirst(1)
  }

  /// What was found in the file.
  struct Contents: Equatable {
    /// Nil where there is no file.
    var text: String?
    var config: Config
    var problems: [ConfigProblem] = []
    /// What is no reason not to go on.
    var warnings: [String] = []
  }

  /// Reads the file. One that isn't there is empty, unless somebody named it.
  ///
  /// - Throws: `Trouble` where it can't be read, or others may have written it.
  func read() throws -> Contents {
    guard let file = FileHandle(forReadingAtPath: path) else {
      let reason = String(cString: strerror(errno))
      if !isNamed, !FileManager.default.fileExists(atPath: path) {
        return Contents(config: Config())
      }
      throw Trouble("the config \(path) can't be read: \(reason)")
    }
    defer { try? file.close() }
    let warnings = try check(file.fileDescriptor)
    let data: Data
    do {
      data = try file.read(upToCount: ConfigText.mostBytes + 1) ?? Data()
    } catch {
      throw Trouble("the config \(path) can't be read: \(error.localizedDescription)")
    }
    guard data.count <= ConfigText.mostBytes else {
      throw Trouble("the config \(path) is larger than 1 MB: that can't be one")
    }
    guard let whole = String(validating: data, as: UTF8.self) else {
      throw Trouble("the config \(path) isn't written in UTF-8")
    }
    let text = whole.replacing("\r\n", with: "\n")
    let (config, problems) = ConfigText.read(text)
    return Contents(text: text, config: config, problems: problems, warnings: warnings)
  }

  /// Whoever can write the file can have programs run as whoever reads it.
  private func check(_ descriptor: Int32) throws -> [String] {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw Trouble("the config \(path) belongs to somebody else, so it isn't used")
    }
    guard status.st_mode & 0o002 == 0 else {
      throw Trouble(
        "the config \(path) can be written to by everybody, so it isn't used: "
          + "chmod go-w \(path)")
    }
    guard status.st_mode & 0o020 == 0 else {
      return ["the config \(path) can be written to by its group: chmod g-w \(path)"]
    }
    return []
  }
}

extension ConfigFile.Contents {
  /// The config, where nothing is wrong with it.
  func checked(in file: String) throws -> Config {
    guard problems.isEmpty else {
      let lines = problems.map { "  " + $0.line(in: file) }
      throw Trouble(
        "the config is wrong in \(problems.count) place\(problems.count == 1 ? "" : "s")\n"
          + lines.joined(separator: "\n"))
    }
    return config
  }
}
