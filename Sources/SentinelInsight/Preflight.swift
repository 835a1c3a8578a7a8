package import SentinelModel

/// What a command would do, on which facts: what is asked before anything is sent.
package struct Preflight: Hashable, Sendable {
  package var command: Command
  package var target: Target
  /// What the question rests on. When one of these changes, it has to be asked anew.
  package var facts: Facts
  /// What will happen, one sentence each.
  package var consequences: [String]
  /// What speaks against it.
  package var warnings: [String]

  /// What the question rests on.
  package struct Facts: Hashable, Sendable {
    package var service: ServiceName?
    package var master: NodeAddress?
    package var configEpoch: UInt64?
    /// Who will be asked.
    package var sentinels: [NodeAddress]
  }

  /// Why a command makes no sense now.
  package struct Refusal: Error, Hashable, Sendable {
    package var reason: String

    package init(_ reason: String) {
      self.reason = reason
    }
  }

  /// What changed in the facts since the question was asked; nil where they still hold.
  package func contradiction(in topology: Topology) -> String? {
    for sentinel in facts.sentinels where topology[sentinel]?.isReachable != true {
      return "\(topology.label(of: sentinel)) no longer answers"
    }
    guard let service = facts.service, let master = facts.master else { return nil }
    guard let summary = ServiceSummary(of: service, in: topology) else {
      return "\(service) is no longer monitored"
    }
    if summary.address != master { return "the master is now \(summary.address)" }
    if let epoch = facts.configEpoch, summary.configEpoch != epoch {
      return "the configuration's epoch is now \(summary.configEpoch)"
    }
    return nil
  }
}

extension Preflight {
  /// The failover of a service, through the Sentinel that is given or the first that is fit.
  package static func failover(
    of service: ServiceName, via sentinel: NodeAddress? = nil, in topology: Topology
  ) -> Result<Preflight, Refusal> {
    guard let summary = ServiceSummary(of: service, in: topology) else {
      return .failure(Refusal("no Sentinel knows a service \"\(service)\""))
    }
    guard let agreement = summary.agreement else {
      return .failure(Refusal("no Sentinel that monitors \(service) answers"))
    }
    if let running = summary.failover {
      return .failure(
        Refusal("a failover runs already, on \(topology.label(of: running.sentinel))"))
    }
    let via: NodeAddress
    if let sentinel {
      guard topology[sentinel]?.isReachable == true else {
        return .failure(Refusal("\(topology.label(of: sentinel)) doesn't answer"))
      }
      guard topology[sentinel]?.services[service] != nil else {
        return .failure(Refusal("\(topology.label(of: sentinel)) doesn't monitor \(service)"))
      }
      via = sentinel
    } else {
      let fit = agreement.agree.filter { topology[$0]?.isTilted != true }
      guard let first = topology.vantages.map(\.address).first(where: fit.contains) else {
        return .failure(Refusal("every Sentinel that could lead is in tilt"))
      }
      via = first
    }
    guard let replicas = ReplicaSummary.all(of: service, in: topology) else {
      return .failure(Refusal("the replicas of \(service) aren't known yet"))
    }
    let fit = replicas.filter { $0.health == .up && $0.state.priority != 0 }
    guard !fit.isEmpty else {
      return .failure(Refusal("\(service) has no replica that could be promoted"))
    }
    var preflight = Preflight(
      command: .failover(service), target: .one(via),
      facts: Facts(
        service: service, master: summary.address, configEpoch: summary.configEpoch,
        sentinels: [via]),
      consequences: [
        "\(topology.label(of: via)) promotes one of \(fit.count) "
          + (fit.count == 1 ? "replica." : "replicas."),
        "\(summary.address) stays writable until it is demoted, about 10 s: writes to it are lost.",
      ], warnings: [])
    if !agreement.isComplete {
      preflight.warnings.append(
        "Only \(agreement.agree.count) of \(agreement.of) Sentinels agree on the master.")
    }
    if summary.health != .up {
      preflight.warnings.append("The master is \(summary.health.word) now.")
    }
    return .success(preflight)
  }

  /// The reset of a service at one Sentinel, or at all that monitor it, one after another.
  package static func reset(
    of service: ServiceName, at sentinel: NodeAddress? = nil, in topology: Topology
  ) -> Result<Preflight, Refusal> {
    guard let summary = ServiceSummary(of: service, in: topology) else {
      return .failure(Refusal("no Sentinel knows a service \"\(service)\""))
    }
    if let running = summary.failover {
      return .failure(
        Refusal(
          "a failover runs on \(topology.label(of: running.sentinel)): a reset would abort it"))
    }
    let asked = topology.vantages.filter {
      $0.isReachable && $0.services[service] != nil
        && (sentinel == nil || $0.address == sentinel)
    }.map(\.address)
    guard let first = asked.first else {
      return .failure(Refusal("no Sentinel that monitors \(service) answers"))
    }
    var preflight = Preflight(
      command: .reset(pattern: service.literalPattern),
      target: sentinel == nil ? .all : .one(first),
      facts: Facts(
        service: service, master: summary.address, configEpoch: summary.configEpoch,
        sentinels: asked),
      consequences: [
        "\(asked.count == 1 ? topology.label(of: first) : "Each Sentinel in turn") forgets "
          + "replicas and other Sentinels of \(service), and finds those alive again: "
          + "Sentinels in 2 s, replicas in 10 s.",
        "Dead ones are forgotten for good.",
      ], warnings: [])
    if summary.health == .sDown || summary.health == .oDown {
      preflight.warnings.append(
        "The master is \(summary.health.word): replicas that are forgotten now are not found again."
      )
    }
    return .success(preflight)
  }

  /// Any other command for all Sentinels that answer. Nothing is known that speaks against it.
  package static func plain(
    _ command: Command, consequence: String, in topology: Topology
  ) -> Result<Preflight, Refusal> {
    let asked = topology.vantages.filter(\.isReachable).map(\.address)
    guard !asked.isEmpty else { return .failure(Refusal("no Sentinel answers")) }
    return .success(
      Preflight(
        command: command, target: .all,
        facts: Facts(service: command.service, master: nil, configEpoch: nil, sentinels: asked),
        consequences: [consequence], warnings: []))
  }
}
