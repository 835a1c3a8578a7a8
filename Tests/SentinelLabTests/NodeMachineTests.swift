import Testing

@testable import SentinelLab

struct NodeMachineTests {
  private func machine(_ signs: Keeper.Sign...) -> NodeMachine {
    var machine = NodeMachine()
    machine.begin()
    for sign in signs { machine.apply(sign) }
    return machine
  }

  private let ready = Keeper.Sign.said("7:M * Ready to accept connections tcp")

  @Test func `a server is up when it says so, not when its process starts`() {
    #expect(machine(.started(pid: 7)).state == .starting)
    #expect(machine(.started(pid: 7), ready).state == .up(pid: 7))
  }

  @Test(arguments: [
    ("7:M # Ready to accept connections", NodeMachine.Milestone.ready),
    ("7:X # Sentinel ID is b91d41a04a65834544aa6c7cb673f218e5c3b949", .ready),
    ("7:S * MASTER <-> REPLICA sync: Finished with success", .synced),
    ("7:S * PRIMARY <-> REPLICA sync: Finished with success", .synced),
    ("7:M # Warning: Could not bind: Address already in use", .portTaken),
    ("7:S * MASTER <-> REPLICA sync started", nil),
  ])
  func `a milestone is read from a line`(line: String, milestone: NodeMachine.Milestone?) {
    #expect(NodeMachine.milestone(in: line) == milestone)
  }

  @Test func `a frozen server is thawed to what it was`() {
    let frozen = machine(.started(pid: 7), ready, .sent(.freeze))
    #expect(frozen.state == .frozen(pid: 7))
    #expect(machine(.started(pid: 7), ready, .sent(.freeze), .sent(.thaw)).state == .up(pid: 7))
    #expect(machine(.started(pid: 7), .sent(.freeze), .sent(.thaw)).state == .starting)
  }

  @Test func `nothing but a start brings an ended server back`() {
    var machine = machine(.started(pid: 7), ready, .ended(.signaled(9)))
    for sign in [ready, .sent(.freeze), .sent(.thaw)] {
      machine.apply(sign)
      #expect(machine.state == .ended(.signaled(9)))
    }
    machine.begin()
    #expect(machine.state == .starting)
    #expect(machine.milestones.isEmpty && machine.log.isEmpty)
  }

  @Test func `only the last lines are kept`() {
    var machine = machine()
    for number in 0..<NodeMachine.logLimit * 3 { machine.apply(.said("line \(number)")) }
    #expect(machine.log.count <= NodeMachine.logLimit)
    #expect(machine.log.last == "line \(NodeMachine.logLimit * 3 - 1)")
  }

  @Test(arguments: ["requirepass", "masterauth", "sentinel auth-pass mymaster"])
  func `a line of the configuration with a password is not kept`(option: String) {
    let log = machine(.said(">>> '\(option) hunter2'")).log
    #expect(log.count == 1)
    #expect(!log.contains { $0.contains("hunter2") })
  }
}
