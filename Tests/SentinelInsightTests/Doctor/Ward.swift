import SentinelInsight
import SentinelModel
import TestSupport

/// A deployment in good health, in which a test makes things go wrong, and a doctor who looks at it
/// every second. What the data nodes say of themselves was recorded from real ones.
struct Ward {
  typealias S = Sample

  var masters: [NodeAddress: [MasterState]] = [:]
  var replicas: [NodeAddress: [ReplicaState]] = [:]
  var others: [NodeAddress: [SentinelState]] = [:]
  /// Fields that differ from what was recorded; without a value the field is left out.
  var infos: [NodeAddress: [String: String?]] = [:]
  var settings: [NodeAddress: [String: String]?] = [:]
  var scripts: [NodeAddress: [PendingScript]] = [:]
  var ownInfos: [NodeAddress: [String: String]] = [:]
  var versions: [NodeAddress: String] = [:]
  var reasons: [NodeAddress: String] = [:]
  /// Nodes that can't be asked by us, with the reason.
  var mute: [NodeAddress: String] = [:]
  /// Nodes that we ask ourselves.
  var asked: Set<NodeAddress> = []
  var hasInfoCache = true
  /// How far a node's clock is ahead.
  var clocks: [NodeAddress: Duration] = [:]
  /// Bytes that are written each second.
  var writes: [NodeAddress: Int] = [:]

  /// What each node says in this second, so that it is put together once.
  private var texts: [NodeAddress: ServerInfo] = [:]
  private(set) var topology = Topology(seeds: S.sentinels)
  private(set) var log = EventLog()
  var doctor = Doctor(circumstances: Doctor.Circumstances(givesPassword: true))
  private(set) var now = S.start
  private let masterLines: [Substring]
  private let replicaLines: [Substring]

  static let nodes = [S.a, S.b, S.c]
  private static let cacheAge = Duration.milliseconds(500)

  init() throws {
    masterLines = Self.lines(try Fixture.replyText("data-node/master-info.resp2"))
    replicaLines = Self.lines(try Fixture.replyText("data-node/replica-info.resp2"))
    for sentinel in S.sentinels {
      var master = S.master()
      master.report.runID = "run-a"
      master.report.downAfter = .seconds(5)
      master.parallelSyncs = 1
      master.sinceInfo = .seconds(1)
      master.reportedRole = .master
      masters[sentinel] = [master]
      replicas[sentinel] = [S.b, S.c].map { address in
        var replica = S.replica(address)
        replica.report.runID = address == S.b ? "run-b" : "run-c"
        replica.report.downAfter = .seconds(5)
        replica.replicationOffset = 1_000_000
        return replica
      }
      others[sentinel] = S.sentinels.filter { $0 != sentinel }.map { S.sentinel($0) }
      settings[sentinel] = [
        "resolve-hostnames": "no", "announce-hostnames": "no", "announce-ip": "",
        "announce-port": "0", "sentinel-user": "",
      ]
      scripts[sentinel] = []
      ownInfos[sentinel] = [
        "sentinel_tilt": "0", "sentinel_scripts_queue_length": "0",
        "sentinel_simulate_failure_flags": "0",
      ]
      versions[sentinel] = "7.0.15"
    }
    infos[S.a] = [
      "run_id": "run-a", "tcp_port": "6379", "master_repl_offset": "1000000",
      "min_slaves_good_slaves": "2", "master_replid": "history",
      "slave0": "ip=10.0.0.2,port=6379,state=online,offset=1000000,lag=0",
      "slave1": "ip=10.0.0.3,port=6379,state=online,offset=1000000,lag=0",
    ]
    for (node, run) in [(S.b, "run-b"), (S.c, "run-c")] {
      infos[node] = [
        "run_id": run, "tcp_port": "6379", "master_repl_offset": "1000000",
        "slave_repl_offset": "1000000", "master_replid": "history", "master_host": "10.0.0.1",
        "master_port": "6379",
      ]
    }
    for sentinel in S.sentinels { tell(.listening(gap: nil), from: sentinel) }
  }

  /// Lets time pass; everybody is asked, and the doctor looks, every second.
  mutating func pass(_ seconds: Int) {
    for _ in 0..<seconds { tick() }
  }

  mutating func tick() {
    now = now.advanced(by: .seconds(1))
    for (node, bytes) in writes {
      let offset = infos[node]?["master_repl_offset"].flatMap { $0.flatMap { Int($0) } } ?? 0
      infos[node]?["master_repl_offset"] = "\(offset + bytes)"
    }
    texts = [:]
    for node in infos.keys { texts[node] = info(of: node, age: Self.cacheAge) }
    for node in asked.sorted() {
      tell(.sampled(info(of: node, age: .zero), roundTrip: .milliseconds(1)), from: node)
    }
    for (node, reason) in mute { tell(.unsampled(reason: reason), from: node) }
    for sentinel in S.sentinels { survey(sentinel) }
    doctor.examine(topology, log, at: now)
  }

  private mutating func survey(_ sentinel: NodeAddress) {
    if let reason = reasons[sentinel] { return tell(.lost(reason: reason), from: sentinel) }
    tell(
      .connected(
        SentinelIdentity(id: S.id(sentinel), version: versions[sentinel], respVersion: 3)),
      from: sentinel)
    tell(.masters(masters[sentinel] ?? [], roundTrip: .milliseconds(1)), from: sentinel)
    for master in masters[sentinel] ?? [] {
      tell(.replicas(master.name, replicas[sentinel] ?? []), from: sentinel)
      tell(.sentinels(master.name, others[sentinel] ?? []), from: sentinel)
      if hasInfoCache { tell(.infoCache([cache(of: master, at: sentinel)]), from: sentinel) }
    }
    if let settings = settings[sentinel] ?? nil { tell(.configuration(settings), from: sentinel) }
    tell(.scripts(scripts[sentinel] ?? []), from: sentinel)
    let lines = (ownInfos[sentinel] ?? [:]).map { "\($0):\($1)" }
    tell(.info(ServerInfo(text: lines.joined(separator: "\r\n"))), from: sentinel)
  }

  private func cache(of master: MasterState, at sentinel: NodeAddress) -> ServiceInfoCache {
    return ServiceInfoCache(
      service: master.name,
      master: CachedInfo(age: Self.cacheAge, info: texts[master.address]),
      replicas: (replicas[sentinel] ?? []).map { replica in
        // One that is reached under another address still says the same of itself.
        let node = infos.first { $0.value["run_id"] == replica.report.runID }?.key
        return CachedInfo(age: Self.cacheAge, info: node.flatMap { texts[$0] })
      })
  }

  private func info(of node: NodeAddress, age: Duration) -> ServerInfo {
    var fields = infos[node] ?? [:]
    if fields["server_time_usec"] == nil {
      let time = now.advanced(by: .zero - age + (clocks[node] ?? .zero))
      fields["server_time_usec"] = "\(time.microseconds)"
    }
    if fields["rdb_last_save_time"] == nil {
      fields["rdb_last_save_time"] = "\(now.milliseconds / 1_000 - 60)"
    }
    let recorded = (node == S.a ? masterLines : replicaLines).filter { line in
      fields[String(line.prefix { $0 != ":" })] == nil
    }
    let lines = recorded + fields.compactMap { name, value in value.map { "\(name):\($0)"[...] } }
    return ServerInfo(text: lines.joined(separator: "\r\n"))
  }

  /// The lines of the sections in which the rules read: the rest would only take time.
  private static func lines(_ text: String) -> [Substring] {
    let sections = ["# Server", "# Memory", "# Persistence", "# Replication"]
    var isRead = false
    return text.split(separator: "\r\n").filter { line in
      if line.first == "#" { isRead = sections.contains(String(line)) }
      return isRead
    }
  }

  mutating func tell(_ fact: Observation.Fact, from source: NodeAddress) {
    let observation = Observation(source: source, at: now, fact: fact)
    topology.apply(observation)
    log.apply(observation)
  }

  mutating func event(_ channel: String, _ payload: String, from sentinel: NodeAddress = S.s1) {
    tell(.event(SentinelEvent(channel: channel, payload: payload)), from: sentinel)
  }

  mutating func note(_ entry: LogEntry) { log.add(entry) }

  /// Changes what the Sentinels say of the master: one of them, or all.
  mutating func master(_ sentinel: NodeAddress? = nil, _ change: (inout MasterState) -> Void) {
    for address in sentinel.map({ [$0] }) ?? S.sentinels {
      change(&masters[address, default: []][0])
    }
  }

  /// The same for a replica.
  mutating func replica(
    _ address: NodeAddress? = nil, at sentinel: NodeAddress? = nil,
    _ change: (inout ReplicaState) -> Void
  ) {
    for one in sentinel.map({ [$0] }) ?? S.sentinels {
      for index in replicas[one, default: []].indices
      where address == nil || replicas[one, default: []][index].address == address {
        change(&replicas[one, default: []][index])
      }
    }
  }

  /// The same for another Sentinel.
  mutating func other(
    _ address: NodeAddress, at sentinel: NodeAddress? = nil,
    _ change: (inout SentinelState) -> Void
  ) {
    for one in sentinel.map({ [$0] }) ?? S.sentinels {
      for index in others[one, default: []].indices
      where others[one, default: []][index].address == address {
        change(&others[one, default: []][index])
      }
    }
  }

  /// The rules that speak, but for those that can't know.
  var speaking: Set<String> {
    Set(doctor.findings.filter { $0.standing != .unknown }.map(\.rule))
  }

  /// The rules that can't know.
  var unknowing: Set<String> {
    Set(doctor.findings.filter { $0.standing == .unknown }.map(\.rule))
  }

  subscript(rule: String) -> Finding? { doctor.findings.first { $0.rule == rule } }
}
