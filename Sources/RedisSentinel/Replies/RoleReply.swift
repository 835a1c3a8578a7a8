package import RESP
public import SentinelModel

/// A server's answer to ROLE.
public enum RoleReply: Hashable, Sendable {
  /// A master: its replication offset, and the replicas that are online.
  case master(offset: Int64, replicas: [AttachedNode])
  /// A replica: whom it follows, how the link stands, and how far it has read; nil when not connected.
  case replica(master: NodeAddress, state: String, offset: Int64?)
  /// A Sentinel, with the services it monitors.
  case sentinel(services: [ServiceName])

  /// A replica as its master sees it.
  public struct AttachedNode: Hashable, Sendable {
    /// Where it listens.
    public var address: NodeAddress
    /// The offset that it acknowledged last.
    public var offset: Int64
  }
}

extension RoleReply {
  /// Whether a replica has its master's data and gets what is new; nil for who is none.
  var isLinked: Bool? {
    if case .replica(_, let state, _) = self { state == "connected" } else { nil }
  }

  /// Reads the answer; nil where it has another shape.
  package init?(reply: RESPValue) {
    guard let elements = reply.elements, let word = elements.first?.text,
      let role = NodeRole(wire: word)
    else { return nil }
    switch role {
    case .master:
      guard elements.count >= 3, let offset = elements[1].integer,
        let replicas = elements[2].elements
      else { return nil }
      self = .master(
        offset: offset,
        replicas: replicas.compactMap { replica in
          guard let parts = replica.elements, parts.count >= 3, let host = parts[0].text,
            let port = parts[1].integer, let offset = parts[2].integer
          else { return nil }
          return AttachedNode(
            address: NodeAddress(host: host, port: Int(port)), offset: offset)
        })
    case .replica:
      guard elements.count >= 5, let host = elements[1].text, let port = elements[2].integer,
        let state = elements[3].text, let offset = elements[4].integer
      else { return nil }
      self = .replica(
        master: NodeAddress(host: host, port: Int(port)), state: state,
        offset: offset < 0 ? nil : offset)
    case .sentinel:
      guard elements.count >= 2, let names = elements[1].elements else { return nil }
      self = .sentinel(services: names.compactMap { $0.text.map { ServiceName($0) } })
    }
  }
}
