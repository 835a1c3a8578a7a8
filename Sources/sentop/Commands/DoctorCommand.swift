import ArgumentParser
import SentinelInsight
import SentinelModel

/// Prints what is wrong, with the evidence and what to do.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Look for what is wrong, with evidence and advice.",
    discussion: """
      Changes nothing. What is seen once may be chance, so it looks twice or more and takes a second \
      or several. Exit status: 0 nothing or for information only, 1 warnings, 2 critical, 3 unknown: \
      no Sentinel answers, or something can't be known.
      """)

  @Argument(help: "Only this service.")
  var name: String?

  @Flag(help: "List all rules, and those that are left out.")
  var list = false

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    if list { return try printRules() }
    let connection = try await connection.resolve()
    let diagnosis: Diagnosis
    do {
      diagnosis = try await Session.diagnosing(connection, only: name.map { ServiceName($0) })
    } catch let trouble as Trouble {
      Console.say("Error: \(trouble.description)")
      throw DoctorVerdict.unknown.exitCode
    }
    switch output.format {
    case .json:
      Console.print(
        try JSONOutput.document(DiagnosisJSON(diagnosis, deployment: connection.name)))
    case .table:
      for line in DoctorTable(diagnosis).lines { Console.print(line) }
    }
    guard diagnosis.verdict == .ok else { throw diagnosis.verdict.exitCode }
  }

  private func printRules() throws {
    switch output.format {
    case .json: Console.print(try JSONOutput.document(RulesJSON()))
    case .table: for line in DoctorTable.rules { Console.print(line) }
    }
  }
}

extension DoctorVerdict {
  /// What a script learns from it.
  var exitCode: ExitCode { ExitCode(rawValue) }
}
