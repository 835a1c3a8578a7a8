import SentinelInsight
import SentinelModel
import TestSupport

/// What was recorded of a real deployment, as observations in the order of their time.
struct Recording {
  let name: String
  private(set) var observations: [Observation] = []

  /// The events of a recording, and with them what polling saw, where that was recorded too.
  init(_ name: String, polled: Bool = true) throws {
    let states = polled ? try PolledStates(name) : nil
    self.name = name
    var sources: [[Observation]] = try [Self.events(name), Self.endings(name)]
    if let states { sources.append(states.observations) }
    // Of the same millisecond, what was announced comes before what was asked.
    let indexed = sources.enumerated().flatMap { index, list in list.map { (index, $0) } }
    let sorted = indexed.enumerated().sorted { left, right in
      let l = left.element
      let r = right.element
      return (l.1.at, l.0, left.offset) < (r.1.at, r.0, right.offset)
    }
    let greetings = states?.greetings ?? []
    observations = greetings + sorted.map(\.element.1)
  }

  static func events(_ name: String) throws -> [Observation] {
    try Fixture.events(name).map {
      Observation(
        source: .local($0.port), at: Timestamp(milliseconds: $0.milliseconds),
        fact: .event(SentinelEvent(channel: $0.channel, payload: $0.payload)))
    }
  }

  /// `# 1795354611694 state: sentinel [27612] exited …` is the end of a connection.
  private static func endings(_ name: String) throws -> [Observation] {
    try lines("\(name).events.txt").compactMap { line in
      guard line.hasPrefix("# "), line.contains("exited"),
        let at = Int64(line.split(separator: " ")[1]),
        let port = line.split(separator: "[").dropFirst().first.flatMap({
          Int($0.prefix { $0 != "]" })
        })
      else { return nil }
      return Observation(
        source: .local(port), at: Timestamp(milliseconds: at), fact: .lost(reason: "exited"))
    }
  }

  static func lines(_ file: String) throws -> [Substring] {
    try Fixture.text(file.contains("/") ? file : "events/\(file)").split(separator: "\n")
  }

  /// The recording with what polling saw, where that was recorded, and without where it wasn't.
  static func whole(_ name: String) throws -> Recording {
    let path = name.contains("/") ? name : "events/\(name)"
    let states = try Fixture.paths(suffix: ".states.txt")
    return try Recording(name, polled: states.contains("\(path).states.txt"))
  }

  /// The Sentinels that have a stream of events.
  var speakers: [NodeAddress] {
    var speakers: Set<NodeAddress> = []
    for case let observation in observations {
      if case .event = observation.fact { speakers.insert(observation.source) }
    }
    return speakers.sorted()
  }

  /// Without anything that this Sentinel announced, and without what it answered where it was deaf
  /// and dumb.
  func without(_ source: NodeAddress, andItsAnswers isMute: Bool) -> Recording {
    var copy = self
    copy.observations.removeAll { observation in
      guard observation.source == source else { return false }
      if case .event = observation.fact { return true }
      return isMute
    }
    return copy
  }

  /// Everything that a Sentinel told comes up to two seconds late, in its own order.
  func delayed(_ seed: UInt64) -> Recording {
    var generator = SeededGenerator(seed: seed)
    var last: [NodeAddress: Timestamp] = [:]
    var copy = self
    for index in copy.observations.indices {
      let delay = Duration.milliseconds(Int.random(in: 0...2_000, using: &generator))
      let source = copy.observations[index].source
      let at = max(
        last[source] ?? .init(microseconds: 0), observations[index].at.advanced(by: delay))
      last[source] = at
      copy.observations[index].at = at
    }
    copy.observations = copy.observations.enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    return copy
  }

  /// The incidents, a minute after the last that was told.
  var timeline: FailoverTimeline {
    var timeline = FailoverTimeline()
    var topology = Topology()
    for observation in observations + [silence].compactMap(\.self) {
      topology.apply(observation)
      timeline.apply(observation, in: topology)
    }
    return timeline
  }

  /// Something said a minute later that is of no interest.
  private var silence: Observation? {
    observations.last.map {
      Observation(
        source: $0.source, at: $0.at.advanced(by: .seconds(60)), fact: .unreadable("nothing"))
    }
  }

  /// All of it, folded.
  var log: EventLog {
    observations.reduce(into: EventLog()) { $0.apply($1) }
  }

  var topology: Topology {
    observations.reduce(into: Topology()) { $0.apply($1) }
  }
}

extension NodeAddress {
  static func local(_ port: Int) -> NodeAddress { NodeAddress(host: "127.0.0.1", port: port) }
}

/// What polling saw: the lines of a `.states.txt` file.
private struct PolledStates {
  private(set) var observations: [Observation] = []
  private var views: [Int: View] = [:]
  private var ids: [Int: String] = [:]
  private var firstAt: Int64?

  private struct View {
    var masters: [String: MasterState] = [:]
    var replicas: [String: [String: ReplicaState]] = [:]
    var sentinels: [String: [String: SentinelState]] = [:]
  }

  /// The settings that the head of the recording tells.
  private var timeout = Duration.seconds(6)
  private var downAfter = Duration.zero

  init(_ name: String) throws {
    let head = try Recording.lines("\(name).events.txt").first?.split(separator: " ") ?? []
    func setting(_ option: Substring) -> Duration? {
      guard let index = head.firstIndex(of: option), index + 1 < head.count else { return nil }
      return Int(head[index + 1].prefix(while: \.isNumber)).map { .milliseconds($0) }
    }
    timeout = setting("failover-timeout") ?? timeout
    downAfter = setting("down-after") ?? downAfter
    var group: (at: Int64, port: Int)?
    var touched: Set<String> = []
    for line in try Recording.lines("\(name).states.txt") where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      guard let at = Int64(words[0]), let port = Int(words[1]) else { continue }
      firstAt = firstAt ?? at
      if let group, group != (at, port) {
        flush(group.at, group.port, touched)
        touched = []
      }
      group = (at, port)
      touched.insert(words[2] == "master" ? "master" : "\(words[2]) \(words[3])")
      take(words, port)
    }
    if let group { flush(group.at, group.port, touched) }
  }

  /// A greeting of each Sentinel that was polled, with the id by which the others know it.
  var greetings: [Observation] {
    views.keys.sorted().flatMap { port in
      let at = Timestamp(milliseconds: firstAt ?? 0)
      let identity = SentinelIdentity(id: ids[port], version: "7.0.15", respVersion: 3)
      return [
        Observation(source: .local(port), at: at, fact: .connected(identity)),
        Observation(source: .local(port), at: at, fact: .listening(gap: nil)),
      ]
    }
  }

  private mutating func take(_ words: [String], _ port: Int) {
    let service = words[3]
    let isMaster = words[2] == "master"
    let name = isMaster ? service : words[4]
    let isGone = words.last == "(gone)"
    var fields: [String: String] = [:]
    for word in words.dropFirst(isMaster ? 4 : 5) {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { fields[String(parts[0])] = String(parts[1]) }
    }
    var view = views[port] ?? View()
    switch words[2] {
    case "master":
      view.masters[name] = isGone ? nil : MasterState(name, fields, timeout)
      view.masters[name]?.report.downAfter = downAfter
    case "slave":
      view.replicas[service, default: [:]][name] = isGone ? nil : ReplicaState(name, fields)
    default:
      let state = isGone ? nil : SentinelState(name, fields)
      view.sentinels[service, default: [:]][name] = state
      if let state { ids[state.address.port] = state.id }
    }
    views[port] = view
  }

  private mutating func flush(_ at: Int64, _ port: Int, _ touched: Set<String>) {
    guard let view = views[port] else { return }
    func add(_ fact: Observation.Fact) {
      observations.append(
        Observation(source: .local(port), at: Timestamp(milliseconds: at), fact: fact))
    }
    if touched.contains("master") {
      add(.masters(view.masters.values.sorted { $0.name < $1.name }, roundTrip: .zero))
    }
    for (service, replicas) in view.replicas where touched.contains("slave \(service)") {
      add(.replicas(ServiceName(service), replicas.values.sorted { $0.address < $1.address }))
    }
    for (service, others) in view.sentinels where touched.contains("sentinel \(service)") {
      add(.sentinels(ServiceName(service), others.values.sorted { $0.address < $1.address }))
    }
  }
}

extension MasterState {
  fileprivate init(_ name: String, _ fields: [String: String], _ timeout: Duration) {
    let address = NodeAddress(
      host: fields["ip"] ?? "", port: fields["port"].flatMap { Int($0) } ?? 0)
    self.init(
      name: ServiceName(name),
      report: InstanceReport(address: address, flags: InstanceFlags(wire: fields["flags"] ?? "")))
    configEpoch = fields["config-epoch"].flatMap { UInt64($0) } ?? 0
    failoverState = fields["failover-state"].map { FailoverState(wire: $0) }
    replicaCount = fields["num-slaves"].flatMap { Int($0) } ?? 0
    otherSentinelCount = fields["num-other-sentinels"].flatMap { Int($0) } ?? 0
    quorum = 2
    failoverTimeout = timeout
  }
}

extension ReplicaState {
  fileprivate init(_ name: String, _ fields: [String: String]) {
    // An IPv6 address stands in brackets, a name may have colons of its own.
    let address = NodeAddress(parsing: name, defaultPort: 0) ?? NodeAddress(host: name, port: 0)
    self.init(
      name: name,
      report: InstanceReport(address: address, flags: InstanceFlags(wire: fields["flags"] ?? "")))
    reportedRole = fields["role-reported"].flatMap { NodeRole(wire: $0) }
    masterLink = fields["master-link-status"] == "ok" ? .up : .down(for: nil)
    if let host = fields["master-host"], host != "?",
      let port = fields["master-port"].flatMap({ Int($0) })
    {
      masterAddress = NodeAddress(host: host, port: port)
    }
    priority = fields["slave-priority"].flatMap { Int($0) } ?? 100
    // Not recorded: INFO came all the time.
    sinceInfo = .milliseconds(500)
  }
}

extension SentinelState {
  fileprivate init(_ id: String, _ fields: [String: String]) {
    let address = NodeAddress.local(fields["port"].flatMap { Int($0) } ?? 0)
    self.init(
      id: id,
      report: InstanceReport(address: address, flags: InstanceFlags(wire: fields["flags"] ?? "")))
    votedLeader = fields["voted-leader"] == "?" ? nil : fields["voted-leader"]
    votedLeaderEpoch = fields["voted-leader-epoch"].flatMap { UInt64($0) } ?? 0
  }
}
