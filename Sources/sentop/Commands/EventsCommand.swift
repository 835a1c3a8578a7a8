import ArgumentParser
import RedisSentinel
import SentinelInsight
import SentinelModel
import SentinelMonitor

/// Prints the merged event log, one line an event.
struct EventsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Print what the Sentinels announce, one line an event.",
    discussion: """
      Sentinels keep no history: only what happens from now on is heard. The same event from \
      several Sentinels is one line, with who said it; who says it much later is named in a line \
      of its own.
      """)

  @Flag(name: [.short, .long], help: "Go on until interrupted.")
  var follow = false

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("How long to listen; 10s where --follow isn't given.", valueName: "time"))
  var time: TimeSpan?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let limit = time?.duration ?? (follow ? nil : .seconds(10))
    try await Session.surveying(try await connection.resolve(), keepsHistory: true) { monitor, _ in
      var printer = LogPrinter()
      let end = limit.map { ContinuousClock.now + $0 }
      var isOver = false
      while !isOver {
        try await Task.sleep(for: LogPrinter.patience / 3)
        isOver = end.map { ContinuousClock.now >= $0 } ?? false
        // The last words wait for nobody.
        let now =
          isOver ? monitor.clock.now().advanced(by: LogPrinter.patience) : monitor.clock.now()
        let snapshot = await monitor.snapshot
        for entry in printer.take(from: snapshot, at: now) {
          Console.print(try line(entry, in: snapshot.topology))
        }
      }
    }
  }

  private func line(_ entry: LogEntry, in topology: Topology) throws -> String {
    switch output.format {
    case .json: try JSONOutput.line(EventJSON(entry, in: topology))
    case .table: EventLine(entry, in: topology).description
    }
  }
}
