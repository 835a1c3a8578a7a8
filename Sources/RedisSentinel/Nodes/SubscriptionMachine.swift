package import RESP

/// What is subscribed by whom, and what has to be sent for that, over reconnects. Knows no socket.
///
/// Commands leave and messages come in one order, and the server's state is the fold of the commands,
/// so a name that one gives up and another takes at the same moment ends as it should.
package struct SubscriptionMachine {
  /// One reader's subscription, as it was asked for.
  package struct Wish: Hashable, Sendable {
    package var kind: SubscriptionKind
    /// Each once.
    package var names: [RESPBytes]

    package init(_ kind: SubscriptionKind, _ names: [RESPBytes]) {
      self.kind = kind
      var seen: Set<RESPBytes> = []
      self.names = names.filter { seen.insert($0).inserted }
    }
  }

  /// What the shell has to do.
  package enum Action: Hashable, Sendable {
    /// Open a connection, and tell `connected` or `failed` with this number; after a pause where an
    /// attempt has failed. Whatever was opened or being opened before is to be closed.
    case connect(Int, afterPause: Bool)
    /// Send, and tell `confirmed` or `refused`.
    case subscribe(Wish, for: Int)
    case unsubscribe(Wish)
    /// All that the reader asked for is confirmed for the first time.
    case ready(Int)
    case give(Subscription.Element, to: Int)
    /// The reader gets nothing more; nil for no reason but that the client was shut down.
    case end(Int, SentinelError?)
    /// Nobody is subscribed: close the connection, give up the attempt at one.
    case hangUp
  }

  private struct Reader {
    var wish: Wish
    /// Whether it was told that all is confirmed.
    var isReady = false
    /// Whether it hasn't been told yet that it may have missed something.
    var mayHaveMissed = false
    /// Whether its wish was sent on the connection there is.
    var isSent = false
    /// Attempts that failed before it was ready for the first time.
    var failures = 0
  }

  private enum Link { case none, opening, open }

  private struct Subject: Hashable {
    var kind: SubscriptionKind
    var name: RESPBytes
  }

  /// How often it is tried for somebody who hasn't been subscribed yet; nil for as often as it takes.
  private let maximumAttempts: Int?
  private var readers: [Int: Reader] = [:]
  private var audience: [Subject: [Int]] = [:]
  private var link = Link.none
  /// The number of the connection, or of the attempt at one.
  package private(set) var number = 0
  private var isShutDown = false

  package init(maximumAttempts: Int? = nil) {
    self.maximumAttempts = maximumAttempts
  }

  package var readerCount: Int { readers.count }

  /// Somebody wants to subscribe.
  package mutating func joined(_ id: Int, _ wish: Wish) -> [Action] {
    guard !isShutDown else { return [.end(id, Self.shutDownError)] }
    readers[id] = Reader(wish: wish)
    for name in wish.names {
      audience[Subject(kind: wish.kind, name: name), default: []].append(id)
    }
    switch link {
    case .none: return [connect()]
    case .opening: return []
    case .open: return [send(id, wish)]
    }
  }

  /// Somebody no longer reads.
  package mutating func left(_ id: Int) -> [Action] {
    guard let reader = remove(id) else { return [] }
    guard !readers.isEmpty else { return hangUp() }
    let unwanted = reader.wish.names.filter {
      audience[Subject(kind: reader.wish.kind, name: $0)] == nil
    }
    guard link == .open, reader.isSent, !unwanted.isEmpty else { return [] }
    return [.unsubscribe(Wish(reader.wish.kind, unwanted))]
  }

  /// The connection with that number is there.
  package mutating func connected(_ connection: Int) -> [Action] {
    guard connection == number, link == .opening else { return [] }
    link = .open
    return readers.keys.sorted().compactMap { id in
      readers[id].map { send(id, $0.wish) }
    }
  }

  /// Whether that connection is the one there is, or the one that is waited for.
  package func isCurrent(_ connection: Int) -> Bool { connection == number && link != .none }

  /// No connection could be opened.
  package mutating func failed(_ connection: Int, _ error: SentinelError) -> [Action] {
    guard connection == number, link == .opening else { return [] }
    var actions: [Action] = []
    for (id, reader) in readers.sorted(by: { $0.key < $1.key }) {
      if !reader.isReady { readers[id]?.failures += 1 }
      let isLast = !reader.isReady && maximumAttempts.map { reader.failures + 1 >= $0 } ?? false
      guard isLast || error.endsSubscription else { continue }
      remove(id)
      actions.append(.end(id, error))
    }
    return actions + reconnect(afterPause: true)
  }

  /// All that the reader asked for is confirmed.
  package mutating func confirmed(_ id: Int, on connection: Int) -> [Action] {
    guard connection == number, link == .open else { return [] }
    return admit(id)
  }

  /// The server doesn't let the reader subscribe. Nobody else is touched by that.
  package mutating func refused(
    _ id: Int, on connection: Int, _ error: SentinelError
  ) -> [Action] {
    guard connection == number, link == .open, readers[id] != nil else { return [] }
    if error.serverError?.provesNothingHappened == true { return lost(connection) }
    // A reply that never came: the connection's end says the rest.
    guard error.isServerReply else { return [] }
    remove(id)
    return [.end(id, error)] + (readers.isEmpty ? hangUp() : [])
  }

  /// Something came that answers no command.
  package mutating func received(_ message: [RESPValue], on connection: Int) -> [Action] {
    guard connection == number, link == .open,
      let (kind, name, element) = Subscription.Message.read(message)
    else { return [] }
    return (audience[Subject(kind: kind, name: name)] ?? []).flatMap { id -> [Action] in
      guard let reader = readers[id], reader.isSent else { return [] }
      // Where the mark of the gap is still owed, it comes before what came after the gap.
      let mark = reader.isReady ? admit(id) : []
      return mark + [.give(.message(element), to: id)]
    }
  }

  /// The connection has ended.
  package mutating func lost(_ connection: Int) -> [Action] {
    guard isCurrent(connection) else { return [] }
    return reconnect(afterPause: true)
  }

  /// The service is elsewhere now.
  package mutating func moved() -> [Action] {
    link == .none ? [] : reconnect(afterPause: false)
  }

  package mutating func shutDown() -> [Action] {
    isShutDown = true
    let ends = readers.sorted { $0.key < $1.key }.map { id, reader in
      Action.end(id, reader.isReady ? nil : Self.shutDownError)
    }
    readers = [:]
    audience = [:]
    return ends + hangUp()
  }

  private static let shutDownError = SentinelError(.clientShutDown, "the client was shut down")

  @discardableResult
  private mutating func remove(_ id: Int) -> Reader? {
    guard let reader = readers.removeValue(forKey: id) else { return nil }
    for name in reader.wish.names {
      let subject = Subject(kind: reader.wish.kind, name: name)
      audience[subject]?.removeAll { $0 == id }
      if audience[subject]?.isEmpty == true { audience[subject] = nil }
    }
    return reader
  }

  private mutating func admit(_ id: Int) -> [Action] {
    guard let reader = readers[id] else { return [] }
    readers[id]?.isReady = true
    readers[id]?.mayHaveMissed = false
    if !reader.isReady { return [.ready(id)] }
    return reader.mayHaveMissed ? [.give(.resubscribed(missedPossible: true), to: id)] : []
  }

  private mutating func send(_ id: Int, _ wish: Wish) -> Action {
    readers[id]?.isSent = true
    return .subscribe(wish, for: id)
  }

  private mutating func connect(afterPause: Bool = false) -> Action {
    number += 1
    link = .opening
    return .connect(number, afterPause: afterPause)
  }

  private mutating func reconnect(afterPause: Bool) -> [Action] {
    guard !readers.isEmpty else { return hangUp() }
    for id in readers.keys {
      readers[id]?.isSent = false
      readers[id]?.mayHaveMissed = true
    }
    return [connect(afterPause: afterPause)]
  }

  private mutating func hangUp() -> [Action] {
    guard link != .none else { return [] }
    link = .none
    number += 1
    return [.hangUp]
  }
}

extension SentinelError {
  /// Whether no other attempt can help.
  fileprivate var endsSubscription: Bool {
    switch code {
    case .authentication, .forbidden, .invalidConfiguration, .clientShutDown: true
    default: false
    }
  }
}
