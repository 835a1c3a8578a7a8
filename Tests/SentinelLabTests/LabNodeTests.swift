import SentinelModel
import Testing

@testable import SentinelLab

@Suite(.timeLimit(.minutes(1)))
struct LabNodeTests {
  private let layout = LabLayout(replicas: 0, sentinels: 1)

  @Test func `a killed server is gone at once and its end is known`() async throws {
    try await Lab.open(layout) { lab in
      let node = lab.masters[0]
      let pid = try #require(await node.pid)
      try await node.kill()
      #expect(await node.state == .ended(.signaled(9)))
      #expect(!Processes.isAlive(pid))
      #expect(try await node.ask("PING").contains("Connection refused"))
    }
  }

  @Test func `a restarted sentinel is a new process with the old id and state`() async throws {
    try await Lab.open(layout) { lab in
      let node = lab.sentinels[0]
      let pid = await node.pid
      let id = try await node.ask("SENTINEL", "MYID")
      _ = try await node.ask("SENTINEL", "SET", "mymaster", "quorum", "7")
      try await node.restart()
      #expect(await node.pid != pid)
      #expect(try await node.ask("SENTINEL", "MYID") == id)
      #expect(try await node.ask("SENTINEL", "MASTER", "mymaster").contains("quorum\n7"))
    }
  }

  @Test func `a server that was killed can be started, killed and started again`() async throws {
    try await Lab.open(layout) { lab in
      let node = lab.masters[0]
      for _ in 0..<5 {
        try await node.kill()
        try await node.start()
        #expect(try await node.ask("PING") == "PONG")
      }
    }
  }

  @Test func `a frozen server answers when it is thawed`() async throws {
    try await Lab.open(layout) { lab in
      let node = lab.masters[0]
      let pid = try #require(await node.pid)
      try await node.freeze()
      #expect(await node.state == .frozen(pid: pid))
      try await eventually("the process is stopped") { Processes.isStopped(pid) }
      async let answer = node.ask("PING")
      try await node.thaw()
      #expect(await node.state == .up(pid: pid))
      #expect(try await answer == "PONG")
    }
  }

  @Test(arguments: [false, true])
  func `a server that is asked to end exits, also a frozen one`(isFrozen: Bool) async throws {
    try await Lab.open(layout) { lab in
      for node in lab.nodes {
        if isFrozen { try await node.freeze() }
        try await node.terminate()
        #expect(await node.state == .ended(.exited(0)))
      }
    }
  }

  @Test func `a frozen server can be killed and restarted`() async throws {
    try await Lab.open(layout) { lab in
      for node in lab.nodes {
        try await node.freeze()
        try await node.restart()
        #expect(try await node.ask("PING") == "PONG")
      }
    }
  }

  @Test func `an end that nobody here asked for is published`() async throws {
    try await Lab.open(layout) { lab in
      let node = lab.masters[0]
      let pid = try #require(await node.pid)
      let states = await node.states
      _ = try await node.ask("SHUTDOWN", "NOSAVE")
      var seen: [LabNode.State] = []
      for await state in states {
        seen.append(state)
        if !state.isRunning { break }
      }
      #expect(seen == [.up(pid: pid), .ended(.exited(0))])
    }
  }

  @Test func `states are published in their order, until the lab closes`() async throws {
    let states = try await Lab.open(layout) { lab in
      let node = lab.masters[0]
      let states = await node.states
      try await node.freeze()
      try await node.thaw()
      try await node.restart()
      return states
    }
    var words: [String] = []
    for await state in states { words.append("\(state)".prefix { $0.isLetter }.description) }
    #expect(words == ["up", "frozen", "up", "ended", "starting", "up", "ended"])
  }

  @Test func `what needs a living server says so when there is none`() async throws {
    try await Lab.open(layout) { lab in
      let node = lab.masters[0]
      try await node.kill()
      let error = LabError.notRunning(node: "mymaster-master", address: node.address)
      await #expect(throws: error) { try await node.freeze() }
      await #expect(throws: error) { try await node.thaw() }
      try await node.kill()
      try await node.terminate()
    }
  }

  @Test func `nothing starts after the lab has closed`() async throws {
    let lab = try await Lab.open(layout) { $0 }
    await #expect(throws: LabError.closed) { try await lab.masters[0].start() }
    await #expect(throws: LabError.self) { try await lab.addStranger() }
    #expect(await lab.pids.isEmpty)
  }
}
