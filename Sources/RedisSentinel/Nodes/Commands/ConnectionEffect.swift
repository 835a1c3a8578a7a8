import RESP

/// What a command does to the connection that it goes over, besides what it does to the data.
enum ConnectionEffect: Hashable, Sendable {
  /// Nothing, as nearly all.
  case none
  /// Keys are watched, or no longer.
  case watch, unwatch
  /// A transaction begins, or ends.
  case begin, end
  /// Those that come after it find another database, another user, another setting.
  case change
  /// Messages that come by themselves, another protocol, replies switched off: all who share the
  /// connection would get each other's replies from then on.
  case breaking

  /// Goes by the command's name, and the second word where there are commands within the command.
  init(of words: [RESPBytes]) {
    guard let name = words.first, Self.lengths.contains(name.count) else {
      self = .none
      return
    }
    let word = name.text.uppercased()
    let second = word == "CLIENT" && words.count > 1 ? " \(words[1].text.uppercased())" : ""
    self = Self.table[word + second] ?? .none
  }

  private static let lengths = 4...12
  private static let table: [String: ConnectionEffect] = [
    "SUBSCRIBE": .breaking, "PSUBSCRIBE": .breaking, "SSUBSCRIBE": .breaking,
    "UNSUBSCRIBE": .breaking, "PUNSUBSCRIBE": .breaking, "SUNSUBSCRIBE": .breaking,
    "MONITOR": .breaking, "SYNC": .breaking, "PSYNC": .breaking, "REPLCONF": .breaking,
    "HELLO": .breaking, "RESET": .breaking, "QUIT": .breaking, "CLIENT REPLY": .breaking,
    "MULTI": .begin, "EXEC": .end, "DISCARD": .end, "WATCH": .watch, "UNWATCH": .unwatch,
    "SELECT": .change, "AUTH": .change, "ASKING": .change, "READONLY": .change,
    "READWRITE": .change, "CLIENT SETNAME": .change, "CLIENT SETINFO": .change,
    "CLIENT TRACKING": .change, "CLIENT CACHING": .change, "CLIENT NO-EVICT": .change,
    "CLIENT NO-TOUCH": .change,
  ]
}
