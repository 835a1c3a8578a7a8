import RESP
import SentinelModel
import Testing

@testable import RedisSentinel

@Suite struct HandshakeMachineTests {
  private let endpoint = NodeAddress(host: "127.0.0.1", port: 26379)

  private func machine(
    user: String? = nil, password: String? = nil, name: String? = nil,
    protocolVersion: ConnectionConfiguration.ProtocolVersion = .resp3OrResp2,
    expecting expectation: HandshakeMachine.Expectation = .sentinel
  ) -> HandshakeMachine {
    var configuration = ConnectionConfiguration(
      authentication: password.map { Authentication(username: user, password: $0) },
      clientName: name)
    configuration.protocolVersion = protocolVersion
    return HandshakeMachine(configuration, expectation: expectation, endpoint: endpoint)
  }

  private func hello(mode: String) -> RESPValue {
    .map([
      .bulkString("version"), .bulkString("7.0.15"), .bulkString("proto"), .integer(3),
      .bulkString("mode"), .bulkString(RESPBytes(mode)),
    ])
  }

  @Test func `a Sentinel that knows HELLO is greeted in one round trip`() {
    var machine = machine(user: "ann", password: "secret", name: "me")
    #expect(
      machine.start() == .send(["HELLO", "3", "AUTH", "ann", "secret", "SETNAME", "me"]))
    #expect(
      machine.received(hello(mode: "sentinel"))
        == .done(.init(respVersion: 3, version: "7.0.15", role: .sentinel)))
  }

  @Test func `a password without a user is the default user's`() {
    var machine = machine(password: "secret")
    #expect(machine.start() == .send(["HELLO", "3", "AUTH", "default", "secret"]))
  }

  @Test(arguments: ["ERR unknown command `HELLO`, with args beginning with: `3`, ", "NOPROTO no"])
  func `a server without RESP3 is spoken to in RESP2`(refusal: String) {
    var machine = machine(user: "ann", password: "secret", name: "me")
    _ = machine.start()
    #expect(machine.received(.error(RESPBytes(refusal))) == .send(["AUTH", "ann", "secret"]))
    #expect(
      machine.received(.error("ERR wrong number of arguments for 'auth' command"))
        == .send(["AUTH", "secret"]))
    #expect(machine.received(.simpleString("OK")) == .send(["CLIENT", "SETNAME", "me"]))
    #expect(machine.received(.error("ERR no such thing")) == .send(["ROLE"]))
    #expect(
      machine.received(.array([.bulkString("sentinel"), .array([])]))
        == .done(.init(respVersion: 2, version: nil, role: .sentinel)))
  }

  @Test func `RESP2 is spoken from the start where it is wanted`() {
    var machine = machine(protocolVersion: .resp2)
    #expect(machine.start() == .send(["ROLE"]))
  }

  @Test(arguments: [
    ("NOAUTH HELLO must be called with the client already authenticated", "password is required"),
    ("WRONGPASS invalid username-password pair or user is disabled.", "wrong user name"),
    ("ERR Client sent AUTH, but no password is set", "has none set"),
    ("DENIED Redis is running in protected mode because", "protected mode"),
  ])
  func `a refusal of who we are is told as such`(reply: String, words: String) throws {
    var machine = machine(password: "secret")
    _ = machine.start()
    let error = try #require(machine.received(.error(RESPBytes(reply))).failure)
    #expect(error.code == .authentication)
    #expect(error.message.contains(words))
    #expect(!error.description.contains("secret"))
  }

  private func node(role: String) -> RESPValue {
    .map([
      .bulkString("proto"), .integer(3), .bulkString("mode"), .bulkString("standalone"),
      .bulkString("role"), .bulkString(RESPBytes(role)),
    ])
  }

  private func synced(_ role: NodeRole) -> HandshakeMachine {
    var configuration = ConnectionConfiguration()
    configuration.requiresSyncedReplica = true
    return HandshakeMachine(configuration, expectation: .node(role), endpoint: endpoint)
  }

  private func role(_ state: String) -> RESPValue {
    .array([
      .bulkString("slave"), .bulkString("127.0.0.1"), .integer(6379),
      .bulkString(RESPBytes(state)), .integer(42),
    ])
  }

  @Test(arguments: ["connected", "sync", "connect", "connecting", "none"])
  func `a replica that has to have its master's data is asked whether it has`(
    state: String
  ) throws {
    var machine = synced(.replica)
    _ = machine.start()
    #expect(machine.received(node(role: "replica")) == .send(["ROLE"]))
    let step = machine.received(role(state))
    if state == "connected" {
      #expect(step == .done(.init(respVersion: 3, version: nil, role: .replica)))
    } else {
      #expect(step.failure?.code == .notSynced)
      #expect(step.failure?.isConnectionFailure == true)
    }
  }

  @Test(arguments: [("up", true), ("down", false)])
  func `where ROLE is forbidden, INFO tells whether a replica has its master's data`(
    status: String, isSynced: Bool
  ) throws {
    var machine = synced(.replica)
    _ = machine.start()
    _ = machine.received(node(role: "replica"))
    #expect(machine.received(.error("NOPERM no")) == .send(["INFO", "replication"]))
    let info = "role:slave\r\nmaster_link_status:\(status)\r\n"
    let step = machine.received(.bulkString(RESPBytes(info)))
    #expect((step.failure == nil) == isSynced)
  }

  @Test func `a replica of before HELLO says both at once, and a master isn't asked`() {
    var old = synced(.replica)
    _ = old.start()
    #expect(old.received(.error("ERR unknown command `HELLO`")) == .send(["ROLE"]))
    #expect(old.received(role("sync")).failure?.code == .notSynced)
    var master = synced(.master)
    _ = master.start()
    #expect(
      master.received(node(role: "master"))
        == .done(.init(respVersion: 3, version: nil, role: .master)))
  }

  @Test func `a server that is full says so`() throws {
    var machine = machine()
    _ = machine.start()
    let error = try #require(
      machine.received(.error("ERR max number of clients reached")).failure)
    #expect(error.code == .connection(.tooManyClients))
  }

  @Test func `a data node is refused where a Sentinel is expected, and taken where any server is`()
    throws
  {
    var strict = machine()
    _ = strict.start()
    #expect(try #require(strict.received(hello(mode: "standalone")).failure).code == .notASentinel)
    var lenient = machine(expecting: .anyServer)
    _ = lenient.start()
    #expect(lenient.received(hello(mode: "standalone")) == .send(["ROLE"]))
    #expect(
      lenient.received(.array([.bulkString("master"), .integer(0), .array([])]))
        == .done(.init(respVersion: 3, version: "7.0.15", role: .master)))
  }

  @Test func `a data node that only knows RESP2 is refused too`() throws {
    var machine = machine(protocolVersion: .resp2)
    _ = machine.start()
    let role = RESPValue.array([.bulkString("master"), .integer(0), .array([])])
    #expect(try #require(machine.received(role).failure).code == .notASentinel)
  }

  @Test func `who may not ask for the role is given the benefit of the doubt`() {
    var machine = machine(protocolVersion: .resp2)
    _ = machine.start()
    #expect(
      machine.received(.error("NOPERM this user has no permissions to run the 'role' command"))
        == .done(.init(respVersion: 2, version: nil, role: nil)))
  }

  @Test func `an answer of another shape is no greeting`() throws {
    var machine = machine()
    _ = machine.start()
    #expect(try #require(machine.received(.integer(1)).failure).code == .protocolViolation)
  }
}

extension HandshakeMachine.Step {
  fileprivate var failure: SentinelError? { if case .fail(let error) = self { error } else { nil } }
}
