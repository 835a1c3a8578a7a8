import SentinelModel

// Whether a Sentinel shows what it was told to do, by reports that are newer than its answer.
extension ChangeProgress {
  enum Sight {
    case there(String)
    /// What is missing.
    case missing(String)
  }

  func sight(of step: Step, since answeredAt: Timestamp, in topology: Topology) -> Sight {
    guard let vantage = topology[step.sentinel], vantage.isReachable else {
      return .missing("it no longer answers")
    }
    switch step.order {
    case .reset: return found(step, since: answeredAt, by: vantage)
    case .set(let service, let options):
      return set(options, of: service, since: answeredAt, by: vantage)
    case .monitor(let service, let address, _):
      guard let master = vantage.services[service]?.master else {
        return .missing("it doesn't list \(service) yet")
      }
      return master.address == address
        ? .there("monitors \(address)") : .missing("it monitors \(master.address)")
    case .remove(let service):
      return vantage.services[service] == nil
        ? .there("no longer lists it") : .missing("it still lists \(service)")
    case .failover, .checkQuorum, .flushConfiguration:
      return .there(step.answer?.verdict.text ?? "")
    }
  }

  /// Whether it knows as many living replicas and Sentinels as it did.
  private func found(_ step: Step, since answeredAt: Timestamp, by vantage: Vantage) -> Sight {
    guard let service, let before = step.before else {
      return .there(step.answer?.verdict.text ?? "")
    }
    let wanted = before.living
    let view = vantage.services[service]
    var living = view?.living ?? (replicas: 0, sentinels: 0)
    if view?.replicas.map({ $0.at > answeredAt }) != true { living.replicas = 0 }
    if view?.sentinels.map({ $0.at > answeredAt }) != true { living.sentinels = 0 }
    let isWhole = living.replicas >= wanted.replicas && living.sentinels >= wanted.sentinels
    // Nothing to be found is found at once, and yet it has to have said so since.
    let hasTold =
      view?.replicas.map { $0.at > answeredAt } == true
      && view?.sentinels.map { $0.at > answeredAt } == true
    func nouns(_ count: Int, _ noun: String) -> String {
      "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
    let words =
      "\(living.replicas) of \(nouns(wanted.replicas, "replica")), "
      + "\(living.sentinels) of \(nouns(wanted.sentinels, "Sentinel")) found again"
    return isWhole && hasTold ? .there(words) : .missing(words)
  }

  private func set(
    _ options: [MonitorOption], of service: ServiceName, since answeredAt: Timestamp,
    by vantage: Vantage
  ) -> Sight {
    let told = options.filter(\.isTold)
    guard let view = vantage.services[service], view.masterAt > answeredAt || told.isEmpty else {
      return .missing("not shown yet")
    }
    let changes = told.map { SettingChange($0, at: vantage, of: service) }
    if let other = changes.first(where: { !$0.isAlreadySo }) {
      return .missing("it shows \(other.option) \(other.old ?? "unknown")")
    }
    let shown = changes.map { "\($0.option) \($0.new.isEmpty ? "none" : $0.new)" }
    let untold = options.filter { !$0.isTold }.map { "\($0.name) accepted" }
    return .there((shown + untold).joined(separator: ", "))
  }
}

extension ServiceView {
  fileprivate var living: (replicas: Int, sentinels: Int) {
    (
      replicas?.value.count { !$0.flags.isDown } ?? 0,
      sentinels?.value.count { !$0.flags.isDown } ?? 0
    )
  }
}
