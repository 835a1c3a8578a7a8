public import SentinelModel

// Clients of masters and replicas, and the watch that lets them follow a switch at once.
extension SentinelClient {
  /// A client of the service's master, wherever it is. Opens nothing until its first command.
  ///
  /// Each client has a pool of its own, which is closed by the client's `shutdown()`, by this one's, or
  /// when nobody holds the client any more. The configurations given replace this client's own.
  ///
  /// - Throws: `.invalidConfiguration` for an empty name.
  public func makeMasterClient(
    for service: ServiceName, node: ConnectionConfiguration? = nil,
    pool: PoolConfiguration? = nil, retry: RetryPolicy? = nil
  ) throws(SentinelError) -> RedisClient {
    try makeClient(for: service, role: .master, node, pool, retry)
  }

  /// A client of the service's replicas, in turn; of the master where none can be had and the pool's
  /// configuration allows it. Everything else as with `makeMasterClient`.
  public func makeReplicaClient(
    for service: ServiceName, node: ConnectionConfiguration? = nil,
    pool: PoolConfiguration? = nil, retry: RetryPolicy? = nil
  ) throws(SentinelError) -> RedisClient {
    try makeClient(for: service, role: .replica, node, pool, retry)
  }

  /// Listens to all Sentinels until the task is cancelled: with it, clients follow a switch the moment
  /// it is announced; without it, when their node refuses or closes.
  ///
  /// Needs the permission to subscribe; a Sentinel that refuses is watched by questions alone.
  public func run() async {
    let (reports, report) = AsyncStream.makeStream(of: [Observation].self)
    let clock = EventClock()
    await withDiscardingTaskGroup { group in
      var watched: Set<NodeAddress> = []
      func watch(_ endpoint: NodeAddress) {
        guard watched.count < Self.mostWatched, watched.insert(endpoint).inserted else { return }
        let watch = SentinelWatch(
          endpoint, configuration.sentinelConnection, pace: .seconds(10),
          now: { clock.now() }, report: { report.yield($0) })
        group.addTask { await watch.run() }
      }
      for endpoint in endpoints { watch(endpoint) }
      for await batch in reports {
        audience.take(batch)
        for observation in batch { await take(observation) }
        for endpoint in endpoints { watch(endpoint) }
      }
      group.cancelAll()
    }
  }

  /// What Sentinels announce of a service, or of all of them, from now on. Comes while `run()` runs.
  public func events(of service: ServiceName? = nil) -> EventStream {
    audience.events(of: service)
  }

  /// What a service consists of: now, and after each change. Comes while `run()` runs.
  public func topology(of service: ServiceName) -> TopologyStream {
    audience.topology(of: service)
  }

  /// Sentinels that `run` listens to at most.
  private static let mostWatched = 10

  private func take(_ observation: Observation) async {
    switch observation.fact {
    case .event(let event):
      guard heard(event), let service = event.service else { return }
      for pool in pools(of: service) { await pool.retire() }
    case .sentinels(_, let others) where configuration.learnsSentinels:
      let reachable = others.filter {
        !$0.flags.isDown && !$0.flags.contains(.disconnected) && !$0.address.host.isEmpty
          && $0.address.port > 0
      }
      learn(reachable.map(\.address), from: observation.source)
    default: break
    }
  }

  private func makeClient(
    for service: ServiceName, role: NodeRole, _ node: ConnectionConfiguration?,
    _ pool: PoolConfiguration?, _ retry: RetryPolicy?
  ) throws(SentinelError) -> RedisClient {
    guard !service.rawValue.isEmpty else {
      throw SentinelError(.invalidConfiguration, "the service's name is empty")
    }
    let node = node ?? configuration.nodeConnection
    let pool = pool ?? configuration.pool
    let retry = retry ?? configuration.retry
    let resolver = NodeResolver(self, service, node: node, pool: pool)
    let connect: NodePool.Connect = { signal throws(SentinelError) in
      role == .master
        ? try await resolver.connectToMaster(signal) : try await resolver.connectToReplica(signal)
    }
    let hub = SubscriptionHub(
      attempts: retry.maximumAttempts, pingInterval: node.healthCheckInterval ?? .seconds(15),
      connect: connect)
    let nodes = NodePool(pool, connect: connect) { change in
      switch change {
      case .retired: hub.move()
      case .shutDown: hub.shutDown()
      }
    }
    keep(nodes, of: service)
    return RedisClient(service, role: role, pool: nodes, hub: hub, retry: retry)
  }
}
