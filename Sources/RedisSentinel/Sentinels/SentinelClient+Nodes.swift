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
    let clock = SteadyClock()
    let beat = Beat(from: clock.now())
    await withDiscardingTaskGroup { group in
      var watches: [NodeAddress: SentinelWatch] = [:]
      var pace = configuration.topologyRefreshInterval
      func watch(_ endpoint: NodeAddress) {
        guard watches.count < configuration.maximumWatchedSentinels, watches[endpoint] == nil
        else { return }
        let watch = SentinelWatch(
          endpoint, configuration.sentinelConnection, pace: pace, beat: beat,
          now: { clock.now() }, report: { report.yield($0) })
        watches[endpoint] = watch
        group.addTask { await watch.run() }
      }
      for endpoint in endpoints { watch(endpoint) }
      for await batch in reports {
        // Of one that is watched under two addresses, the last words under the second don't count.
        guard let source = batch.first?.source, watches[source] != nil else { continue }
        audience.take(batch)
        for observation in batch { await take(observation) }
        for (twin, kept) in twins {
          guard let watch = watches.removeValue(forKey: twin) else { continue }
          await watch.stop()
          audience.take([Observation(source: twin, at: clock.now(), fact: .same(as: kept))])
        }
        for endpoint in endpoints { watch(endpoint) }
        let wanted =
          audience.isTroubled
          ? min(.seconds(1), configuration.topologyRefreshInterval)
          : configuration.topologyRefreshInterval
        guard wanted != pace else { continue }
        pace = wanted
        for watch in watches.values { await watch.attend(to: nil, pace: pace) }
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

  private func take(_ observation: Observation) async {
    ledger.observed(observation)
    noted(observation)
    switch observation.fact {
    case .event(let event):
      guard let service = event.service else { return }
      if heard(event, from: observation.source) {
        for pool in pools(of: service) { await pool.retire() }
      } else if let replica = event.subject, replica.role == .replica {
        for pool in pools(of: service) { await tell(pool, event.name, of: replica.address) }
      }
    case .sentinels(_, let others) where configuration.learnsSentinels:
      learn(others, from: observation.source)
    default: break
    }
  }

  /// What became of a replica: a pool of replicas leaves one that is down, and where the master stands
  /// in, it tries one that is there again.
  private func tell(_ pool: NodePool, _ event: EventName?, of replica: NodeAddress) async {
    switch event {
    case .sDown: await pool.leave(configuration.addressMapper(replica, .replica))
    case .sDownEnded, .replicaFound, .replicaReconfDone: await pool.reselect()
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
    let connect: NodePool.Connect = { [ledger] signal throws(SentinelError) in
      do throws(SentinelError) {
        let connection =
          role == .master
          ? try await resolver.connectToMaster(signal) : try await resolver.connectToReplica(signal)
        ledger.connected(service, role, connection)
        return connection
      } catch {
        ledger.connectingFailed(service, role, error)
        throw error
      }
    }
    let hub = SubscriptionHub(
      attempts: retry.maximumAttempts, pingInterval: node.healthCheckInterval ?? .seconds(15),
      connect: connect)
    let nodes = NodePool(
      pool, healthCheckInterval: node.healthCheckInterval, connect: connect
    ) { change in
      switch change {
      case .retired: hub.move()
      case .shutDown: hub.shutDown()
      }
    }
    keep(nodes, of: service, role)
    return RedisClient(
      service, role: role, pool: nodes, hub: hub, retry: retry, ledger: ledger)
  }
}
