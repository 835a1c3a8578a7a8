import SentinelModel
import Subprocess
import Synchronization
import Testing

@testable import SentinelLab

@Suite(.timeLimit(.minutes(1)))
struct LabFailureTests {
  private let layout = LabLayout(replicas: 0, sentinels: 1)

  @Test func `a port that was taken meanwhile is tried with others`() async throws {
    let listener = try Listener()
    defer { listener.close() }
    let tries = Mutex(0)
    func ports(_ count: Int) throws -> [Int] {
      let number = tries.withLock { tries in
        tries += 1
        return tries
      }
      let free = try FreePorts.find(count)
      // First the master's, then the sentinel's.
      return switch number {
      case 1: [listener.port] + free.dropFirst()
      case 2: Array(free.dropLast()) + [listener.port]
      default: free
      }
    }
    try await Lab.open(layout, ports: ports) { lab in try await expectAnswers(from: lab.nodes) }
    #expect(tries.withLock { $0 } == 3)
  }

  @Test func `a port that is always taken is an error with its address`() async throws {
    let listener = try Listener()
    defer { listener.close() }
    let address = NodeAddress(host: "127.0.0.1", port: listener.port)
    let ports = { (_: Int) in [listener.port, 1] }
    await #expect(throws: LabError.portTaken(node: "mymaster-master", address: address)) {
      try await Lab.open(layout, ports: ports) { _ in }
    }
  }

  @Test func `a server that doesn't start is named, with its address and last words`() async throws
  {
    try await withFalseServer("echo 'out of luck'; exit 3") { server in
      let error = try await #require(throws: LabError.self) {
        try await Lab.open(layout, server: server) { _ in }
      }
      guard case .failedToStart("mymaster-master", let address, ["out of luck"]) = error else {
        Issue.record("\(error)")
        return
      }
      #expect("\(error)".contains("127.0.0.1:\(address.port)"))
      #expect("\(error)".contains("out of luck"))
    }
  }

  @Test func `a server that never gets ready is an error, and ended`() async throws {
    try await withFalseServer("while :; do sleep 1; done") { server in
      var layout = layout
      layout.timeLimit = .milliseconds(300)
      let error = try await #require(throws: LabError.self) {
        try await Lab.open(layout, server: server) { _ in }
      }
      guard case .tooSlow("mymaster-master", _, .milliseconds(300), _) = error else {
        Issue.record("\(error)")
        return
      }
      try await eventually("no process of it is left") {
        Processes.named(by: server.path).isEmpty
      }
    }
  }

  @Test func `a program that isn't there is named`() async throws {
    let server = try #require(ServerBinary(path: "/nowhere/x", said: "Redis server v=7.0.15 s"))
    let error = try await #require(throws: LabError.self) {
      try await Lab.open(layout, server: server) { _ in }
    }
    #expect("\(error)".contains("/nowhere/x"))
  }

  @Test func `an impossible layout starts nothing`() async throws {
    await #expect(throws: LabError.badLayout("a count is negative")) {
      try await Lab.open(LabLayout(replicas: -1)) { _ in }
    }
  }

  /// A script in the server's place.
  private func withFalseServer(
    _ script: String, _ body: (ServerBinary) async throws -> Void
  ) async throws {
    let made = try await run(
      .name("sh"),
      arguments: [
        "-c", "f=$(mktemp) && printf '#!/bin/sh\\n%s\\n' \"$0\" >$f && chmod 700 $f && echo $f",
        script,
      ], output: .string(limit: 4096), error: .discarded)
    let path = try #require(made.standardOutput.split(separator: "\n").first.map(String.init))
    defer { Processes.remove(path) }
    try await body(try #require(ServerBinary(path: path, said: "Redis server v=7.0.15 s")))
  }
}
