public import RESP

/// What is sent: the words of a command, and what has to be known of it to send it well.
public struct RedisRequest: Hashable, Sendable {
  /// The command's name, and its arguments.
  public var words: [RESPBytes] { didSet { effect = ConnectionEffect(of: words) } }
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
  /// What it does to the connection; told once, since each call asks several times.
  private(set) var effect: ConnectionEffect

  /// A request by its words; by default one that is never sent twice.
  public init(words: [RESPBytes], isReplayable: Bool = false, blocksFor: Duration? = nil) {
    self.words = words
    self.isReplayable = isReplayable
    self.blocksFor = blocksFor
    effect = ConnectionEffect(of: words)
  }

  /// The command's name in capitals, for messages; arguments may be secret.
  public var name: String { words.first?.text.uppercased() ?? "" }

  /// Why it must not be sent as a command among others; nil where it may be.
  var refusal: String? {
    if words.isEmpty { return "a command without words" }
    switch effect {
    case .begin, .end: return "\(name) is no command among others: a transaction is sent whole"
    case .breaking:
      return "\(nameOfTwo) changes the conversation itself, and is no command among others"
    case .none, .watch, .unwatch, .change: return nil
    }
  }

  /// Whether it changes the connection for all that come after it: they would read another database, or
  /// as another user. It wants a connection of its own.
  package var changesConnection: Bool {
    switch effect {
    case .watch, .unwatch, .change: true
    case .none, .begin, .end, .breaking: false
    }
  }

  private var nameOfTwo: String {
    name == "CLIENT" && words.count > 1 ? "CLIENT \(words[1].text.uppercased())" : name
  }
}
