import RESP
import SentinelModel

@testable import RedisSentinel

/// What the servers of these tests do, in pieces to build scripts of.
enum Scripts {
  /// Shakes hands, and then does as the script says.
  static func greeting(_ script: @escaping FakeSentinel.Script) -> FakeSentinel.Script {
    { words, connection in
      words.first == "HELLO" ? [.send(Wire.hello)] : script(words, connection)
    }
  }

  /// Shakes hands, knows nothing of any service, and does as the script says for everything else: for
  /// changes, beside which questions may be asked.
  static func changing(_ script: @escaping FakeSentinel.Script) -> FakeSentinel.Script {
    greeting { words, connection in
      questions.contains(words.dropFirst().first ?? "")
        ? [.send(Wire.none)] : script(words, connection)
    }
  }

  /// What is asked beside other things.
  static let questions: Set = ["GET-MASTER-ADDR-BY-NAME", "MASTER", "SENTINELS"]

  /// Shakes hands, and answers by the words of the command; silent for any other one.
  static func answering(_ answers: [String: String]) -> FakeSentinel.Script {
    greeting { words, _ in
      answers[words.joined(separator: " ")].map { [.send($0)] } ?? []
    }
  }

  /// A Sentinel that knows one service.
  static func knowing(
    _ service: String = "mymaster", port: Int = 6379, flags: String = "master", others: Int = 2,
    epoch: Int = 0, sentinels: [NodeAddress] = []
  ) -> FakeSentinel.Script {
    greeting { words, _ in
      switch words.dropFirst().first {
      case "GET-MASTER-ADDR-BY-NAME":
        [.send(words[2] == service ? Wire.array(["127.0.0.1", "\(port)"]) : Wire.none)]
      case "MASTER":
        [
          .send(
            words[2] == service
              ? Wire.master(
                service, port: port, flags: flags, others: others,
                extra: [("config-epoch", "\(epoch)")])
              : Wire.unknownService)
        ]
      case "SENTINELS":
        [
          .send(
            Wire.list(
              sentinels.map { Wire.sentinel("\($0.port)", host: $0.host, port: $0.port) }))
        ]
      default: [.send(Wire.ok)]
      }
    }
  }

  /// Shakes hands, and answers everything with the same bytes.
  static func replying(_ bytes: String) -> FakeSentinel.Script {
    greeting { _, _ in [.send(bytes)] }
  }

  /// Answers everything, the handshake included, with the same bytes.
  static func always(_ bytes: String) -> FakeSentinel.Script { { _, _ in [.send(bytes)] } }

  /// Reads everything and never answers.
  static let silent: FakeSentinel.Script = { _, _ in [] }

  /// Closes the connection at the first command.
  static let closing: FakeSentinel.Script = { _, _ in [.close] }

  /// Shakes hands in RESP2 as servers before 6.0 do, and then does as the script says.
  static func old(_ script: @escaping FakeSentinel.Script) -> FakeSentinel.Script {
    { words, connection in
      switch words.first {
      case "HELLO": [.send("-ERR unknown command `HELLO`, with args beginning with: `3`, \r\n")]
      case "ROLE": [.send("*2\r\n$8\r\nsentinel\r\n*0\r\n")]
      default: script(words, connection)
      }
    }
  }
}

extension Wire {
  static let none = "_\r\n"
  static let unknownService = "-ERR No such master with that name\r\n"
  static let noAuth = "-NOAUTH Authentication required.\r\n"

  /// The same with each map as a flat list, as RESP2 has it.
  static func flat(_ bytes: String) -> String {
    bytes.split(separator: "\r\n", omittingEmptySubsequences: false).map { line in
      guard line.first == "%", let pairs = Int(line.dropFirst()) else { return String(line) }
      return "*\(2 * pairs)"
    }.joined(separator: "\r\n")
  }

  static func list(_ entries: [String]) -> String { "*\(entries.count)\r\n" + entries.joined() }

  static func noPermission(_ rule: String) -> String {
    "-NOPERM this user has no permissions to run the '\(rule)' command\r\n"
  }

  static func replica(_ port: Int, flags: String = "slave") -> String {
    map([
      ("name", "127.0.0.1:\(port)"), ("ip", "127.0.0.1"), ("port", "\(port)"), ("flags", flags),
      ("role-reported", "slave"), ("master-link-status", "ok"), ("master-host", "127.0.0.1"),
      ("master-port", "6379"), ("slave-priority", "100"),
    ])
  }

  static func sentinel(
    _ id: String, host: String = "127.0.0.1", port: Int, flags: String = "sentinel"
  ) -> String {
    map([
      ("name", id), ("ip", host), ("port", "\(port)"), ("runid", id), ("flags", flags),
    ])
  }
}

extension FakeSentinel {
  /// Runs several servers as long as the body needs them.
  static func open<Result>(
    all scripts: [Script], _ body: ([FakeSentinel]) async throws -> Result
  ) async throws -> Result {
    try await open(scripts[...], [], body)
  }

  private static func open<Result>(
    _ rest: ArraySlice<Script>, _ opened: [FakeSentinel],
    _ body: ([FakeSentinel]) async throws -> Result
  ) async throws -> Result {
    guard let script = rest.first else { return try await body(opened) }
    return try await open(script) { server in
      try await open(rest.dropFirst(), opened + [server], body)
    }
  }

  /// An address where nobody listens: a port below all those that the system hands out, and that no
  /// server of today has.
  static let deserted = NodeAddress(host: "127.0.0.1", port: 1)

  /// The commands that came so far, but for the handshake.
  var orders: [[String]] { received.filter { $0.first != "HELLO" } }

  /// Those of them that are no mere questions about a master and who else watches it.
  var changes: [[String]] {
    orders.filter { words in
      !Scripts.questions.contains(words.dropFirst().first ?? "")
    }
  }
}
