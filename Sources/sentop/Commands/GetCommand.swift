import ArgumentParser
import RedisSentinel
import SentinelModel

/// Prints host and port of a master, for scripts.
struct GetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Print host and port of a master, for scripts.",
    discussion: """
      The address comes from the first Sentinel whose word can be taken: one that knows the \
      service, and in whose eyes the master isn't down.
      """)

  @Argument(help: "The service.")
  var name: String

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  private struct Answer: Encodable {
    var schema = JSONOutput.schema
    var master: String
    var host: String
    var port: Int
  }

  func run() async throws {
    let connection = try await connection.resolve()
    let client = SentinelClient(
      configuration: try SentinelConfiguration(
        endpoints: connection.seeds, sentinelConnection: connection.configuration))
    let result = await discover(client)
    await client.shutdown()
    let address = try result.mapError { error in
      let reasons = error.underlying.map(\.message).joined(separator: "\n")
      return Trouble("\(error)" + Advice.line(on: reasons))
    }.get()
    switch output.format {
    case .json:
      Console.print(
        try JSONOutput.line(Answer(master: name, host: address.host, port: address.port)))
    case .table:
      Console.print("\(address.host.printable) \(address.port)")
    }
  }

  private func discover(_ client: SentinelClient) async -> Result<NodeAddress, SentinelError> {
    do throws(SentinelError) {
      return .success(try await client.discoverMaster(of: ServiceName(name)))
    } catch {
      return .failure(error)
    }
  }
}
