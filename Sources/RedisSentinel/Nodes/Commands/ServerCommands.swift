public import RESP
public import SentinelModel

extension RedisCommand where Reply == String {
  /// `PING`: `PONG`.
  public static var ping: Self { .idempotent(["PING"]) }
}

extension RedisCommand where Reply == ServerInfo {
  /// `INFO`: what the server tells of itself, in these sections, by default those that it finds worth
  /// telling. Several sections from Redis 7 on.
  public static func info(_ sections: String...) -> Self {
    RedisCommand<RESPBytes>.idempotent(["INFO"] + sections).map { ServerInfo(text: $0.text) }
  }
}

extension RedisCommand where Reply == RoleReply {
  /// `ROLE`: whether the server is a master, and of which replicas, or a replica, and of which master.
  public static var role: Self {
    RedisCommand<RESPValue>.idempotent(["ROLE"]).map { value throws(RESPMismatch) in
      guard let role = RoleReply(reply: value) else {
        throw RESPMismatch(wanted: "a role", found: value)
      }
      return role
    }
  }
}

extension RedisCommand where Reply == Timestamp {
  /// `TIME`: the server's clock.
  public static var time: Self {
    RedisCommand<RESPPair<Int64, Int64>>.idempotent(["TIME"]).map {
      Timestamp(microseconds: (.seconds($0.first) + .microseconds($0.second)).inMicroseconds)
    }
  }
}

extension RedisCommand where Reply == Int {
  /// `PUBLISH`: sends a message to all who have subscribed to a channel; how many of them are connected
  /// to this server.
  public static func publish(_ channel: some RedisWord, _ message: some RedisWord) -> Self {
    .once(["PUBLISH", channel, message])
  }

  /// `WAIT`: waits until so many replicas have what was written before on the same connection, as long
  /// as the time-out says, to the millisecond: `.zero` is for ever; how many have it.
  ///
  /// A client sends it on a connection of its own, on which nothing was written: use it within
  /// `withConnection`, or in a `pipeline` behind what is to be waited for.
  public static func wait(replicas: Int, timeout: Duration) -> Self {
    RedisCommand(
      words: ["WAIT", replicas, timeout.millisecondsRoundedUp], as: Int.self, blocksFor: timeout)
  }

  /// `DBSIZE`: how many keys there are.
  public static var dbsize: Self { .idempotent(["DBSIZE"]) }

  /// `CLIENT ID`: the server's number of the connection.
  public static var clientID: Self { .idempotent(["CLIENT", "ID"]) }
}

extension RedisCommand where Reply == Int? {
  /// `MEMORY USAGE`: the bytes that a key takes; nil where there is none.
  public static func memoryUsage(_ key: some RedisWord) -> Self {
    .idempotent(["MEMORY", "USAGE", key])
  }
}

extension RedisCommand where Reply == Void {
  /// `FLUSHDB`: deletes all keys of the database.
  public static var flushdb: Self { .order(["FLUSHDB"]) }

  /// `FLUSHALL`: deletes all keys of all databases.
  public static var flushall: Self { .order(["FLUSHALL"]) }

  /// `CONFIG SET`: changes one of the server's settings, until it is started again.
  public static func configSet(_ name: some RedisWord, _ value: some RedisWord) -> Self {
    .order(["CONFIG", "SET", name, value])
  }
}

extension RedisCommand where Reply == [String: String] {
  /// `CONFIG GET`: the server's settings whose name matches a pattern.
  public static func configGet(_ pattern: some RedisWord) -> Self {
    .idempotent(["CONFIG", "GET", pattern])
  }
}

extension RedisCommand {
  /// `ECHO`: what was sent.
  public static func echo<Value: RESPDecodable>(
    _ message: some RedisWord, as type: Value.Type = String.self
  ) -> RedisCommand<Value> {
    .idempotent(["ECHO", message])
  }
}

extension RedisExecutor {
  /// `PING`: asks for a sign of life.
  ///
  /// - Throws: where there is none.
  public func ping() async throws(SentinelError) {
    _ = try await execute(.ping)
  }

  /// `INFO`: what the server tells of itself, in this section, by default in those that it finds worth
  /// telling.
  public func info(_ section: String? = nil) async throws(SentinelError) -> ServerInfo {
    try await execute(section.map { .info($0) } ?? .info())
  }

  /// `ROLE`: whether the server is a master, and of which replicas, or a replica, and of which master.
  public func role() async throws(SentinelError) -> RoleReply {
    try await execute(.role)
  }

  /// `PUBLISH`: sends a message to all who have subscribed to a channel; how many of them are connected
  /// to this server.
  @discardableResult
  public func publish(
    _ channel: some RedisWord, _ message: some RedisWord
  ) async throws(SentinelError) -> Int {
    try await execute(.publish(channel, message))
  }

  /// `WAIT`: waits until so many replicas have what was written before on the same connection, as long
  /// as the time-out says, to the millisecond: `.zero` is for ever; how many have it.
  ///
  /// A client sends it on a connection of its own, on which nothing was written: use it within
  /// `withConnection`, or in a `pipeline` behind what is to be waited for.
  public func wait(replicas: Int, timeout: Duration) async throws(SentinelError) -> Int {
    try await execute(.wait(replicas: replicas, timeout: timeout))
  }

  /// `DBSIZE`: how many keys there are.
  public func dbsize() async throws(SentinelError) -> Int {
    try await execute(.dbsize)
  }

  /// `FLUSHDB`: deletes all keys of the database.
  public func flushdb() async throws(SentinelError) {
    try await execute(.flushdb)
  }

  /// `TIME`: the server's clock.
  public func time() async throws(SentinelError) -> Timestamp {
    try await execute(.time)
  }
}
