public import RESP

/// What is sent: the words of a command, and what has to be known of it to send it well.
public struct RedisRequest: Hashable, Sendable {
  /// The command's name, and its arguments.
  public var words: [RESPBytes]
  /// Whether it may be sent again after it isn't known what became of it: the connection ended, or
  /// no reply came in time.
  ///
  /// True where sending it twice does the same as sending it once and also gets the same reply, as
  /// long as nobody else writes. `SET` is such a command, and so is all that only reads. `INCR` isn't,
  /// as it counts twice. `DEL` and `SET … NX` aren't either: the data would be right, but the second
  /// reply says that nothing was there to delete, or that somebody else has the lock.
  public var isReplayable: Bool
  /// How long the command itself waits at the server for something to happen; `.zero` is for ever,
  /// nil not at all. Its reply may take that much longer than others.
  public var blocksFor: Duration?

  /// A request by its words; by default one that is never sent twice.
  public init(words: [RESPBytes], isReplayable: Bool = false, blocksFor: Duration? = nil) {
    self.words = words
    self.isReplayable = isReplayable
    self.blocksFor = blocksFor
  }

  /// The command's name in capitals, for messages; arguments may be secret.
  public var name: String { words.first?.text.uppercased() ?? "" }

  /// Why it must not be sent as a command among others; nil where it may be.
  var refusal: String? {
    if words.isEmpty { return "a command without words" }
    if Self.framing.contains(name) {
      return "\(name) is no command among others: a transaction is sent whole"
    }
    if Self.breaking.contains(nameOfTwo) || Self.breaking.contains(name) {
      return "\(nameOfTwo) changes the conversation itself, and is no command among others"
    }
    return nil
  }

  /// Whether it changes the connection for all that come after it: they would read another database, or
  /// as another user. It wants a connection of its own.
  package var changesConnection: Bool {
    Self.changing.contains(name) || Self.changing.contains(nameOfTwo)
  }

  private var nameOfTwo: String {
    name == "CLIENT" && words.count > 1 ? "CLIENT \(words[1].text.uppercased())" : name
  }

  // Messages that come by themselves, another protocol, replies switched off: all who share the
  // connection would get each other's replies from then on.
  private static let breaking: Set<String> = [
    "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE",
    "MONITOR", "SYNC", "PSYNC", "REPLCONF", "HELLO", "RESET", "QUIT", "CLIENT REPLY",
  ]
  private static let framing: Set<String> = ["MULTI", "EXEC", "DISCARD"]
  private static let changing: Set<String> = [
    "SELECT", "AUTH", "WATCH", "UNWATCH", "ASKING", "READONLY", "READWRITE", "CLIENT SETNAME",
    "CLIENT SETINFO", "CLIENT TRACKING", "CLIENT CACHING", "CLIENT NO-EVICT", "CLIENT NO-TOUCH",
  ]
}
