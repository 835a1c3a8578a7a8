import Foundation
import RESP
import SentinelModel

@testable import RedisSentinel

/// A real redis-server on loopback, as long as a test needs it.
enum LiveRedis {
  /// Where its program is; nil where none is installed.
  static let program: String? = {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return folders.split(separator: ":").map { "\($0)/redis-server" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  /// Starts a server, lends a connection to it, and ends it.
  static func open<Result>(
    speaking version: ConnectionConfiguration.ProtocolVersion = .resp3OrResp2,
    _ body: (any RedisExecutor) async throws -> Result
  ) async throws -> Result {
    let (process, port) = try await start()
    // The shell ends the server as soon as nobody holds the other end of its input.
    let input = process.standardInput as? Pipe
    defer { try? input?.fileHandleForWriting.close() }
    var configuration = ConnectionConfiguration(
      connectTimeout: .seconds(5), commandTimeout: .seconds(20))
    configuration.protocolVersion = version
    return try await NodeConnection.open(
      to: NodeAddress(host: "127.0.0.1", port: port), configuration, expecting: .anyServer
    ) { try await body(Connected(connection: $0)) }
  }

  private struct NotStarted: Error {}

  private static func start() async throws -> (Process, port: Int) {
    guard let program else { throw NotStarted() }
    for _ in 0..<10 {
      let port = Int.random(in: 20_000..<32_000)
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = [
        "-c",
        """
        "$0" --bind 127.0.0.1 --port "$1" --save '' --appendonly no --dir / </dev/null & server=$!
        cat >/dev/null; kill -9 "$server"
        """, program, "\(port)",
      ]
      let output = Pipe()
      process.standardInput = Pipe()
      process.standardOutput = output
      process.standardError = output
      let (chunks, chunk) = AsyncStream.makeStream(of: Data.self)
      output.fileHandleForReading.readabilityHandler = { handle in
        let data = handle.availableData
        if data.isEmpty { chunk.finish() } else { chunk.yield(data) }
      }
      defer { output.fileHandleForReading.readabilityHandler = nil }
      try process.run()
      var log = ""
      for await data in chunks {
        log += String(decoding: data, as: UTF8.self)
        if log.contains("eady to accept connections") { return (process, port) }
        if log.contains("bind: Address already in use") { break }
      }
      try (process.standardInput as? Pipe)?.fileHandleForWriting.close()
    }
    throw NotStarted()
  }

  /// One conversation as an executor.
  private struct Connected: RedisExecutor {
    let connection: NodeConnection

    func replies(to requests: [RedisRequest]) async throws(SentinelError) -> [RESPValue] {
      try await connection.send(pipeline: requests.map { $0.words.map(\.text) })
    }
  }
}
