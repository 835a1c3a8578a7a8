package import RESP
public import SentinelModel

/// A question or an order to a Sentinel, and how its answer is read.
public struct SentinelQuery<Reply: Sendable>: Sendable {
  /// The words to send.
  public let words: [String]
  /// The service it is about, for errors.
  public let service: ServiceName?
  /// Whether it changes something: then it is never repeated at another Sentinel once it has left.
  public let isChange: Bool
  /// Nil where the reply has another shape, as an error reply mostly has.
  let read: @Sendable (RESPValue) -> Reply?
  /// Reads a reply as it came, without a tree of values, where that is worth while; nil where it isn't
  /// plain.
  private let readWire: (@Sendable (RESPBytes) -> Reply?)?

  package init(
    _ words: [String], about service: ServiceName? = nil, isChange: Bool = false,
    wire readWire: (@Sendable (RESPBytes) -> Reply?)? = nil,
    read: @escaping @Sendable (RESPValue) -> Reply?
  ) {
    self.words = words
    self.service = service
    self.isChange = isChange
    self.read = read
    self.readWire = readWire
  }

  /// - Throws: `.invalidConfiguration` where it is about a service without a name.
  func validate() throws(SentinelError) {
    guard service?.rawValue.isEmpty == true else { return }
    throw SentinelError(.invalidConfiguration, "the service's name is empty")
  }

  /// The answer out of a reply, read or as it came.
  package func reply(
    _ received: ReceivedReply, from endpoint: NodeAddress
  ) throws(SentinelError) -> Reply {
    if case .wire(let wire) = received, let reply = readWire?(wire) { return reply }
    return try reply(received.value, from: endpoint)
  }

  /// The answer out of a reply.
  package func reply(_ value: RESPValue, from endpoint: NodeAddress) throws(SentinelError) -> Reply
  {
    if let reply = read(value) { return reply }
    if let text = value.errorText {
      throw SentinelError(ServerError(text: text), endpoint: endpoint).about(service)
    }
    var error = SentinelError(
      .protocolViolation, "\(value.kind) is no answer to \(words.prefix(2).joined(separator: " "))",
      endpoint: endpoint, service: service)
    // Not a no: an order may well have been carried out.
    error.mayHaveExecuted = isChange
    throw error
  }
}

extension SentinelQuery where Reply == RESPValue {
  /// Any command by its words; the answer as it comes.
  package static func any(_ words: [String]) -> Self {
    SentinelQuery(words, isChange: true) { $0.errorText == nil ? $0 : nil }
  }
}

extension SentinelQuery where Reply == Entries<MasterState> {
  package static var masters: Self {
    SentinelQuery(
      ["SENTINEL", "MASTERS"],
      wire: { Entries(wire: $0) { (fields) throws(BadEntry) in try MasterState(taking: &fields) } },
      read: { Entries($0, MasterState.init(reply:)) })
  }
}

extension SentinelQuery where Reply == MasterState {
  package static func master(_ service: ServiceName) -> Self {
    SentinelQuery(["SENTINEL", "MASTER", service.rawValue], about: service) {
      try? MasterState(reply: $0)
    }
  }
}

extension SentinelQuery where Reply == Entries<ReplicaState> {
  package static func replicas(_ service: ServiceName, word: String = "REPLICAS") -> Self {
    SentinelQuery(
      ["SENTINEL", word, service.rawValue], about: service,
      wire: {
        Entries(wire: $0) { (fields) throws(BadEntry) in try ReplicaState(taking: &fields) }
      },
      read: { Entries($0, ReplicaState.init(reply:)) })
  }
}

extension SentinelQuery where Reply == Entries<SentinelState> {
  package static func sentinels(_ service: ServiceName) -> Self {
    SentinelQuery(
      ["SENTINEL", "SENTINELS", service.rawValue], about: service,
      wire: {
        Entries(wire: $0) { (fields) throws(BadEntry) in try SentinelState(taking: &fields) }
      },
      read: { Entries($0, SentinelState.init(reply:)) })
  }
}

extension SentinelQuery where Reply == NodeAddress? {
  /// Nil is the answer for a service that the Sentinel doesn't know.
  package static func masterAddress(_ service: ServiceName) -> Self {
    SentinelQuery(["SENTINEL", "GET-MASTER-ADDR-BY-NAME", service.rawValue], about: service) {
      reply in
      if reply == .null || reply == .array([]) { return .some(nil) }
      guard let parts = reply.elements, parts.count == 2,
        let host = parts[0].bytes?.validText, !host.isEmpty,
        let port = parts[1].integer, (1...65535).contains(port)
      else { return nil }
      return NodeAddress(host: host, port: Int(port))
    }
  }
}

extension SentinelQuery where Reply == QuorumReport {
  package static func checkQuorum(_ service: ServiceName) -> Self {
    SentinelQuery(["SENTINEL", "CKQUORUM", service.rawValue], about: service) {
      QuorumReport(reply: $0)
    }
  }
}

extension SentinelQuery where Reply == ServerInfo {
  package static func info(_ sections: [String]) -> Self {
    SentinelQuery(["INFO"] + sections) { $0.text.map { ServerInfo(text: $0) } }
  }
}

extension SentinelQuery where Reply == String {
  package static var myID: Self {
    SentinelQuery(["SENTINEL", "MYID"]) { $0.bytes?.validText }
  }

  /// An order whose answer is OK.
  package static func order(_ command: Command) -> Self {
    SentinelQuery(command.words, about: command.service, isChange: true) { $0.text }
  }
}

extension SentinelQuery where Reply == Int {
  package static func reset(pattern: String) -> Self {
    SentinelQuery(Command.reset(pattern: pattern).words, isChange: true) {
      $0.integer.map { Int($0) }
    }
  }
}

extension SentinelQuery where Reply == [ServiceInfoCache] {
  package static func infoCache(_ services: [ServiceName]) -> Self {
    SentinelQuery(["SENTINEL", "INFO-CACHE"] + services.map(\.rawValue)) {
      ServiceInfoCache.read($0)
    }
  }
}

extension SentinelQuery where Reply == Entries<PendingScript> {
  package static var pendingScripts: Self {
    SentinelQuery(["SENTINEL", "PENDING-SCRIPTS"]) { Entries($0, PendingScript.init(reply:)) }
  }
}

extension SentinelQuery where Reply == [String: String] {
  package static func configuration(matching patterns: [String]) -> Self {
    SentinelQuery(["SENTINEL", "CONFIG", "GET"] + patterns) { Fields($0)?.texts }
  }
}

extension SentinelQuery where Reply == RoleReply {
  package static var role: Self {
    SentinelQuery(["ROLE"]) { RoleReply(reply: $0) }
  }
}
