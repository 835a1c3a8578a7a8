/// Where a server listens: a host, which is a name or an IP address, and a TCP port.
public struct NodeAddress: Hashable, Sendable {
  /// A host name or an IP address; IPv6 addresses are kept without brackets.
  public var host: String
  /// A TCP port. Sentinels report 0 for an address that they know to be wrong.
  public var port: Int

  /// Makes an address of its parts, taken as they are.
  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `host`, `host:port`, `[ipv6]:port`, `[ipv6]` or a bare IPv6 address.
  ///
  /// Nil where the host is empty or holds a blank, a slash or a bracket, or the port isn't 1…65535.
  public init?(parsing text: some StringProtocol, defaultPort: Int) {
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]") else { return nil }
      let host = text[text.index(after: text.startIndex)..<end]
      let rest = text[text.index(after: end)...]
      guard let port = Self.port(in: rest, otherwise: defaultPort) else { return nil }
      self.init(checking: host, port: port)
      return
    }
    let colons = text.count { $0 == ":" }
    guard colons == 1, let colon = text.firstIndex(of: ":") else {
      self.init(checking: text, port: defaultPort)
      return
    }
    guard let port = Self.port(in: text[colon...], otherwise: defaultPort) else { return nil }
    self.init(checking: text[..<colon], port: port)
  }

  private init?(checking host: some StringProtocol, port: Int) {
    guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || "[]/".contains($0) }) else {
      return nil
    }
    self.init(host: String(host), port: port)
  }

  private static func port(in text: some StringProtocol, otherwise: Int) -> Int? {
    if text.isEmpty { return otherwise }
    let digits = text.dropFirst()
    guard text.first == ":", digits.first != "+", let port = Int(digits),
      (1...65535).contains(port)
    else { return nil }
    return port
  }
}

extension NodeAddress: CustomStringConvertible {
  /// `host:port`, with brackets round an IPv6 address.
  public var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}

extension NodeAddress: Comparable {
  /// By host, then by port: the order in which lists of addresses are shown.
  public static func < (left: NodeAddress, right: NodeAddress) -> Bool {
    left.host == right.host ? left.port < right.port : left.host < right.host
  }
}
