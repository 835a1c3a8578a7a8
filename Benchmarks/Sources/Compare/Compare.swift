import ArgumentParser
import Foundation

/// Measures Sentop's library and its peers side by side, and prints one table of ratios.
@main
struct Compare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure Sentop's library and its peers side by side.",
    discussion: "Called by `make bench`, which builds what the options name.")

  @Option(help: "The release build of sentop, which starts the servers.")
  var sentop: String
  @Option(help: "The folder with the built peers in C.")
  var peers: String
  @Option(help: "A Python with redis-py and hiredis.")
  var python: String
  @Option(help: "The peer in Python.")
  var script: String
  @Option(help: "The folder with the recorded replies.")
  var fixtures: String
  @Option(help: "Where to put the raw figures.")
  var results: String
  @Option(help: "How often each side of a comparison has its turn.")
  var rounds = 7
  @Option(help: "How many failovers each side goes through.")
  var failovers = 15
  @Argument(
    help: "Only these: decode, encode, refresh, discover, commands, pipelines, pubsub, failover.")
  var only: [Subject] = Subject.allCases

  enum Subject: String, CaseIterable, ExpressibleByArgument {
    case decode, encode, refresh, discover, commands, pipelines, pubsub, failover
  }

  func run() async throws {
    let tools = Tools(ours: Self.ours, peers: peers, python: python, script: script)
    var report = Report(machine: .here())
    let codec = CodecComparison(tools, fixtures: fixtures)
    if only.contains(.decode) { report.take(try await codec.decode(rounds)) }
    if only.contains(.encode) { report.take(try await codec.encode(rounds)) }
    if !Set(only).isDisjoint(with: [.refresh, .discover]) {
      try await Deployment.open(sentop, masters: 10, replicas: 1) { deployment in
        let comparison = SentinelComparison(tools, deployment)
        if only.contains(.refresh) { report.take(try await comparison.refresh(rounds)) }
        if only.contains(.discover) { report.take(try await comparison.discover(rounds)) }
      }
    }
    if !Set(only).isDisjoint(with: [.commands, .pipelines, .pubsub, .failover]) {
      try await Deployment.open(sentop, masters: 1, replicas: 2) { deployment in
        let comparison = MasterComparison(tools, deployment)
        if only.contains(.commands) {
          for callers in [1, 50, 500] {
            report.take(try await comparison.commands(callers, rounds))
          }
        }
        if only.contains(.pipelines) { report.take(try await comparison.pipelines(rounds)) }
        if only.contains(.pubsub) { report.take(try await comparison.subscriptions(rounds)) }
        // The last, since the master is another one after it.
        if only.contains(.failover) {
          report.take(try await FailoverComparison(tools, deployment).measure(failovers))
        }
      }
    }
    report.machine.loadAfter = Machine.load()
    print(report.table)
    let file = try report.save(in: results)
    print("\nRaw figures: \(file)")
  }

  /// Our side stands beside this program.
  private static var ours: String {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "Ours").path
  }
}
