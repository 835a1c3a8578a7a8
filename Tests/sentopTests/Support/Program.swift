import Foundation
import Subprocess
import Synchronization
import Testing

@testable import SentinelLab

/// The built program, as a script runs it: no terminal, nothing on standard input, and an
/// environment in which nothing of the person's own is left.
enum Program {
  /// What it left behind.
  struct Ending: Sendable {
    /// As a shell has it: 128 and the number more where a signal ended it.
    var status: Int32
    var output: [UInt8]
    var messages: String

    /// Standard output as text.
    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }
    /// All that it said, on both ways.
    var everything: String { text + messages }

    /// Standard output as JSON.
    func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try JSONDecoder().decode(type, from: Data(output))
    }
  }

  struct TooSlow: Error {
    var arguments: [String]
  }

  /// Runs it to its end.
  static func run(
    _ arguments: [String], environment: [String: String] = [:],
    within limit: Duration = .seconds(60)
  ) async throws -> Ending {
    try await Folder.open { home in
      try await withinLimit(limit, orThrow: TooSlow(arguments: arguments)) {
        let result = try await Subprocess.run(
          .name("sh"), arguments: command(arguments),
          environment: clean(environment, home: home), platformOptions: alone, input: .none,
          output: .bytes(limit: 1 << 22), error: .string(limit: 1 << 20))
        return Ending(
          status: result.terminationStatus.code, output: result.standardOutput,
          messages: result.standardError)
      }
    }
  }

  /// Runs it for as long as the body needs it, then interrupts it.
  static func running<Result: Sendable>(
    _ arguments: [String], environment: [String: String] = [:],
    _ body: @Sendable (Output) async throws -> Result
  ) async throws -> Result {
    try await Folder.open { home in
      let result = try await Subprocess.run(
        .name("sh"), arguments: command(arguments), environment: clean(environment, home: home),
        platformOptions: alone, input: .none, output: .sequence, error: .discarded
      ) { child in
        let output = Output()
        return try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask {
            for try await line in child.standardOutput.strings() { output.add(line) }
          }
          // Also where the body throws; then the group waits for the last words.
          defer { try? child.send(signal: .interrupt) }
          return try await body(output)
        }
      }
      return result.closureResult
    }
  }

  /// The lines it has printed so far.
  final class Output: Sendable {
    private let printed = Mutex<[String]>([])

    var lines: [String] { printed.withLock { $0 } }

    fileprivate func add(_ line: String) { printed.withLock { $0.append(line) } }
  }

  /// What it finds in its environment.
  static func variables(_ own: [String: String], home: String) -> [String: String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return [
      "PATH": path, "HOME": home, "TMPDIR": home, "LANG": "C.UTF-8", "TZ": "UTC",
      "XDG_CONFIG_HOME": home + "/config", "XDG_STATE_HOME": home + "/state",
    ].merging(own) { _, own in own }
  }

  private static func clean(_ own: [String: String], home: Folder) -> Environment {
    let pairs = variables(own, home: home.path).compactMap { name, value in
      Environment.Key(rawValue: name).map { ($0, value) }
    }
    return .custom(Dictionary(pairs) { first, _ in first })
  }

  private static func command(_ arguments: [String]) -> Arguments {
    Arguments(["-c", "exec \"$0\" \"$@\"", Processes.sentop] + arguments)
  }

  /// A session of its own has no terminal that it could ask for a password.
  private static var alone: PlatformOptions {
    var options = PlatformOptions()
    options.createSession = true
    return options
  }
}

extension Program.Ending {
  /// Records an issue where it ended in another way.
  func expect(_ code: Int32, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(status == code, "it said: \(everything)", sourceLocation: sourceLocation)
  }
}

extension TerminationStatus {
  fileprivate var code: Int32 {
    switch self {
    case .exited(let code): code
    case .signaled(let number): 128 + number
    }
  }
}
