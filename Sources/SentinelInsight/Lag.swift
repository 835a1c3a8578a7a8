package import SentinelModel

/// How far a replica is behind its master, who says so, and how old that is.
package struct Lag: Hashable, Sendable {
  package var replica: NodeAddress
  /// Bytes of the master's stream that it has not processed; nil where that can't be told.
  package var bytes: UInt64?
  /// Time since the master last heard how far it is; nil where the master doesn't say.
  package var time: Duration?
  package var source: Source
  /// The age of the older one of the two numbers it was made of.
  package var age: Duration
  /// Whether it is copying the whole data set.
  package var isSyncing = false
  /// How much of that copy has arrived, 0…100; nil where that isn't known.
  package var syncPercent: Double?
  /// Whether its data come from another history than the master's, so that no offset means anything.
  package var isForeign = false

  /// Who says so.
  package enum Source: Hashable, Sendable {
    /// The nodes themselves, asked by us.
    case nodes
    /// The INFO texts that a Sentinel keeps.
    case infoCache(NodeAddress)
    /// The rows of a Sentinel, which tell no offset of the master: behind the furthest replica.
    case rows(NodeAddress)

    /// The word for it.
    package var word: String {
      switch self {
      case .nodes: "INFO"
      case .infoCache: "INFO-CACHE"
      case .rows: "REPLICAS"
      }
    }
  }

  /// The best that is known of a replica; nil where nothing is.
  package init?(
    of replica: NodeAddress, in service: ServiceName, _ topology: Topology, at now: Timestamp
  ) {
    let master =
      Agreement(of: service, in: topology.vantages)?.address
      ?? ServiceSummary(of: service, in: topology)?.address
    var found: [Lag] = []
    if let master, let words = topology.nodes[master]?.words(at: now) {
      let own = topology.nodes[replica]?.words(at: now)
      if let lag = Lag(of: replica, master: words, own: own, .nodes) {
        guard lag.isOld else {
          self = lag
          return
        }
        found.append(lag)
      }
    }
    for vantage in topology.vantages where vantage.isReachable {
      guard let view = vantage.services[service] else { continue }
      if let lag = Lag(of: replica, cachedBy: vantage.address, view, at: now) { found.append(lag) }
      if let lag = Lag(of: replica, rowsOf: vantage.address, view, at: now) { found.append(lag) }
    }
    guard let best = found.min(by: { $0.worth < $1.worth }) else { return nil }
    self = best
  }

  /// A better source is preferred to a younger one, unless it is too old to mean much.
  private var worth: (Int, Duration) {
    let rank =
      switch source {
      case .nodes: 0
      case .infoCache: 1
      case .rows: 2
      }
    return (isOld ? rank + 3 : rank, age)
  }

  /// Whether it is too old to mean much.
  private var isOld: Bool { age > .seconds(20) }

  /// The lag of each replica that anybody lists.
  package static func all(
    of service: ServiceName, in topology: Topology, at now: Timestamp
  ) -> [NodeAddress: Lag] {
    let replicas = ReplicaSummary.all(of: service, in: topology)?.map(\.address) ?? []
    return replicas.reduce(into: [:]) { lags, replica in
      lags[replica] = Lag(of: replica, in: service, topology, at: now)
    }
  }
}

/// An INFO text with its age.
private struct Words {
  var info: ServerInfo
  var age: Duration
}

extension NodeView {
  fileprivate func words(at now: Timestamp) -> Words? {
    info.map { Words(info: $0.value, age: max(.zero, now.duration(since: $0.at))) }
  }
}

extension Lag {
  /// The master's own line about the replica is one measurement; the two texts are two, some time
  /// apart, and tell more of a replica that the master has lost.
  fileprivate init?(of replica: NodeAddress, master: Words, own: Words?, _ source: Source) {
    guard master.info["role"] == "master", let end = master.info.unsigned("master_repl_offset")
    else { return nil }
    self.init(replica: replica, source: source, age: master.age)
    if let own { take(own) }
    if let line = master.info.attachedReplicas.first(where: { $0.address == replica }) {
      isSyncing = line.state != "online"
      if !isSyncing {
        bytes = end < line.offset ? 0 : end - line.offset
        time = line.lag
      }
      return
    }
    guard let own, own.info["role"] == "slave",
      let offset = own.info.unsigned("slave_repl_offset")
    else { return nil }
    age = max(age, own.age)
    if let mine = own.info["master_replid"], let theirs = master.info["master_replid"],
      mine != theirs, mine != master.info["master_replid2"]
    {
      isForeign = true
    } else if !isSyncing {
      bytes = end < offset ? 0 : end - offset
    }
  }

  private mutating func take(_ own: Words) {
    isSyncing = own.info.integer("master_sync_in_progress") == 1
    syncPercent = own.info["master_sync_perc"].flatMap(Double.init).flatMap {
      isSyncing && (0...100).contains($0) ? $0 : nil
    }
  }

  fileprivate init?(
    of replica: NodeAddress, cachedBy sentinel: NodeAddress, _ view: ServiceView, at now: Timestamp
  ) {
    guard let cache = view.infoCache, let text = cache.value.master.info else { return nil }
    let elapsed = max(.zero, now.duration(since: cache.at))
    let runID = view.replicas?.value.first { $0.address == replica }?.report.runID
    let own = cache.value.replicas.first { $0.info?["run_id"] == runID && runID != nil }
    self.init(
      of: replica, master: Words(info: text, age: cache.value.master.age + elapsed),
      own: own.flatMap { cached in cached.info.map { Words(info: $0, age: cached.age + elapsed) } },
      .infoCache(sentinel))
  }

  fileprivate init?(
    of replica: NodeAddress, rowsOf sentinel: NodeAddress, _ view: ServiceView, at now: Timestamp
  ) {
    guard let rows = view.replicas,
      let row = rows.value.first(where: { $0.address == replica }), let told = row.sinceInfo,
      let furthest = rows.value.map(\.replicationOffset).max()
    else { return nil }
    self.init(
      replica: replica, source: .rows(sentinel),
      age: told + max(.zero, now.duration(since: rows.at)))
    // Alone it would always be the furthest.
    if rows.value.count > 1 { bytes = furthest - row.replicationOffset }
  }

  private init(replica: NodeAddress, source: Source, age: Duration) {
    self.replica = replica
    self.source = source
    self.age = age
  }
}

extension ServerInfo {
  func unsigned(_ name: String) -> UInt64? { self[name].flatMap { UInt64($0) } }
}

extension Topology {
  /// How many bytes a second a master's stream grows by, out of its last two samples; nil where it
  /// wasn't asked twice, or began anew between.
  package func writeRate(of master: NodeAddress) -> Double? {
    guard let node = nodes[master], let now = node.info, let before = node.earlier,
      let end = now.value.unsigned("master_repl_offset"),
      let start = before.value.unsigned("master_repl_offset"), end >= start,
      now.value["master_replid"] == before.value["master_replid"]
    else { return nil }
    let time = now.at.duration(since: before.at).inMicroseconds
    return time > 0 ? Double(end - start) * 1_000_000 / Double(time) : nil
  }
}
