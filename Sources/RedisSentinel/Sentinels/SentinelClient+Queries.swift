public import RESP
public import SentinelModel

// What a Sentinel can tell. Each answer is one Sentinel's view; another's may differ.
extension SentinelClient {
  /// All services that a Sentinel monitors, by name. Entries that can't be read are left out.
  public func masters(on target: Target = .first) async throws(SentinelError) -> [MasterState] {
    try await ask(.masters, on: target).entries.sorted { $0.name < $1.name }
  }

  /// One service.
  ///
  /// - Throws: `.masterNotFound(.unknownService)` where the Sentinel doesn't know it.
  public func master(
    named service: ServiceName, on target: Target = .first
  ) async throws(SentinelError) -> MasterState {
    try await ask(.master(service), on: target)
  }

  /// The replicas of a service, down and disconnected ones included, by address.
  ///
  /// - Throws: `.masterNotFound(.unknownService)` where the Sentinel doesn't know the service.
  public func replicas(
    of service: ServiceName, on target: Target = .first
  ) async throws(SentinelError) -> [ReplicaState] {
    let entries: Entries<ReplicaState>
    do throws(SentinelError) {
      entries = try await ask(.replicas(service), on: target)
    } catch let error
      where error.code == .forbidden || error.serverError?.isUnknownSubcommand == true
    {
      // The old word is an entry of its own in ACLs, and the only one before 5.0.
      entries = try await ask(.replicas(service, word: "SLAVES"), on: target)
    } catch {
      throw error
    }
    return entries.entries.sorted { $0.address < $1.address }
  }

  /// The Sentinels of a service that a Sentinel knows besides itself, by address. Dead ones are
  /// listed until a reset.
  ///
  /// - Throws: `.masterNotFound(.unknownService)` where the Sentinel doesn't know the service.
  public func otherSentinels(
    of service: ServiceName, on target: Target = .first
  ) async throws(SentinelError) -> [SentinelState] {
    try await ask(.sentinels(service), on: target).entries.sorted { $0.address < $1.address }
  }

  /// The master's address as a Sentinel gives it to clients, unchecked; nil for a service that it
  /// doesn't know. `discoverMaster(of:)` is the checked variant.
  public func masterAddress(
    of service: ServiceName, on target: Target = .first
  ) async throws(SentinelError) -> NodeAddress? {
    try await ask(.masterAddress(service), on: target)
  }

  /// Whether a failover could happen, as far as the Sentinels go. A lost quorum is an answer, no
  /// error.
  public func checkQuorum(
    of service: ServiceName, on target: Target = .first
  ) async throws(SentinelError) -> QuorumReport {
    try await ask(.checkQuorum(service), on: target)
  }

  /// A Sentinel's lasting id, 40 hex digits.
  ///
  /// - Throws: `.server` before version 6.2.
  public func myID(on target: Target = .first) async throws(SentinelError) -> String {
    try await ask(.myID, on: target)
  }

  /// A Sentinel's INFO. Servers before 7.0 take one section at most.
  public func info(
    sections: [String] = [], on target: Target = .first
  ) async throws(SentinelError) -> ServerInfo {
    try await ask(.info(sections), on: target)
  }

  /// The INFO texts that a Sentinel keeps of the nodes of services. Unknown services are left out.
  public func infoCache(
    of services: [ServiceName], on target: Target = .first
  ) async throws(SentinelError) -> [ServiceInfoCache] {
    try await ask(.infoCache(services), on: target)
  }

  /// A Sentinel's own settings, with the password masked.
  ///
  /// - Throws: `.server` before version 6.2.
  public func configuration(
    matching patterns: [String] = ["*"], on target: Target = .first
  ) async throws(SentinelError) -> [String: String] {
    var settings = try await ask(.configuration(matching: patterns), on: target)
    if settings["sentinel-pass"]?.isEmpty == false { settings["sentinel-pass"] = "******" }
    return settings
  }

  /// The scripts that a Sentinel runs or will run.
  public func pendingScripts(
    on target: Target = .first
  ) async throws(SentinelError) -> [PendingScript] {
    try await ask(.pendingScripts, on: target).entries
  }

  /// A server's own word on what it is.
  public func role(on target: Target = .first) async throws(SentinelError) -> RoleReply {
    try await ask(.role, on: target)
  }

  /// Any command, by its words. Error replies become errors.
  ///
  /// With `.first` and `.any` it counts as a change: it isn't sent to a second Sentinel once it may
  /// have been carried out.
  public func execute(
    _ words: [String], on target: Target = .first
  ) async -> [SentinelAnswer<RESPValue>] {
    switch target {
    case .all, .one:
      return await askAll(.any(words), on: target)
    case .first, .any:
      let start = ContinuousClock.now
      var endpoint: NodeAddress?
      let result: Result<RESPValue, SentinelError>
      do throws(SentinelError) {
        let answer = try await ask(.any(words), after: [], on: target)
        endpoint = answer.endpoint
        result = .success(answer.reply)
      } catch {
        endpoint = error.endpoint
        result = .failure(error)
      }
      return [
        SentinelAnswer(
          endpoint: endpoint ?? configuration.endpoints[0], result: result,
          elapsed: ContinuousClock.now - start)
      ]
    }
  }
}

// Replicas, and clients of masters and replicas.
extension SentinelClient {
  /// The replicas of a service that are fit for reading, at addresses as the `addressMapper` gives them:
  /// those that are up, the ones whose link to the master stands first. Callers who ask at the same time
  /// share one search.
  ///
  /// - Throws: `.masterNotFound(.unknownService)` where no Sentinel knows the service,
  ///   `.sentinelsUnreachable` where none can be asked. An empty list means that there is none.
  public func discoverReplicas(
    of service: ServiceName
  ) async throws(SentinelError) -> [NodeAddress] {
    guard !service.rawValue.isEmpty else {
      throw SentinelError(.invalidConfiguration, "the service's name is empty")
    }
    return try await announcedReplicas(of: service).map {
      configuration.addressMapper($0, .replica)
    }
  }

  /// The same, at the addresses that Sentinels announce.
  func announcedReplicas(of service: ServiceName) async throws(SentinelError) -> [NodeAddress] {
    try await replicaSearches.share(service) {
      do throws(SentinelError) {
        return .success(try await Discovery(client: self).replicas(of: service))
      } catch {
        return .failure(error)
      }
    }
  }
}
