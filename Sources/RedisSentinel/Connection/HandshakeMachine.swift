package import RESP
package import SentinelModel

/// Finds out who the peer is, in the best protocol both know: HELLO with AUTH, else AUTH and ROLE;
/// then chooses the database, and tries the connection where that is wanted.
package struct HandshakeMachine {
  /// What the connection is for.
  package enum Expectation: Hashable, Sendable {
    /// A Sentinel; anything else is refused.
    case sentinel
    /// A data node in that role; anything else is refused.
    case node(NodeRole)
    /// Any Redis server.
    case anyServer
  }

  /// What to do next.
  package enum Step: Hashable, Sendable {
    case send([String])
    case done(Greeting)
    case fail(SentinelError)
  }

  /// What the peer told of itself.
  package struct Greeting: Hashable, Sendable {
    package var respVersion = 2
    package var version: String?
    /// Nil where we may not ask.
    package var role: NodeRole?
  }

  private enum State { case hello, auth, passwordOnly, name, role, link, info, database, ping }

  private let configuration: ConnectionConfiguration
  private let expectation: Expectation
  private let endpoint: NodeAddress
  private var state = State.hello
  private var greeting = Greeting()
  private var wasNamed = false

  package init(
    _ configuration: ConnectionConfiguration, expectation: Expectation, endpoint: NodeAddress
  ) {
    self.configuration = configuration
    self.expectation = expectation
    self.endpoint = endpoint
  }

  package mutating func start() -> Step {
    configuration.protocolVersion == .resp2 ? authenticate() : .send(hello)
  }

  package mutating func received(_ reply: RESPValue) -> Step {
    if let text = reply.errorText { return refused(ServerError(text: text)) }
    switch state {
    case .hello:
      guard let fields = Fields(reply) else { return unexpected(reply, to: "HELLO") }
      greeting.respVersion = fields.integer("proto").map { Int($0) } ?? 3
      greeting.version = fields.text("version")
      wasNamed = true
      if let mode = fields.text("mode") {
        if mode == "sentinel" { return identified(.sentinel) }
        if expectation == .sentinel { return notASentinel }
      }
      // A data node tells its role here from Redis 6 on; who doesn't is asked.
      return fields.text("role").flatMap { NodeRole(wire: $0) }.map { identified($0) } ?? askRole()
    case .auth, .passwordOnly, .name:
      return nameOrRole()
    case .role:
      guard let word = reply.elements?.first?.text, let role = NodeRole(wire: word) else {
        return unexpected(reply, to: "ROLE")
      }
      let isLinked = RoleReply(reply: reply)?.isLinked
      return identified(role, isLinked: isLinked)
    case .link:
      guard let role = RoleReply(reply: reply) else { return unexpected(reply, to: "ROLE") }
      return linked(role.isLinked ?? false)
    case .info:
      guard let text = reply.text else { return unexpected(reply, to: "INFO") }
      let info = ServerInfo(text: text)
      let isLinked = info["master_link_status"].map { $0 == "up" }
      return info["role"].flatMap { NodeRole(wire: $0) }
        .map { identified($0, isLinked: isLinked ?? false) } ?? unexpected(reply, to: "INFO")
    case .database:
      return tryOut()
    case .ping:
      return reply.text == "PONG" ? .done(greeting) : unexpected(reply, to: "PING")
    }
  }

  private var hello: [String] {
    var words = ["HELLO", "3"]
    if let who = configuration.authentication {
      words += ["AUTH", who.username ?? "default", who.password]
    }
    if let name = configuration.clientName { words += ["SETNAME", name] }
    return words
  }

  private mutating func refused(_ error: ServerError) -> Step {
    switch state {
    case .hello where error.isUnknownCommand || error.prefix == "NOPROTO":
      return authenticate()
    case .auth where error.isWrongArity:
      // Before Redis 6, AUTH takes the password alone.
      guard let who = configuration.authentication else { break }
      state = .passwordOnly
      return .send(["AUTH", who.password])
    case .name:
      // Only a label: a server that doesn't want it is none the worse.
      return askRole()
    case .role where error.prefix == "NOPERM" || error.isUnknownCommand,
      .link where error.prefix == "NOPERM":
      if expectation == .sentinel { return .done(greeting) }
      state = .info
      return .send(["INFO", "replication"])
    case .info where error.prefix == "NOPERM":
      if configuration.roleVerification == .bestEffort { return chooseDatabase() }
    default:
      break
    }
    return .fail(SentinelError(masked(error), endpoint: endpoint))
  }

  /// Servers repeat the words of a command that they don't know, the password among them.
  private func masked(_ error: ServerError) -> ServerError {
    guard let password = configuration.authentication?.password, !password.isEmpty else {
      return error
    }
    return ServerError(text: error.text.replacing(password, with: "******"))
  }

  private mutating func authenticate() -> Step {
    guard let who = configuration.authentication else { return nameOrRole() }
    guard let user = who.username else {
      state = .passwordOnly
      return .send(["AUTH", who.password])
    }
    state = .auth
    return .send(["AUTH", user, who.password])
  }

  private mutating func nameOrRole() -> Step {
    guard let name = configuration.clientName, !wasNamed else { return askRole() }
    wasNamed = true
    state = .name
    return .send(["CLIENT", "SETNAME", name])
  }

  private mutating func askRole() -> Step {
    state = .role
    return .send(["ROLE"])
  }

  /// The peer has said what it is; a replica also whether its link to the master stands, but for in a
  /// greeting.
  private mutating func identified(_ role: NodeRole, isLinked: Bool? = nil) -> Step {
    greeting.role = role
    switch expectation {
    case .anyServer: return role == .sentinel ? tryOut() : chooseDatabase()
    case .sentinel:
      return role == .sentinel ? .done(greeting) : notASentinel
    case .node(let wanted):
      if role == .replica, role == wanted, configuration.requiresSyncedReplica {
        guard let isLinked else {
          state = .link
          return .send(["ROLE"])
        }
        return linked(isLinked)
      }
      if role == wanted { return chooseDatabase() }
      guard role != .sentinel else {
        return fail(.notADataNode, "this is a Sentinel, but a \(wanted) was wanted")
      }
      return fail(.roleMismatch, "this is a \(role), but a \(wanted) was wanted")
    }
  }

  private mutating func linked(_ isLinked: Bool) -> Step {
    guard isLinked else {
      return fail(
        .notSynced, "this replica has no link to its master, or is still copying its data")
    }
    return chooseDatabase()
  }

  private mutating func chooseDatabase() -> Step {
    guard configuration.database != 0 else { return tryOut() }
    state = .database
    return .send(["SELECT", "\(configuration.database)"])
  }

  private mutating func tryOut() -> Step {
    guard configuration.checksConnection else { return .done(greeting) }
    state = .ping
    return .send(["PING"])
  }

  private var notASentinel: Step {
    fail(.notASentinel, "this is a Redis server, but no Sentinel")
  }

  private func fail(_ code: SentinelError.Code, _ message: String) -> Step {
    .fail(SentinelError(code, message, endpoint: endpoint))
  }

  private func unexpected(_ reply: RESPValue, to question: String) -> Step {
    fail(.protocolViolation, "\(reply.kind) is no answer to \(question)")
  }
}
