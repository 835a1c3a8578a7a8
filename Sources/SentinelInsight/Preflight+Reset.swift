package import SentinelModel

extension Preflight {
  /// The reset of a service at one Sentinel, or at all that monitor it, one after another.
  ///
  /// A Sentinel finds replicas again through the master's INFO alone: those that it doesn't list are
  /// lost for good.
  package static func reset(
    of service: ServiceName, via sentinel: NodeAddress? = nil, in topology: Topology,
    at now: Timestamp
  ) -> Preflight {
    var (preflight, known) = about(
      service, .reset(pattern: service.literalPattern), sentinel.map { .one($0) } ?? .all,
      in: topology)
    guard let summary = known else { return preflight }
    let asked = topology.vantages.filter {
      $0.isReachable && $0.services[service] != nil
        && (sentinel == nil || $0.address == sentinel)
    }.map(\.address)
    preflight.facts.sentinels = asked
    if let running = summary.failover {
      let label = topology.label(of: running.sentinel)
      preflight.add(
        .failoverRuns, .critical, "a failover runs on \(label): a reset would abort it",
        "failover-state \(running.step)", of: running.sentinel)
    }
    guard let first = asked.first else {
      preflight.add(.noSentinel, .critical, "no Sentinel that monitors \(service) answers")
      return preflight
    }
    preflight.add(
      .forgets, .notice,
      "\(asked.count == 1 ? topology.label(of: first) : "Each Sentinel in turn") forgets "
        + "replicas and other Sentinels, and finds those alive again within 10 s.",
      "Sentinels by their next hello in 2 s, replicas by the master's next INFO in 10 s")
    preflight.addLosses(service, in: topology)
    if summary.health == .sDown || summary.health == .oDown {
      preflight.add(
        .masterHealth, .critical,
        "the master is \(summary.health.word): replicas that are forgotten now are not found again",
        "\(summary.sDownCount) Sentinels have it in sdown")
    } else {
      preflight.addUnlisted(service, by: summary.address, in: topology, at: now)
    }
    return preflight
  }

  private mutating func addLosses(_ service: ServiceName, in topology: Topology) {
    let replicas = (ReplicaSummary.all(of: service, in: topology) ?? []).filter {
      $0.health != .up
    }
    let sentinels = SentinelSummary.all(of: service, in: topology).filter {
      !$0.isReachable && $0.listedBy > 0 && $0.sDownCount == $0.listedBy
    }
    let dead = replicas.map { "\($0.address)" } + sentinels.map { "\($0.label ?? "\($0.address)")" }
    guard !dead.isEmpty else { return }
    add(
      .lostForGood, .notice, "Dead ones are forgotten for good.", dead.joined(separator: ", "))
  }

  /// Replicas that are alive, but that the master doesn't list.
  private mutating func addUnlisted(
    _ service: ServiceName, by master: NodeAddress, in topology: Topology, at now: Timestamp
  ) {
    let alive = (ReplicaSummary.all(of: service, in: topology) ?? []).filter { $0.health == .up }
    guard !alive.isEmpty else { return }
    guard let list = topology.attachedReplicas(of: master, service, at: now) else {
      add(
        .unknownList, .warning,
        "Replicas that the master doesn't list are lost: its list isn't known.",
        "neither INFO of \(master) nor INFO-CACHE is known")
      return
    }
    let listed = Set(list.replicas)
    for replica in alive where !listed.contains(replica.address) {
      add(
        .unlistedReplica, .critical,
        "the master doesn't list \(replica.address): it would be lost for good",
        "\(list.source.word), \(Measure.time(list.age)) old", of: replica.address)
    }
  }
}

extension Topology {
  /// Whom a master's own INFO lists, by its youngest text that we have; nil where there is none.
  package func attachedReplicas(
    of master: NodeAddress, _ service: ServiceName, at now: Timestamp
  ) -> (replicas: [NodeAddress], source: Lag.Source, age: Duration)? {
    var texts: [(info: ServerInfo, source: Lag.Source, age: Duration)] = []
    if let node = nodes[master], node.isReachable, let info = node.info {
      texts.append((info.value, .nodes, max(.zero, now.duration(since: info.at))))
    }
    for vantage in vantages where vantage.isReachable {
      guard let view = vantage.services[service], view.master.address == master,
        let cache = view.infoCache, let info = cache.value.master.info
      else { continue }
      let age = cache.value.master.age + max(.zero, now.duration(since: cache.at))
      texts.append((info, .infoCache(vantage.address), age))
    }
    let masters = texts.filter { $0.info["role"] == "master" }
    return masters.min { $0.age < $1.age }.map {
      ($0.info.attachedReplicas.map(\.address), $0.source, $0.age)
    }
  }
}
