import ArgumentParser
import Foundation
import SentinelMonitor

/// Prints the failovers so far.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Print the failovers so far.",
    discussion: """
      Kept are the failovers that top, events and failover have watched, and those that must have \
      happened between two runs, as the number of the configuration tells. No Sentinel is asked.

      NO MASTER is how long there was no writable master that clients could be told of; AGREED how \
      long it took until all Sentinels named the new one.
      """)

  @Argument(help: "Only this service.")
  var name: String?

  @Option(name: .customShort("n"), help: "Only the last so many.")
  var last: Int?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    if let last, last < 1 { throw ValidationError("-n must be at least 1") }
  }

  func run() async throws {
    let file = HistoryFile(path: HistoryFile.defaultPath(ProcessInfo.processInfo.environment))
    let contents: HistoryFile.Contents
    do {
      contents = try file.read()
    } catch {
      throw Trouble("the history \(file.path) can't be read: \(error.localizedDescription)")
    }
    if contents.unreadable > 0 {
      let count = contents.unreadable
      Console.say(
        "\(count) line\(count == 1 ? "" : "s") of \(file.path.printable) can't be read and "
          + (count == 1 ? "was" : "were") + " left out.")
    }
    var incidents = contents.incidents.filter { name == nil || $0.service == name }
    if let last { incidents = Array(incidents.suffix(last)) }
    switch output.format {
    case .json: Console.print(try JSONOutput.document(HistoryJSON(failovers: incidents)))
    case .table:
      if incidents.isEmpty {
        let whose = name.map { " of \($0.printable)" } ?? ""
        Console.say("No failover\(whose) was watched so far.")
      } else {
        for line in HistoryTable(incidents).lines { Console.print(line) }
      }
    }
  }
}
