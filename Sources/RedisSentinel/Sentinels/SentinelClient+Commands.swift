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
  /// - Returns: a ticket, which can be used to wait for the end.
  /// - Throws: `.failoverInProgress`, `.noGoodReplica`, `.masterNotFound(.unknownService)`; `.server`
  ///   where a coordinated one is wanted from a server that knows none.
  @discardableResult
  public func failover(
    _ service: ServiceName, on target: Target = .first, mode: FailoverMode = .immediate
  ) async throws(SentinelError) -> FailoverTicket {
    try Command.failover(service).validate()
    let order = SentinelQuery(
      Command.failover(service).words + mode.words, about: service, isChange: true
    ) { $0.text }
    // In one go, so that nothing can have happened between the two.
    let (_, before, sentinel) = try await ask(
      order, after: FailoverTicket.questions(service), on: target)
    return FailoverTicket(
      service: service, sentinel: sentinel,
      oldMaster: FailoverTicket.Look(before, service, from: sentinel).address, client: self)
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

  /// The same at all Sentinels, one after the other, with a pause between two in which the one finds again
  /// what it has forgotten: so never all of them have forgotten at once. This is how Sentinels that are
  /// gone for good are taken off the others' lists.
  ///
  /// Where the caller gives up, those that weren't reset yet give `.cancelled`.
  public func reset(
    matching pattern: String, stagger: Duration
  ) async -> [SentinelAnswer<Int>] {
    var answers: [SentinelAnswer<Int>] = []
    for (index, endpoint) in configuration.endpoints.enumerated() {
      if index > 0 { try? await Task.sleep(for: stagger) }
      answers += await askAll(.reset(pattern: pattern), on: .one(endpoint))
    }
    return answers
  }

  /// Makes Sentinels monitor a master. It starts with default timings, 30 s until down, 180 s for a
  /// failover, but for those that the options set.
  ///
  /// A Sentinel that monitors it already, at that address, gives `.alreadyMonitored` and is told the
  /// options all the same: a second call heals one that reached some only. `checkSettled` on the answers
  /// tells whether all is well.
  ///
  /// - Throws: `.invalidConfiguration` for a name with other characters than letters, digits, `.`,
  ///   `-`, `_`, for a port outside 1…65535, and for a quorum below 1; nothing is sent then.
  public func monitor(
    _ service: ServiceName, at address: NodeAddress, quorum: Int,
    options: [MonitorOption] = [], on target: Target = .all
  ) async throws(SentinelError) -> [SentinelAnswer<String>] {
    let command = Command.monitor(service, address, quorum: quorum)
    try command.validate()
    var answers = await askAll(.order(command), on: target)
    for index in answers.indices {
      let endpoint = answers[index].endpoint
      if let error = answers[index].error, error.serverError?.isDuplicateService == true {
        let known = try? await masterAddress(of: service, on: .one(endpoint))
        guard known == address else { continue }
        answers[index].result = .failure(error.alreadyMonitored(at: address))
        answers[index].isSettled = true
      }
      guard answers[index].isSettled, !options.isEmpty else { continue }
      let answer = await askAll(.order(.set(service, options)), on: .one(endpoint)).first
      if let answer, answer.error != nil { answers[index] = answer }
    }
    return answers
  }

  /// Makes Sentinels stop monitoring a service. One that doesn't know it gives
  /// `.masterNotFound(.unknownService)`, and counts as settled where any other did.
  public func stopMonitoring(
    _ service: ServiceName, on target: Target = .all
  ) async -> [SentinelAnswer<String>] {
    var answers = await askAll(.order(.remove(service)), on: target)
    if answers.contains(where: { $0.error == nil }) {
      for index in answers.indices
      where answers[index].error?.code == .masterNotFound(.unknownService) {
        answers[index].isSettled = true
      }
    }
    return answers
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

/// How a failover that is asked for begins.
public enum FailoverMode: Hashable, Sendable {
  /// The replica is promoted at once; writes that it doesn't have yet are lost.
  case immediate
  /// The master stops writes and hands over once the replica has all of them. Valkey knows it from 9 on.
  case coordinated

  fileprivate var words: [String] { self == .coordinated ? ["COORDINATED"] : [] }
}

extension SentinelError {
  fileprivate func alreadyMonitored(at address: NodeAddress) -> SentinelError {
    var error = self
    error.code = .alreadyMonitored
    error.message = "it monitors that service already, at \(address)"
    return error
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
