import Subprocess
import SystemPackage

/// Real servers on loopback, lent by `sentop demo --servers-only`: gone when we are done, however
/// that ends.
struct Deployment {
  /// The first service there is.
  var service: String
  /// Where the Sentinels listen.
  var sentinels: [String]
  /// Where the masters do at the start, the first service's first.
  var masters: [String]

  static func open(
    _ sentop: String, masters: Int, replicas: Int, _ body: (Deployment) async throws -> Void
  ) async throws {
    let arguments = [
      "demo", "--servers-only", "--masters", "\(masters)", "--replicas", "\(replicas)",
      "--sentinels", "3",
    ]
    _ = try await run(
      .path(FilePath(sentop)), arguments: Arguments(arguments), input: .inputWriter,
      output: .sequence, error: .discarded
    ) { lender in
      var lines: [String] = []
      for try await line in lender.standardOutput.strings() {
        if line.hasPrefix("ready") { break }
        lines.append(line)
      }
      guard let deployment = Deployment(lines) else { throw NoDeployment(said: lines) }
      try await body(deployment)
      try await lender.standardInputWriter.finish()
    }
  }

  /// Reads lines of an address and a name: `session-master`, `session-replica-1`, `sentinel-1`.
  private init?(_ lines: [String]) {
    let nodes = lines.compactMap { line -> (address: String, name: String)? in
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      return words.count == 2 ? (words[0], words[1]) : nil
    }
    let masters = nodes.filter { $0.name.hasSuffix("-master") }
    guard let first = masters.first else { return nil }
    service = String(first.name.dropLast("-master".count))
    self.masters = masters.map(\.address)
    sentinels = nodes.filter { $0.name.hasPrefix("sentinel-") }.map(\.address)
  }
}

/// `sentop` printed no addresses.
struct NoDeployment: Error {
  var said: [String]
}
