import ArgumentParser
import SentinelInsight
import SentinelModel

/// Prints one line, as monitoring plugins do.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Print one line for a monitoring system.",
    discussion: """
      The line is what Nagios, Icinga and their like expect: a status word, a sentence, and figures \
      behind a bar. Exit status: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. It looks for what doctor \
      looks for, for 8 s at most: rules that need longer are for doctor.
      """)

  @Argument(help: "Only this service.")
  var name: String?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let connection = try await connection.resolve()
    let service = name.map { ServiceName($0) }
    let line: CheckLine
    do {
      line = CheckLine(
        try await Session.diagnosing(connection, only: service, patience: .brief), only: service)
    } catch let trouble as Trouble {
      line = CheckLine(trouble)
    }
    switch output.format {
    case .json: Console.print(try JSONOutput.line(CheckJSON(line)))
    case .table: Console.print(line.text)
    }
    guard line.verdict == .ok else { throw line.verdict.exitCode }
  }
}
