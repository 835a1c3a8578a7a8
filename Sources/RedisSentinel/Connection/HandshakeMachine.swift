package import RESP
package import SentinelModel

/// Finds out who the peer is, in the best protocol both know: HELLO with AUTH, else AUTH and ROLE.
package struct HandshakeMachine {
  /// What the connection is for.
  package enum Expectation: Hashable, Sendable {
    /// A Sentinel; anything else is refused.
    case sentinel
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
    package var isSentinel: Bool?
  }

  private enum State { case hello, auth, passwordOnly, role, name }

  private let configuration: ConnectionConfiguration
  private let expectation: Expectation
  private let endpoint: NodeAddress
  private var state = State.hello
  private var greeting = Greeting()

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
      guard let mode = fields.text("mode") else { return askRole() }
      greeting.isSentinel = mode == "sentinel"
      return finish()
    case .auth, .passwordOnly:
      return nameOrRole()
    case .name:
      return askRole()
    case .role:
      guard let role = reply.elements?.first?.text else { return unexpected(reply, to: "ROLE") }
      greeting.isSentinel = role == "sentinel"
      return finish()
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
    case .role where error.prefix == "NOPERM":
      return finish()
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
    guard let name = configuration.clientName else { return askRole() }
    state = .name
    return .send(["CLIENT", "SETNAME", name])
  }

  private mutating func askRole() -> Step {
    state = .role
    return .send(["ROLE"])
  }

  private func finish() -> Step {
    if expectation == .sentinel, greeting.isSentinel == false {
      return .fail(
        SentinelError(
          .notASentinel, "this is a Redis server, but no Sentinel", endpoint: endpoint))
    }
    return .done(greeting)
  }

  private func unexpected(_ reply: RESPValue, to question: String) -> Step {
    .fail(
      SentinelError(
        .protocolViolation, "\(reply.kind) is no answer to \(question)", endpoint: endpoint))
  }
}
