import Testing

@testable import RedisSentinel

@Suite struct PoolMachineTests {
  private typealias Machine = PoolMachine<String>
  private var machine = Machine(maximum: 2, maximumConnects: 4)
  private let now = ContinuousClock.now

  @Test mutating func `who asks first gets the first connection that is opened`() {
    #expect(machine.requested(by: 1, patient: true) == [.open(generation: 0)])
    #expect(machine.requested(by: 2, patient: true) == [.open(generation: 0)])
    #expect(machine.requested(by: 3, patient: true) == [])
    #expect(machine.opened("a", generation: 0, at: now) == [.lend("a", to: 1)])
    #expect(machine.opened("b", generation: 0, at: now) == [.lend("b", to: 2)])
    #expect(machine.returned("a", at: now) == [.lend("a", to: 3)])
    #expect(machine.lentCount == 2)
  }

  @Test mutating func `the connection that came back last is lent first`() {
    lend(2)
    _ = machine.returned("c1", at: now)
    _ = machine.returned("c2", at: now)
    #expect(machine.requested(by: 9, patient: true) == [.lend("c2", to: 9)])
  }

  @Test mutating func `who doesn't want to wait is refused where all are lent`() {
    lend(2)
    #expect(machine.requested(by: 9, patient: false) == [.refuse(9)])
    _ = machine.returned("c1", at: now)
    #expect(machine.requested(by: 10, patient: false) == [.lend("c1", to: 10)])
  }

  @Test func `connections wait in advance from the first request on, and what ends is replaced`() {
    var machine = Machine(maximum: 4, maximumConnects: 4, minimumIdle: 2)
    let open = Machine.Action.open(generation: 0)
    #expect(machine.requested(by: 1, patient: true) == [open, open, open])
    #expect(machine.opened("a", generation: 0, at: now) == [.lend("a", to: 1)])
    #expect(machine.opened("b", generation: 0, at: now) == [])
    #expect(machine.opened("c", generation: 0, at: now) == [])
    #expect(machine.idleCount == 2)
    // One of them is lent: the fourth is the last there is room for.
    #expect(machine.requested(by: 2, patient: true) == [.lend("c", to: 2), open])
    #expect(machine.opened("d", generation: 0, at: now) == [])
    #expect(machine.requested(by: 3, patient: true) == [.lend("d", to: 3)])
    #expect(machine.ended("b") == [open])
  }

  @Test func `those that are wanted idle aren't closed for being so, and come anew after a switch`()
  {
    var machine = Machine(maximum: 4, maximumConnects: 4, minimumIdle: 1)
    _ = machine.requested(by: 1, patient: true)
    _ = machine.opened("a", generation: 0, at: now)
    _ = machine.opened("b", generation: 0, at: now)
    _ = machine.returned("a", at: now)
    #expect(machine.pruned(idleSince: now + .seconds(1)) == [.close("b")])
    #expect(machine.pruned(idleSince: now + .seconds(1)) == [])
    #expect(machine.retired() == [.close("a"), .open(generation: 1)])
    // Nobody is waiting, and a node that can't be reached isn't dialled again and again.
    #expect(machine.failed(generation: 1) == [])
    #expect(machine.pruned(idleSince: now) == [])
    #expect(machine.openingCount == 0)
    #expect(machine.requested(by: 2, patient: true).count == 2)
  }

  @Test mutating func `who gives up is passed over, and who was served can't give up`() {
    lend(2)
    _ = machine.requested(by: 8, patient: true)
    _ = machine.requested(by: 9, patient: true)
    let gone = machine.cancelled(8)
    #expect(gone)
    #expect(machine.returned("c1", at: now) == [.lend("c1", to: 9)])
    let late = machine.cancelled(9)
    #expect(!late)
  }

  @Test mutating func `when none can be opened all who wait are told, and room is there again`() {
    _ = machine.requested(by: 1, patient: true)
    _ = machine.requested(by: 2, patient: true)
    _ = machine.requested(by: 3, patient: true)
    #expect(
      machine.failed(generation: 0) == [.refuse(1), .refuse(2), .refuse(3)])
    #expect(machine.failed(generation: 0) == [])
    #expect(machine.openingCount == 0)
    #expect(machine.requested(by: 4, patient: true) == [.open(generation: 0)])
  }

  @Test mutating func `a switch closes what is idle at once and what is lent when it comes back`() {
    lend(2)
    _ = machine.returned("c1", at: now)
    #expect(machine.retired() == [.close("c1")])
    #expect(machine.retiredLent == ["c2"])
    #expect(machine.returned("c2", at: now) == [.close("c2")])
    #expect(machine.requested(by: 9, patient: true) == [.open(generation: 1)])
  }

  @Test mutating func `there and back again are two switches`() {
    lend(1)
    _ = machine.retired()
    _ = machine.retired()
    #expect(machine.returned("c1", at: now) == [.close("c1")])
  }

  @Test
  mutating func `a connection that was opened for the old node is closed, and another opened`() {
    _ = machine.requested(by: 1, patient: true)
    // At once: the old node may never answer.
    #expect(machine.retired() == [.open(generation: 1)])
    #expect(machine.opened("a", generation: 0, at: now) == [.close("a")])
    #expect(machine.opened("b", generation: 1, at: now) == [.lend("b", to: 1)])
  }

  @Test mutating func `a failure of the old node doesn't refuse those who wait for the new one`() {
    for number in 1...3 { _ = machine.requested(by: number, patient: true) }
    // There is no room for others until the attempts at the old node have ended.
    #expect(machine.retired() == [])
    #expect(machine.failed(generation: 0) == [.open(generation: 1)])
    #expect(machine.failed(generation: 0) == [.open(generation: 1)])
    #expect(machine.openingCount == 2)
  }

  @Test mutating func `an idle connection that ends gives its room back`() {
    lend(2)
    _ = machine.returned("c1", at: now)
    #expect(machine.ended("c1") == [])
    #expect(machine.requested(by: 9, patient: true) == [.open(generation: 0)])
  }

  @Test mutating func `a lent connection that ends is not lent again`() {
    lend(1)
    _ = machine.ended("c1")
    #expect(machine.returned("c1", at: now) == [.close("c1")])
    #expect(machine.lentCount == 0)
  }

  @Test mutating func `only what is idle for long is pruned`() {
    lend(2)
    _ = machine.returned("c1", at: now)
    _ = machine.returned("c2", at: now + .seconds(30))
    #expect(machine.pruned(idleSince: now + .seconds(10)) == [.close("c1")])
    #expect(machine.idleCount == 1)
  }

  @Test mutating func `after the shut-down nobody gets anything, and nothing stays open`() {
    lend(2)
    _ = machine.returned("c1", at: now)
    _ = machine.requested(by: 8, patient: true)
    _ = machine.requested(by: 9, patient: true)
    #expect(machine.shutDown() == [.refuse(9)] || machine.idleCount == 0)
    #expect(machine.requested(by: 10, patient: true) == [.refuse(10)])
    #expect(machine.returned("c2", at: now) == [.close("c2")])
  }

  @Test func `whatever happens in whatever order, there are never more than the maximum`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      var machine = Machine(maximum: 3, maximumConnects: 2)
      var opening: [Int] = []
      var lent: [String] = []
      var number = 0
      for step in 0..<300 {
        var actions: [Machine.Action] = []
        switch Int.random(in: 0..<7, using: &random) {
        case 0, 1:
          number += 1
          actions = machine.requested(by: number, patient: .random())
        case 2 where !opening.isEmpty:
          actions = machine.opened("c\(step)", generation: opening.removeFirst(), at: now)
        case 3 where !opening.isEmpty:
          actions = machine.failed(generation: opening.removeFirst())
        case 4 where !lent.isEmpty:
          actions = machine.returned(lent.removeFirst(), at: now)
        case 5 where !lent.isEmpty:
          actions = machine.ended(lent[0])
        case 6 where step.isMultiple(of: 10):
          actions = machine.retired()
        default: break
        }
        for action in actions {
          switch action {
          case .open(let generation): opening.append(generation)
          case .lend(let connection, _): lent.append(connection)
          case .refuse, .close: break
          }
        }
        #expect(machine.openingCount + machine.idleCount + machine.lentCount <= 3)
        #expect(machine.openingCount == opening.count)
        #expect(machine.lentCount == lent.count)
      }
      // At the end everything is given back.
      _ = machine.shutDown()
      for generation in opening { _ = machine.failed(generation: generation) }
      for connection in lent { _ = machine.returned(connection, at: now) }
      #expect(machine.lentCount + machine.openingCount + machine.idleCount == 0)
    }
  }

  private mutating func lend(_ count: Int) {
    for number in 1...count {
      _ = machine.requested(by: number, patient: true)
      _ = machine.opened("c\(number)", generation: machine.generation, at: now)
    }
  }
}
