import RESP
import SentinelModel
import Synchronization
import Testing

@testable import RedisSentinel

/// Subscriptions at a scripted server: for what a real one can't be made to do.
@Suite(.timeLimit(.minutes(1))) struct SubscriptionHubTests {
  private typealias Wish = SubscriptionMachine.Wish
  private let x = Wish(.channel, ["x"])

  /// Confirms what is asked for, in the order in which it is asked.
  private static let obliging = Scripts.greeting { words, _ in
    switch words[0] {
    case "SUBSCRIBE", "UNSUBSCRIBE", "PSUBSCRIBE", "PUNSUBSCRIBE":
      [.send(words.dropFirst().map { confirmation(words[0].lowercased(), $0) }.joined())]
    default: [.send(Wire.bulk("PONG"))]
    }
  }

  private static func confirmation(_ word: String, _ name: String) -> String {
    ">3\r\n" + Wire.bulk(word) + Wire.bulk(name) + ":1\r\n"
  }

  private static func message(_ channel: String, _ payload: String) -> String {
    Wire.push(["message", channel, payload])
  }

  private func withHub(
    _ script: @escaping FakeSentinel.Script = obliging, attempts: Int? = nil,
    ping: Duration = .seconds(3_600), patience: Duration = .seconds(20),
    _ body: (SubscriptionHub, FakeSentinel) async throws -> Void
  ) async throws {
    try await FakeSentinel.open(script) { server in
      let hub = SubscriptionHub(
        attempts: attempts, pingInterval: ping,
        connect: { signal throws(SentinelError) in
          try await NodeConnection.connect(
            to: server.address,
            ConnectionConfiguration(connectTimeout: .seconds(20), commandTimeout: patience),
            signal: signal)
        })
      try await body(hub, server)
      hub.shutDown()
      while server.openCount > 0 { await Task.yield() }
    }
  }

  private func text(_ element: Subscription.Element?) -> String? {
    switch element {
    case .message(let message): message.payload.text
    case .resubscribed: "resubscribed"
    case nil: nil
    }
  }

  @Test func `the body runs when the last of the channels is confirmed, not before`() async throws {
    let script = Scripts.greeting { words, _ in
      // Of the second one, only another server would take it away at this moment.
      words[0] == "SUBSCRIBE"
        ? [
          .send(
            Self.confirmation("subscribe", "x") + Self.message("x", "early")
              + Self.confirmation("sunsubscribe", "y") + Self.confirmation("subscribe", "other"))
        ] : [.send(Wire.bulk("PONG"))]
    }
    try await withHub(script) { hub, server in
      let isRunning = Mutex(false)
      async let first = hub.subscribe(Wish(.channel, ["x", "y"]), buffer: 9) { messages in
        isRunning.withLock { $0 = true }
        var iterator = messages.makeAsyncIterator()
        return text(try await iterator.next())
      }
      for await words in server.commands where words.first == "SUBSCRIBE" {
        #expect(words == ["SUBSCRIBE", "x", "y"])
        break
      }
      #expect(!isRunning.withLock { $0 })
      server.push(Self.confirmation("subscribe", "y"))
      let got1 = try await first
      #expect(got1 == "early")
    }
  }

  @Test func `names of any bytes are taken as they are`() async throws {
    let name = "\u{0}\r\n$5\r\n"
    try await withHub { hub, server in
      try await hub.subscribe(Wish(.channel, [RESPBytes(name)]), buffer: 9) { messages in
        server.push(Self.message(name, "1"))
        var iterator = messages.makeAsyncIterator()
        guard case .message(let message) = try await iterator.next() else { return }
        #expect(message.channel == RESPBytes(name))
      }
    }
  }

  @Test func `a slow reader loses the oldest messages and holds up nobody`() async throws {
    try await withHub { hub, server in
      try await hub.subscribe(x, buffer: 2) { slow in
        try await hub.subscribe(x, buffer: 9) { quick in
          server.push((1...5).map { Self.message("x", "\($0)") }.joined())
          var iterator = quick.makeAsyncIterator()
          for number in 1...5 {
            let element = try await iterator.next()
            #expect(text(element) == "\(number)")
          }
          #expect(quick.droppedCount == 0)
        }
        #expect(slow.droppedCount == 3)
        var iterator = slow.makeAsyncIterator()
        let got2 = try await iterator.next()
        #expect(text(got2) == "4")
        let got3 = try await iterator.next()
        #expect(text(got3) == "5")
      }
      #expect(server.acceptedCount == 1)
    }
  }

  @Test func `a lost connection is a gap that is told, and all goes on`() async throws {
    try await withHub { hub, server in
      try await hub.subscribe(x, buffer: 9) { messages in
        var iterator = messages.makeAsyncIterator()
        for round in 1...3 {
          server.push(Self.message("x", "\(round)"))
          let got4 = try await iterator.next()
          #expect(text(got4) == "\(round)")
          server.hangUp()
          let got5 = try await iterator.next()
          #expect(text(got5) == "resubscribed")
        }
      }
      #expect(server.acceptedCount == 4)
    }
  }

  @Test func `a server that no longer answers is left, however quiet its channels may be`()
    async throws
  {
    let script: FakeSentinel.Script = { words, connection in
      connection == 1 && words[0] == "PING" ? [] : Self.obliging(words, connection)
    }
    try await withHub(script, ping: .milliseconds(20), patience: .seconds(1)) { hub, server in
      try await hub.subscribe(x, buffer: 9) { messages in
        var iterator = messages.makeAsyncIterator()
        let got6 = try await iterator.next()
        #expect(text(got6) == "resubscribed")
      }
      #expect(server.acceptedCount == 2)
    }
  }

  @Test func `a switch moves the subscription without waiting for the connection's end`()
    async throws
  {
    try await withHub { hub, server in
      try await hub.subscribe(x, buffer: 9) { messages in
        hub.move()
        var iterator = messages.makeAsyncIterator()
        let got7 = try await iterator.next()
        #expect(text(got7) == "resubscribed")
        server.push(Self.message("x", "1"))
        let got8 = try await iterator.next()
        #expect(text(got8) == "1")
      }
    }
  }

  @Test func `who can't be subscribed at all is told why, after so many attempts`() async throws {
    try await withHub(Scripts.closing, attempts: 2) { hub, server in
      let error = await failure(of: { try await hub.subscribe(x, buffer: 9) { _ in } })
      #expect(error?.code == .connection(.closed))
      #expect(server.acceptedCount == 2)
      #expect(hub.readerCount == 0)
    }
  }

  @Test func `who gives up before the confirmation leaves nothing behind`() async throws {
    try await withHub(Scripts.greeting { _, _ in [] }) { hub, server in
      let joining = Task { try await hub.subscribe(x, buffer: 9) { _ in } }
      for await words in server.commands where words.first == "SUBSCRIBE" { break }
      joining.cancel()
      #expect(await failure(of: { try await joining.value })?.code == .cancelled)
      #expect(hub.readerCount == 0)
      while server.openCount > 0 { await Task.yield() }
    }
  }

  @Test func `a shut-down ends the messages, and refuses who comes later`() async throws {
    try await withHub { hub, _ in
      try await hub.subscribe(x, buffer: 9) { messages in
        hub.shutDown()
        for try await _ in messages { Issue.record() }
      }
      let late = await failure(of: { try await hub.subscribe(x, buffer: 9) { _ in } })
      #expect(late?.code == .clientShutDown)
    }
  }

  @Test func `a reader that is cancelled stops, and another goes on`() async throws {
    try await withHub { hub, server in
      try await hub.subscribe(x, buffer: 9) { messages in
        let reader = Task { for try await _ in messages { Issue.record() } }
        reader.cancel()
        try await reader.value
        server.push(Self.message("x", "1"))
        var iterator = messages.makeAsyncIterator()
        let got9 = try await iterator.next()
        #expect(text(got9) == "1")
      }
    }
  }

  @Test func `nothing to subscribe to is a mistake, and opens nothing`() async throws {
    try await withHub { hub, server in
      let error = await failure(of: {
        try await hub.subscribe(Wish(.channel, []), buffer: 9) { _ in }
      })
      #expect(error?.code == .invalidConfiguration)
      #expect(server.acceptedCount == 0)
    }
  }
}
