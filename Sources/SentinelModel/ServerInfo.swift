/// An INFO text as fields, in the order the server wrote them.
public struct ServerInfo: Hashable, Sendable {
  private var fields: [String: String] = [:]
  /// The names of the fields, in order.
  public private(set) var names: [String] = []

  /// Reads `name:value` lines; headings, blank lines and lines without a colon are passed over.
  public init(text: some StringProtocol) {
    // Names of services may hold what Unicode calls a line end; only these two are the server's.
    for line in text.split(whereSeparator: { $0 == "\r\n" || $0 == "\n" }) where line.first != "#" {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let name = String(line[..<colon])
      if fields.updateValue(String(line[line.index(after: colon)...]), forKey: name) == nil {
        names.append(name)
      }
    }
  }

  /// The text of a field.
  public subscript(name: String) -> String? { fields[name] }

  /// The number in a field.
  public func integer(_ name: String) -> Int? { fields[name].flatMap { Int($0) } }
}

extension ServerInfo {
  /// The server's own version: Valkey's where it has one, else Redis'.
  public var version: String? { self["valkey_version"] ?? self["redis_version"] }

  /// Whether the server is Valkey.
  public var isValkey: Bool { self["valkey_version"] != nil || self["server_name"] == "valkey" }

  /// Whether the text comes from a Sentinel.
  public var isSentinel: Bool {
    self["redis_mode"] == "sentinel" || self["server_mode"] == "sentinel"
      || self["sentinel_masters"] != nil
  }

  /// Whether the Sentinel distrusts its clock; nil where the text doesn't say.
  public var isTilted: Bool? { integer("sentinel_tilt").map { $0 != 0 } }

  /// How long the Sentinel has been in tilt; nil when it isn't, or where the server can't say.
  public var tiltedFor: Duration? {
    guard let seconds = integer("sentinel_tilt_since_seconds"), seconds >= 0 else { return nil }
    return .seconds(seconds)
  }

  /// The services that an INFO of a Sentinel lists, in the server's order.
  public var services: [ServiceLine] {
    names.lazy.filter { $0.hasPrefix("master") && $0.dropFirst(6).allSatisfy(\.isNumber) }
      .compactMap { self[$0].flatMap(ServiceLine.init(parsing:)) }
  }

  /// The replicas that an INFO of a master lists, in the server's order.
  public var attachedReplicas: [AttachedReplica] {
    names.lazy.filter { name in
      // By its bytes: most of the hundreds of names are something else.
      let bytes = name.utf8
      return bytes.count > 5 && bytes.starts(with: "slave".utf8)
        && bytes.dropFirst(5).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    .compactMap { self[$0].flatMap(AttachedReplica.init(parsing:)) }
  }
}

/// One `masterN` line of a Sentinel's INFO.
public struct ServiceLine: Hashable, Sendable {
  /// The service's name.
  public var name: ServiceName
  /// `ok`, `sdown` or `odown`.
  public var status: String
  /// The master's address.
  public var address: NodeAddress
  /// Known replicas.
  public var replicas: Int
  /// Known Sentinels, the asked one included.
  public var sentinels: Int

  /// Reads `name=…,status=…,address=…,slaves=…,sentinels=…` from the right, since a name may hold
  /// commas and equal signs, and an IPv6 address is written without brackets.
  public init?(parsing text: some StringProtocol) {
    var rest = text[...]
    func take(_ key: String) -> String? {
      guard let cut = rest.lastRange(of: key) else { return nil }
      defer { rest = rest[..<cut.lowerBound] }
      return String(rest[cut.upperBound...])
    }
    guard let sentinels = take(",sentinels=").flatMap({ Int($0) }),
      let replicas = take(",slaves=").flatMap({ Int($0) }),
      let address = take(",address="),
      let status = take(",status="),
      let colon = address.lastIndex(of: ":"),
      let port = Int(address[address.index(after: colon)...]),
      rest.hasPrefix("name=")
    else { return nil }
    self.name = ServiceName(rest.dropFirst(5))
    self.status = status
    self.address = NodeAddress(host: String(address[..<colon]), port: port)
    self.replicas = replicas
    self.sentinels = sentinels
  }
}

/// One `slaveN` line of a master's INFO: a replica that is attached to it.
public struct AttachedReplica: Hashable, Sendable {
  /// Where it listens, as it told the master.
  public var address: NodeAddress
  /// `online`, or a step of a synchronisation.
  public var state: String
  /// The last offset it acknowledged, in bytes.
  public var offset: UInt64
  /// Time since that acknowledgement, in whole seconds; meaningless while it isn't online.
  public var lag: Duration

  /// Reads `ip=…,port=…,state=…,offset=…,lag=…`, with unknown keys passed over.
  public init?(parsing text: some StringProtocol) {
    var values: [Substring: Substring] = [:]
    for pair in text.split(separator: ",") {
      guard let equal = pair.firstIndex(of: "=") else { continue }
      values[Substring(pair[..<equal])] = Substring(pair[pair.index(after: equal)...])
    }
    guard let host = values["ip"], let port = values["port"].flatMap({ Int($0) }),
      let state = values["state"]
    else { return nil }
    self.address = NodeAddress(host: String(host), port: port)
    self.state = String(state)
    self.offset = values["offset"].flatMap { UInt64($0) } ?? 0
    self.lag = .seconds(values["lag"].flatMap { Int($0) } ?? 0)
  }
}

extension StringProtocol {
  /// The last place where the other text occurs.
  func lastRange(of other: String) -> Range<Index>? {
    var start = endIndex
    while true {
      if self[start...].hasPrefix(other) {
        return start..<index(start, offsetBy: other.count)
      }
      if start == startIndex { return nil }
      start = index(before: start)
    }
  }
}
