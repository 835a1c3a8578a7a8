/// What callers did to a connection, so that one that isn't as it was is never lent to the next.
package struct ConnectionCondition {
  private var isChanged = false
  private var isWatching = false
  private var isInTransaction = false

  package init() {}

  /// Whether the next caller finds it as it was after the handshake.
  package var isAsNew: Bool { !isChanged && !isWatching && !isInTransaction }

  package mutating func sent(_ requests: [RedisRequest]) {
    for request in requests {
      switch request.effect {
      case .watch: isWatching = true
      case .unwatch: isWatching = false
      case .begin: isInTransaction = true
      case .end:
        isWatching = false
        isInTransaction = false
      case .change: isChanged = true
      case .none, .breaking: break
      }
    }
  }

  /// A caller has no reply: it may still be owed, with the command blocking at the server.
  package mutating func failed() {
    isChanged = true
  }
}
