import RESP
import Testing

@testable import RedisSentinel

@Suite struct SubscriptionMachineTests {
  private typealias Machine = SubscriptionMachine
  private var machine = Machine(maximumAttempts: 2)
  private let x = Machine.Wish(.channel, ["x"])
  private let xy = Machine.Wish(.channel, ["x", "y"])
  private let news = Machine.Wish(.pattern, ["n*"])
  private let gone = SentinelError(.connection(.closed), "gone")

  private func message(_ words: RESPBytes...) -> [RESPValue] { words.map { .bulkString($0) } }

  private func given(_ channel: RESPBytes, _ payload: RESPBytes, to id: Int) -> Machine.Action {
    .give(.message(.init(channel: channel, payload: payload)), to: id)
  }

  @Test mutating func `the first reader opens the connection, the next ones share it`() {
    #expect(machine.joined(1, x) == [.connect(1, afterPause: false)])
    #expect(machine.joined(2, news) == [])
    #expect(machine.connected(1) == [.subscribe(x, for: 1), .subscribe(news, for: 2)])
    #expect(machine.joined(3, xy) == [.subscribe(xy, for: 3)])
    #expect(machine.confirmed(1, on: 1) == [.ready(1)])
    #expect(machine.confirmed(2, on: 1) == [.ready(2)])
  }

  @Test mutating func `a name is asked for once, however often it is given`() {
    #expect(Machine.Wish(.channel, ["x", "y", "x"]) == xy)
  }

  @Test mutating func `a message goes to all who subscribed to its channel, and to nobody else`() {
    open([x, xy, news])
    #expect(
      machine.received(message("message", "x", "1"), on: 1)
        == [given("x", "1", to: 1), given("x", "1", to: 2)])
    #expect(machine.received(message("message", "y", "2"), on: 1) == [given("y", "2", to: 2)])
    #expect(machine.received(message("message", "z", "3"), on: 1) == [])
    #expect(
      machine.received(message("pmessage", "n*", "news", "4"), on: 1) == [
        .give(.message(.init(channel: "news", pattern: "n*", payload: "4")), to: 3)
      ])
    // The same word under another kind is another name.
    #expect(machine.received(message("smessage", "x", "5"), on: 1) == [])
    #expect(machine.received(message("invalidate", "x"), on: 1) == [])
  }

  @Test mutating func `only what nobody else wants is unsubscribed, and the last one hangs up`() {
    open([x, xy])
    #expect(machine.left(2) == [.unsubscribe(Machine.Wish(.channel, ["y"]))])
    #expect(machine.received(message("message", "y", "late"), on: 1) == [])
    #expect(machine.left(1) == [.hangUp])
    #expect(machine.left(1) == [])
    #expect(machine.joined(3, x) == [.connect(3, afterPause: false)])
  }

  @Test mutating func `who takes up a name that another gives up asks for it after that one`() {
    open([x, news])
    #expect(machine.left(1) == [.unsubscribe(x)])
    #expect(machine.joined(3, x) == [.subscribe(x, for: 3)])
    #expect(machine.confirmed(1, on: 1) == [])
    #expect(machine.confirmed(3, on: 1) == [.ready(3)])
  }

  @Test mutating func `after a loss all is subscribed anew, and each is told of the gap once`() {
    open([x, news])
    #expect(machine.lost(1) == [.connect(2, afterPause: true)])
    #expect(machine.received(message("message", "x", "old"), on: 1) == [])
    #expect(machine.connected(2) == [.subscribe(x, for: 1), .subscribe(news, for: 2)])
    #expect(
      machine.confirmed(1, on: 2) == [.give(.resubscribed(missedPossible: true), to: 1)])
    #expect(machine.received(message("message", "x", "new"), on: 2) == [given("x", "new", to: 1)])
    #expect(machine.confirmed(1, on: 2) == [])
  }

  @Test mutating func `the gap is told before what came after it, whoever was confirmed first`() {
    open([x, xy])
    _ = machine.lost(1)
    _ = machine.connected(2)
    _ = machine.confirmed(1, on: 2)
    #expect(
      machine.received(message("message", "x", "new"), on: 2) == [
        given("x", "new", to: 1), .give(.resubscribed(missedPossible: true), to: 2),
        given("x", "new", to: 2),
      ])
    #expect(machine.confirmed(2, on: 2) == [])
  }

  @Test mutating func `who joins while there is no connection is subscribed with the others`() {
    open([x])
    _ = machine.lost(1)
    #expect(machine.joined(2, news) == [])
    #expect(machine.connected(2) == [.subscribe(x, for: 1), .subscribe(news, for: 2)])
    #expect(machine.confirmed(2, on: 2) == [.ready(2)])
  }

  @Test mutating func `who leaves while there is no connection isn't brought back`() {
    open([x, news])
    _ = machine.lost(1)
    #expect(machine.left(1) == [])
    #expect(machine.connected(2) == [.subscribe(news, for: 2)])
  }

  @Test mutating func `a switch moves at once, also an attempt that is under way`() {
    #expect(machine.moved() == [])
    _ = machine.joined(1, x)
    #expect(machine.moved() == [.connect(2, afterPause: false)])
    // What the old attempt brings comes too late.
    #expect(machine.connected(1) == [])
    #expect(!machine.isCurrent(1))
    #expect(machine.failed(1, gone) == [])
    #expect(machine.lost(1) == [])
    _ = machine.connected(2)
    #expect(machine.confirmed(1, on: 1) == [])
    #expect(machine.confirmed(1, on: 2) == [.ready(1)])
    #expect(machine.moved() == [.connect(3, afterPause: false)])
  }

  @Test mutating func `a connection that ends before it was taken is opened anew`() {
    _ = machine.joined(1, x)
    #expect(machine.lost(1) == [.connect(2, afterPause: true)])
    #expect(machine.connected(1) == [])
  }

  @Test
  mutating func `who was never subscribed is told when the attempts are used up, others go on`() {
    open([x])
    _ = machine.lost(1)
    _ = machine.joined(2, news)
    #expect(machine.failed(2, gone) == [.connect(3, afterPause: true)])
    #expect(machine.failed(3, gone) == [.end(2, gone), .connect(4, afterPause: true)])
    #expect(machine.failed(4, gone) == [.connect(5, afterPause: true)])
  }

  @Test mutating func `when nobody is left after a failure nothing more is tried`() {
    _ = machine.joined(1, x)
    _ = machine.failed(1, gone)
    #expect(machine.failed(2, gone) == [.end(1, gone), .hangUp])
  }

  @Test mutating func `a wrong password ends all subscriptions`() {
    open([x, news])
    _ = machine.lost(1)
    let wrong = SentinelError(.authentication, "no")
    #expect(machine.failed(2, wrong) == [.end(1, wrong), .end(2, wrong), .hangUp])
  }

  @Test mutating func `a refusal ends the one who asked, and nobody else`() {
    open([x])
    _ = machine.joined(2, news)
    let refusal = SentinelError(ServerError(text: "NOPERM no"), endpoint: nil)
    #expect(machine.refused(2, on: 1, refusal) == [.end(2, refusal)])
    #expect(machine.received(message("message", "x", "1"), on: 1) == [given("x", "1", to: 1)])
    #expect(machine.refused(1, on: 1, refusal) == [.end(1, refusal), .hangUp])
  }

  @Test mutating func `a server that is loading is left for another attempt`() {
    open([x])
    let loading = SentinelError(ServerError(text: "LOADING wait"), endpoint: nil)
    #expect(machine.refused(1, on: 1, loading) == [.connect(2, afterPause: true)])
  }

  @Test mutating func `a shut-down ends those who read and refuses those who wait`() {
    open([x])
    _ = machine.joined(2, news)
    let actions = machine.shutDown()
    #expect(actions.first == .end(1, nil))
    #expect(actions.last == .hangUp)
    guard case .end(2, let error)? = actions.dropFirst().first else {
      _ = Issue.record("\(actions)")
      return
    }
    #expect(error?.code == .clientShutDown)
    guard case .end(3, _)? = machine.joined(3, x).first else {
      _ = Issue.record()
      return
    }
    #expect(machine.left(1) == [])
  }

  @Test func `whatever happens in whatever order, the server ends with what is wanted`() {
    for _ in 0..<200 {
      var machine = Machine()
      var isThere = false
      var number = 0
      var readers: [Int: Machine.Wish] = [:]
      var atServer: Set<RESPBytes> = []
      for step in 1..<200 {
        var actions: [Machine.Action] = []
        switch Int.random(in: 0..<6) {
        case 0, 1:
          let names = ["a", "b", "c"].filter { _ in .random() }.map { RESPBytes($0) }
          let wish = Machine.Wish(.channel, names.isEmpty ? ["d"] : names)
          readers[step] = wish
          actions = machine.joined(step, wish)
        case 2, 3:
          guard let id = readers.keys.randomElement() else { continue }
          readers[id] = nil
          actions = machine.left(id)
        case 4:
          actions = machine.connected(number)
          if machine.isCurrent(number) { isThere = true }
        default:
          actions = .random() ? machine.lost(number) : machine.moved()
        }
        for action in actions {
          switch action {
          case .connect(let next, _):
            (number, isThere, atServer) = (next, false, [])
          case .hangUp: (isThere, atServer) = (false, [])
          case .subscribe(let wish, _): atServer.formUnion(wish.names)
          case .unsubscribe(let wish): atServer.subtract(wish.names)
          case .ready, .give, .end: break
          }
        }
        #expect(machine.readerCount == readers.count)
        if isThere { #expect(atServer == Set(readers.values.flatMap(\.names))) }
        if readers.isEmpty { #expect(!machine.isCurrent(number)) }
      }
    }
  }

  /// Readers 1, 2 … with these wishes, all subscribed on the first connection.
  private mutating func open(_ wishes: [Machine.Wish]) {
    for (index, wish) in wishes.enumerated() { _ = machine.joined(index + 1, wish) }
    _ = machine.connected(1)
    for index in wishes.indices { _ = machine.confirmed(index + 1, on: 1) }
  }
}
