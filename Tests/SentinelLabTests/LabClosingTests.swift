import SentinelModel
import Subprocess
import Testing

@testable import SentinelLab

/// Whatever happens, no process and no file is left.
@Suite(.timeLimit(.minutes(1)))
struct LabClosingTests {
  private struct Interruption: Error {}

  /// What there was, to look for it later.
  private struct Remains {
    var pids: [Int32] = []
    var path = ""

    init(of lab: Lab) async {
      pids = await lab.pids
      // The shells beside them too.
      pids += pids.flatMap(Processes.shells(besides:))
      path = lab.path
    }

    func expectNothing(sourceLocation: SourceLocation = #_sourceLocation) async throws {
      #expect(!Processes.exists(path), sourceLocation: sourceLocation)
      try await eventually("all of \(pids) are gone", sourceLocation: sourceLocation) {
        !pids.contains(where: Processes.isAlive)
      }
    }
  }

  @Test func `nothing is left when the closure returns`() async throws {
    let remains = try await Lab.open { lab in
      try await lab.replicas[0].freeze()
      try await lab.replicas[1].kill()
      _ = try await lab.addStranger()
      let remains = await Remains(of: lab)
      #expect(remains.pids.count == 2 * 6)
      #expect(remains.pids.allSatisfy(Processes.isAlive))
      #expect(Processes.exists(remains.path))
      return remains
    }
    // No server is alive for even a moment longer; their shells may take one to go.
    #expect(!remains.pids.prefix(6).contains(where: Processes.isAlive))
    try await remains.expectNothing()
  }

  @Test func `nothing is left when the closure throws`() async throws {
    var remains: Remains?
    await #expect(throws: Interruption.self) {
      try await Lab.open { lab in
        remains = await Remains(of: lab)
        throw Interruption()
      }
    }
    try await #require(remains).expectNothing()
  }

  @Test func `nothing is left when the task is cancelled`() async throws {
    let (opened, continuation) = AsyncStream<Remains>.makeStream()
    let task = Task {
      try await Lab.open { lab in
        continuation.yield(await Remains(of: lab))
        try await Task.sleep(for: .seconds(600))
      }
    }
    var iterator = opened.makeAsyncIterator()
    let remains = try #require(await iterator.next())
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    try await remains.expectNothing()
  }

  /// The directory's shell is the first process that names it, then come the servers' shells.
  @Test(arguments: [1, 2, 3, 5, 7])
  func `nothing is left when the start is cancelled`(processes: Int) async throws {
    // A folder of its own, to see what is in it.
    let folder = try #require(await ownFolder())
    defer { Processes.remove(folder) }
    let task = Task {
      try await LabDirectory.$parent.withValue(folder) {
        try await Lab.open { _ in try await Task.sleep(for: .seconds(600)) }
      }
    }
    var pids: [Int32] = []
    try await eventually("\(processes) processes work in the folder") {
      pids = Processes.named(by: folder)
      return pids.count >= processes && (processes == 1 || !Processes.names(in: folder).isEmpty)
    }
    task.cancel()
    // A server has another name by now, but leads the session of its shell.
    pids += pids.map(Processes.session)
    await #expect(throws: (any Error).self) { try await task.value }
    #expect(Processes.names(in: folder).isEmpty)
    try await eventually("no process is left") {
      Processes.named(by: folder).isEmpty && !pids.contains(where: Processes.isAlive)
    }
  }

  @Test func `nothing is left when the owner is killed`() async throws {
    let owner = try await run(
      .name("sh"), arguments: ["-c", "exec \"$0\"", Processes.program("LabOwner")],
      input: .none, output: .sequence, error: .discarded
    ) { owner in
      var lines: [String] = []
      for try await line in owner.standardOutput.strings() {
        if line == "open" { break }
        lines.append(line)
      }
      let pids = lines.compactMap { Int32($0) }
      let path = try #require(lines.first)
      #expect(pids.count == 3)
      #expect(pids.allSatisfy(Processes.isAlive))
      try await eventually("one is frozen") { pids.contains(where: Processes.isStopped) }
      #expect(Processes.exists(path))
      let all = pids + pids.flatMap(Processes.shells(besides:))
      #expect(all.count == 6)
      try owner.send(signal: .kill)
      return (path: path, pids: all)
    }
    #expect(owner.terminationStatus == .signaled(9))
    let (path, pids) = owner.closureResult
    try await eventually("no process is left") { !pids.contains(where: Processes.isAlive) }
    try await eventually("no file is left") { !Processes.exists(path) }
  }

  @Test func `a server ends with the lab even when its shell was killed`() async throws {
    let remains = try await Lab.open(LabLayout(replicas: 0, sentinels: 0)) { lab in
      let remains = await Remains(of: lab)
      Processes.kill(try #require(remains.pids.last))
      #expect(try await lab.masters[0].ask("PING") == "PONG")
      return remains
    }
    try await remains.expectNothing()
  }

  @Test func `no child holds another's pipe, and none is in our session`() async throws {
    try await Lab.open(LabLayout(replicas: 1, sentinels: 1)) { lab in
      let servers = await lab.pids
      let shells = servers.flatMap(Processes.shells(besides:))
      #expect(shells.count == servers.count)
      for (server, shell) in zip(servers, shells) {
        let pipe = try #require(Processes.target(of: "/proc/\(shell)/fd/3"))
        #expect(pipe.hasPrefix("pipe"))
        for other in servers + shells where other != shell {
          #expect(!Processes.pipes(of: other).contains(pipe))
        }
        #expect(Processes.session(of: server) == server)
        #expect(Processes.session(of: shell) == server)
      }
    }
  }

  private func ownFolder() async throws -> String? {
    let result = try await run(
      .name("mktemp"), arguments: ["-d"], output: .string(limit: 4096), error: .discarded)
    return result.standardOutput.split(separator: "\n").first.map(String.init)
  }
}
