import RESP
public import SentinelModel

// What a Sentinel can be ordered to do. Sentinels don't pass orders on: what has to hold everywhere
// goes to all of them.
extension SentinelClient {
  /// Starts a failover at exactly one Sentinel. That it returns means that it has begun, not that it
  /// is done.
  ///
  /// A Sentinel that can't be reached is passed over; once the order may have arrived, no other one
  /// gets it, since each would promote a replica of its own choice.
  ///
  /// - Throws: `.failoverInProgress`, `.noGoodReplica`, `.masterNotFound(.unknownService)`.
  public func failover(
    _ service: ServiceName, on target: Target = .first
  ) async throws(SentinelError) {
    _ = try await ask(.order(.failover(service)), on: target)
  }

  /// Makes a Sentinel forget replicas, Sentinels, flags and a running failover of the services that
  /// match a glob pattern. Gives the number of services.
  ///
  /// The Sentinel finds the others again within two seconds, replicas within ten; until then a
  /// healthy service looks empty to it, so let one Sentinel recover before the next is reset.
  public func reset(
    matching pattern: String, on target: Target = .first
  ) async throws(SentinelError) -> Int {
    try await ask(.reset(pattern: pattern), on: target)
  }

  /// Makes Sentinels monitor a master. It starts with default timings: 30 s until down, 180 s for a
  /// failover.
  ///
  /// - Throws: `.invalidConfiguration` for a name with other characters than letters, digits, `.`,
  ///   `-`, `_`, for a port outside 1…65535, and for a quorum below 1; nothing is sent then.
  public func monitor(
    _ service: ServiceName, at address: NodeAddress, quorum: Int, on target: Target = .all
  ) async throws(SentinelError) -> [SentinelAnswer<String>] {
    let command = Command.monitor(service, address, quorum: quorum)
    try command.validate()
    return await askAll(.order(command), on: target)
  }

  /// Makes Sentinels stop monitoring a service.
  public func stopMonitoring(
    _ service: ServiceName, on target: Target = .all
  ) async -> [SentinelAnswer<String>] {
    await askAll(.order(.remove(service)), on: target)
  }

  /// Changes settings of a service. Options are applied one by one: one that is refused leaves those
  /// before it applied.
  ///
  /// - Throws: `.invalidConfiguration` where no option is given.
  public func set(
    _ options: MonitorOption..., for service: ServiceName, on target: Target = .all
  ) async throws(SentinelError) -> [SentinelAnswer<String>] {
    let command = Command.set(service, options)
    try command.validate()
    return await askAll(.order(command), on: target)
  }

  /// Makes Sentinels rewrite their configuration file.
  public func flushConfiguration(on target: Target = .all) async -> [SentinelAnswer<String>] {
    await askAll(.order(.flushConfiguration), on: target)
  }

  /// Changes one of a Sentinel's own settings.
  public func setConfiguration(
    _ name: String, to value: String, on target: Target = .all
  ) async -> [SentinelAnswer<String>] {
    await askAll(
      SentinelQuery(["SENTINEL", "CONFIG", "SET", name, value], isChange: true) { $0.text },
      on: target)
  }
}

extension Command {
  /// Refuses what a Sentinel would take, to its own harm.
  ///
  /// - Throws: `.invalidConfiguration`.
  package func validate() throws(SentinelError) {
    func invalid(_ message: String) -> SentinelError {
      SentinelError(.invalidConfiguration, message, service: service)
    }
    switch self {
    case .monitor(let service, let address, let quorum):
      guard service.isSafe else {
        throw invalid(
          "\"\(service)\" can't be a service's name: only letters, digits, '.', '-' and '_' can be "
            + "kept in a Sentinel's configuration file")
      }
      guard !address.host.isEmpty, (1...65535).contains(address.port) else {
        throw invalid("\"\(address)\" is no address: a host and a port from 1 to 65535 are needed")
      }
      guard quorum >= 1 else { throw invalid("the quorum must be 1 or more, not \(quorum)") }
    case .set(_, let options) where options.isEmpty:
      throw invalid("no option to set was given")
    case .reset(let pattern) where pattern.isEmpty:
      throw invalid("the pattern is empty")
    default:
      if let service, service.rawValue.isEmpty { throw invalid("the service's name is empty") }
    }
  }
}
