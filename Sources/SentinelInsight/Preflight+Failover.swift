package import SentinelModel

extension Preflight {
  /// The failover of a service, through the Sentinel that is given or the first that is fit.
  package static func failover(
    of service: ServiceName, via sentinel: NodeAddress? = nil, in topology: Topology,
    at now: Timestamp
  ) -> Preflight {
    var (preflight, known) = about(service, .failover(service), .first, in: topology)
    guard let summary = known else { return preflight }
    guard let agreement = summary.agreement else {
      preflight.add(.noSentinel, .critical, "no Sentinel that monitors \(service) answers")
      return preflight
    }
    let outlook = CandidateOutlook(of: service, in: topology, at: now)
    if let sentinel {
      preflight.judge(sentinel, agreement, service, in: topology)
    }
    let via = sentinel ?? outlook.fittest(agreement, in: topology)
    if let running = summary.failover {
      preflight.facts.sentinels = via.map { [$0] } ?? []
      preflight.add(
        .failoverRuns, .critical,
        "a failover runs already, on \(topology.label(of: running.sentinel))",
        "failover-state \(running.step)", of: running.sentinel)
      return preflight
    }
    guard let via else {
      preflight.add(.tilt, .critical, "every Sentinel that could lead is in tilt")
      return preflight
    }
    preflight.target = .one(via)
    preflight.facts.sentinels = [via]
    guard topology[via]?.services[service] != nil, topology[via]?.isReachable == true else {
      return preflight
    }
    let plan = FailoverPlan(
      service: service, via: via, summary: summary, agreement: agreement, outlook: outlook,
      topology: topology, now: now)
    preflight.candidate = outlook.winner(via: via)
    preflight.facts.contenders = plan.contenders
    preflight.rejected = plan.passedOver
    preflight.reasons += plan.reasons
    return preflight
  }

  /// Whether a Sentinel that was named can be asked.
  private mutating func judge(
    _ sentinel: NodeAddress, _ agreement: Agreement, _ service: ServiceName, in topology: Topology
  ) {
    let label = topology.label(of: sentinel)
    guard let vantage = topology[sentinel], vantage.isReachable else {
      return add(.silentSentinel, .critical, "\(label) doesn't answer", of: sentinel)
    }
    guard let view = vantage.services[service] else {
      return add(.foreignSentinel, .critical, "\(label) doesn't monitor \(service)", of: sentinel)
    }
    if vantage.isTilted == true {
      add(
        .tilt, .critical, "\(label) is in tilt: it would begin, and stand still until that ends",
        of: sentinel)
    }
    if view.master.address != agreement.address {
      add(
        .otherMaster, .critical, "\(label) takes \(view.master.address) for the master",
        "most Sentinels hold \(agreement.address)", of: sentinel)
    }
  }

  mutating func add(
    _ kind: Reason.Kind, _ severity: Severity, _ text: String, _ evidence: String = "",
    of subject: NodeAddress? = nil
  ) {
    reasons.append(Reason(kind, severity, text, evidence, of: subject))
  }
}

extension CandidateOutlook {
  /// The first Sentinel that holds what most hold and isn't in tilt; one that would promote somebody
  /// comes before one that would not.
  fileprivate func fittest(_ agreement: Agreement, in topology: Topology) -> NodeAddress? {
    let fit = topology.vantages.map(\.address).filter {
      agreement.agree.contains($0) && topology[$0]?.isTilted != true
    }
    return fit.first { winner(via: $0) != nil } ?? fit.first
  }
}
