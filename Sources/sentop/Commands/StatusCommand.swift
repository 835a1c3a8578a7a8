import ArgumentParser
import Foundation
import RedisSentinel
import SentinelInsight
import SentinelModel
import SentinelMonitor

/// Prints masters, replicas and Sentinels.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Print masters, replicas and Sentinels.")

  @Argument(help: "Only this service.")
  var name: String?

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let connection = try await connection.resolve()
    let service = name.map { ServiceName($0) }
    switch output.format {
    case .json:
      // Findings need a second look; the table has none and is there at once.
      let diagnosis = try await Session.diagnosing(connection, only: service, patience: .two)
      Console.print(
        try JSONOutput.document(
          StatusJSON(diagnosis, only: service, deployment: connection.name)))
    case .table:
      try await Session.surveying(connection, waitsForNodes: true) { monitor, topology in
        if let service { try topology.requireService(service) }
        let incidents = await monitor.snapshot.incidents
        let table = StatusTable(topology, incidents, only: service, at: monitor.clock.now())
        for line in table.lines { Console.print(line) }
      }
    }
  }
}

extension Topology {
  /// Throws where no Sentinel knows the service, with the names that are known.
  func requireService(_ service: ServiceName) throws {
    let names = serviceNames
    guard !names.contains(service) else { return }
    let known = names.map(\.rawValue.printable).joined(separator: ", ")
    throw Trouble(
      "no Sentinel knows a service \"\(service.rawValue.printable)\""
        + (names.isEmpty ? "; none is monitored" : "; there is \(known)"))
  }
}
