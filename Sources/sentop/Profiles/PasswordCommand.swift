import Subprocess

/// A program that prints a password: a key ring, a vault.
struct PasswordCommand {
  private let words: [String]
  private let patience: Duration

  /// More than this is no password.
  private static let mostBytes = 1 << 16

  init(_ words: [String], patience: Duration = .seconds(60)) {
    self.words = words
    self.patience = patience
  }

  /// Runs it, without a shell. It may ask at the terminal, and say on stderr what is wrong.
  ///
  /// - Throws: `Trouble`, which names the program alone: its other words may be secret.
  func password() async throws -> String {
    let program = words.first ?? ""
    let output: String
    do {
      output = try await run(program)
    } catch let trouble as Trouble {
      throw trouble
    } catch {
      throw Trouble("the password command \(program) can't be run: \(error)")
    }
    guard let password = Secrets.firstLine(of: output) else {
      throw Trouble("the password command \(program) printed nothing")
    }
    return password
  }

  private func run(_ program: String) async throws -> String {
    // `env` takes a path as well as a name, and becomes the program.
    let arguments = Arguments(words)
    return try await withThrowingTaskGroup(of: String.self) { group in
      group.addTask {
        let result = try await Subprocess.run(
          .name("env"), arguments: arguments, input: .currentStandardInput,
          output: .string(limit: Self.mostBytes), error: .currentStandardError)
        guard result.terminationStatus.isSuccess else {
          throw Trouble("the password command \(program) failed: \(result.terminationStatus)")
        }
        return result.standardOutput
      }
      group.addTask {
        try await Task.sleep(for: patience)
        throw Trouble("the password command \(program) took longer than \(patience)")
      }
      defer { group.cancelAll() }
      return try await group.next() ?? ""
    }
  }
}
