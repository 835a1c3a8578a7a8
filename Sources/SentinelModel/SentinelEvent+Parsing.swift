extension SentinelEvent {
  /// Takes an announcement apart. Never fails: what can't be read stays in `channel` and `payload`.
  ///
  /// Names of services may hold spaces, so `knownServices` are matched first; where none fits, the
  /// name is what stands before the last address that can be read.
  public init(
    channel: String, payload: String, knownServices: some Collection<ServiceName> = []
  ) {
    self.channel = channel
    self.payload = payload
    self.name = EventName(wire: channel)
    switch name {
    case .switchMaster: parseSwitch()
    case .newEpoch:
      if let epoch = UInt64(payload[...].trimmingSpaces()) { detail = .epoch(epoch) }
    case .voteForLeader: parseVote()
    case .tilt, .tiltEnded: break
    case .scriptError: parseScript(figures: 2)
    case .scriptTimeout: parseScript(figures: 1)
    case .sentinelAddressSwitch: parseAddressSwitch(knownServices)
    default: parseInstance(knownServices)
    }
  }

  /// `<service> <host> <port> <host> <port>`: the last four words are the addresses.
  private mutating func parseSwitch() {
    let words = payload.words
    guard words.count >= 5, let to = NodeAddress(words.suffix(2)),
      let from = NodeAddress(words.dropLast(2).suffix(2))
    else { return }
    let service = words.dropLast(4).joined(separator: " ")
    self.service = ServiceName(service)
    masterAddress = from
    subject = Subject(role: .master, name: service, address: to)
    detail = .switched(from: from, to: to)
  }

  private mutating func parseVote() {
    let words = payload.words
    guard words.count == 2, let epoch = UInt64(words[1]) else { return }
    detail = .vote(leader: String(words[0]), epoch: epoch)
  }

  /// `<path> <number>…`: a path may hold spaces.
  private mutating func parseScript(figures count: Int) {
    let words = payload.words
    let figures = words.suffix(count).compactMap { Int($0) }
    guard words.count > count, figures.count == count else { return }
    detail = .script(path: words.dropLast(count).joined(separator: " "), figures: figures)
  }

  /// `master <service> <host> <port> ip <host> port <port> for <id>`.
  private mutating func parseAddressSwitch(_ known: some Collection<ServiceName>) {
    let words = payload.words
    let tail = words.suffix(6)
    guard words.count > 8, tail.count == 6, let first = tail.first, first == "ip" else { return }
    let parts = Array(tail)
    guard parts[2] == "port", parts[4] == "for", let port = Int(parts[3]) else { return }
    parseInstance(words.dropLast(6), known)
    detail = .moved(id: String(parts[5]), to: NodeAddress(host: String(parts[1]), port: port))
  }

  private mutating func parseInstance(_ known: some Collection<ServiceName>) {
    parseInstance(parseTrailer(), known)
  }

  /// Reads what an event of this kind has after its instance, and gives the words before it.
  private mutating func parseTrailer() -> ArraySlice<Substring> {
    let words = payload.words[...]
    switch name {
    case .oDown:
      guard let last = words.last, last.first != nil else { return words }
      let figures = last.split(separator: "/").compactMap { Int($0) }
      guard words.dropLast().last == "#quorum", figures.count == 2 else { return words }
      detail = .agreeing(figures[0], quorum: figures[1])
      return words.dropLast(2)
    case .monitorStarted:
      guard words.dropLast().last == "quorum", let quorum = words.last.flatMap({ Int($0) }) else {
        return words
      }
      detail = .quorum(quorum)
      return words.dropLast(2)
    case .roleChange, .roleChangeUnexpected:
      guard words.dropLast().suffix(4) == ["new", "reported", "role", "is"],
        let role = words.last.flatMap({ NodeRole(wire: $0) })
      else { return words }
      detail = .reportedRole(role)
      return words.dropLast(5)
    case .sentinelAddressUpdate:
      guard words.suffix(3) == ["additional", "matching", "instances"],
        let count = words.dropLast(3).last.flatMap({ Int($0) })
      else { return words }
      detail = .alsoUpdated(count)
      return words.dropLast(4)
    default:
      return words
    }
  }

  /// `master <service> <host> <port>`, or
  /// `slave|sentinel <name> <host> <port> @ <service> <host> <port>`; `+set` has more behind it.
  private mutating func parseInstance(
    _ words: ArraySlice<Substring>, _ known: some Collection<ServiceName>
  ) {
    guard let role = words.first.flatMap({ NodeRole(wire: $0) }) else { return }
    if role == .master {
      guard let group = Group(words.dropFirst(), known: known, endsThere: name != .set) else {
        return
      }
      take(group)
      subject = Subject(role: .master, name: group.service.rawValue, address: group.address)
    } else {
      let words = Array(words)
      guard words.count > 5, words[4] == "@", let address = NodeAddress(words[2...3]),
        let group = Group(words[5...], known: known, endsThere: name != .set)
      else { return }
      take(group)
      subject = Subject(role: role, name: String(words[1]), address: address)
    }
  }

  private mutating func take(_ group: Group) {
    service = group.service
    masterAddress = group.address
    if name == .set, let option = group.rest.first {
      detail = .setting(
        option: String(option), value: group.rest.dropFirst().joined(separator: " "))
    }
  }
}

/// A service with its master's address, as events write it, and the words after it.
private struct Group {
  var service: ServiceName
  var address: NodeAddress
  var rest: ArraySlice<Substring> = []

  init?(
    _ words: ArraySlice<Substring>, known: some Collection<ServiceName>, endsThere: Bool
  ) {
    let text = words.joined(separator: " ")
    // The longest known name that fits is the right one: "a" and "a 1" may both be monitored.
    let fitting = known.filter { text.hasPrefix($0.rawValue + " ") }
    if let service = fitting.max(by: { $0.rawValue.count < $1.rawValue.count }) {
      let rest = words.dropFirst(service.rawValue.words.count)
      if let address = NodeAddress(rest.prefix(2)), !endsThere || rest.count == 2 {
        self.service = service
        self.address = address
        self.rest = rest.dropFirst(2)
        return
      }
    }
    let ends = endsThere ? [words.endIndex] : Array(words.indices.dropFirst(3)) + [words.endIndex]
    for end in ends {
      let head = words[..<end]
      if head.count >= 3, let address = NodeAddress(head.suffix(2)) {
        self.service = ServiceName(head.dropLast(2).joined(separator: " "))
        self.address = address
        self.rest = words[end...]
        return
      }
    }
    return nil
  }
}

extension NodeAddress {
  /// A host and a port that stand side by side. The host may be empty, the port may be 0.
  fileprivate init?(_ words: some Collection<Substring>) {
    guard words.count == 2, let host = words.first,
      let port = words.dropFirst().first.flatMap({ Int($0) }), (0...65535).contains(port)
    else { return nil }
    self.init(host: String(host), port: port)
  }
}

extension String {
  /// The words between single spaces; two spaces in a row have an empty word between them.
  fileprivate var words: [Substring] { split(separator: " ", omittingEmptySubsequences: false) }
}
