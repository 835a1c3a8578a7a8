package import SentinelModel

/// Follows a failover that was asked for to its end, as a fold over observations.
///
/// OK from a Sentinel means begun. What became of it is told by the events of the Sentinel that was
/// asked, and by what all of them report.
package struct FailoverProgress: Hashable, Sendable {
  package let service: ServiceName
  /// The Sentinel that was asked.
  package let via: NodeAddress
  /// The master that is to be replaced.
  package let oldMaster: NodeAddress
  package let startedAt: Timestamp
  /// Where it stands.
  package private(set) var stage: Stage = .running("begun")
  /// When the new address was announced first.
  package private(set) var switchedAt: Timestamp?

  /// Where a failover stands.
  package enum Stage: Hashable, Sendable {
    /// It goes on; the last step in words.
    case running(String)
    /// The Sentinels agree on a new master, but not all nodes are where they belong.
    case switched(NodeAddress, missing: String)
    /// The new master stands, and everybody follows it.
    case done(NodeAddress)
    /// It was given up, for this reason.
    case aborted(String)
    /// Nobody will ever say: why.
    case unknown(String)

    package var isFinal: Bool {
      switch self {
      case .done, .aborted, .unknown: true
      case .running, .switched: false
      }
    }
  }

  package init(
    of service: ServiceName, via: NodeAddress, from oldMaster: NodeAddress, at startedAt: Timestamp
  ) {
    self.service = service
    self.via = via
    self.oldMaster = oldMaster
    self.startedAt = startedAt
  }

  /// Takes in one thing learnt, with the topology that it has led to.
  package mutating func apply(_ observation: Observation, in topology: Topology) {
    guard !stage.isFinal else { return }
    if case .event(let event) = observation.fact, event.service == service {
      take(event, observation)
    }
    guard !stage.isFinal else { return }
    settle(in: topology)
    giveUp(at: observation.at, in: topology)
  }

  /// A Sentinel ends each step of a failover within its time limit, and says so. One that says
  /// nothing for much longer has lost it: it died, or forgot it by a reset.
  private mutating func giveUp(at now: Timestamp, in topology: Topology) {
    guard case .running = stage else { return }
    let vantage = topology[via]
    let told = vantage?.services[service]?.master.failoverTimeout ?? .zero
    let limit = told > .zero ? told : .seconds(180)
    let patience = vantage?.isReachable == true ? limit * 3 : max(.seconds(20), limit)
    guard now.duration(since: startedAt) > patience else { return }
    stage =
      .unknown(
        vantage?.isReachable == true
          ? "\(topology.label(of: via)) says nothing more of it"
          : "\(topology.label(of: via)), which led it, no longer answers")
  }

  private mutating func take(_ event: SentinelEvent, _ observation: Observation) {
    guard let name = event.name else { return }
    if name == .switchMaster, case .switched(_, let to) = event.detail {
      switchedAt = switchedAt ?? observation.at
      stage = .switched(to, missing: "the other Sentinels")
    } else if observation.source == via, name.isAbort {
      stage = .aborted(EventText.words(for: event))
    } else if observation.source == via, case .running = stage {
      stage = .running(EventText.words(for: event))
    }
  }

  /// Looks whether everybody has arrived: all Sentinels at one new address, and all nodes behind it.
  private mutating func settle(in topology: Topology) {
    guard let agreement = Agreement(of: service, in: topology.vantages),
      agreement.address != oldMaster
    else { return }
    let new = agreement.address
    if !agreement.differ.isEmpty {
      let who = agreement.differ.map(topology.label).joined(separator: ", ")
      stage = .switched(new, missing: "\(who) still at another address")
      return
    }
    for vantage in topology.vantages where vantage.isReachable {
      guard let view = vantage.services[service] else { continue }
      let label = topology.label(of: vantage.address)
      if view.master.flags.contains(.failoverInProgress) {
        stage = .switched(new, missing: "\(label) to finish")
        return
      }
      guard let replicas = view.replicas, replicas.at > (switchedAt ?? startedAt),
        !replicas.value.isEmpty
      else {
        stage = .switched(new, missing: "\(label)'s view of the replicas")
        return
      }
      for replica in replicas.value where !replica.flags.isDown {
        guard replica.reportedRole == .replica, replica.masterLink.isUp,
          replica.masterAddress == new
        else {
          stage = .switched(new, missing: "\(replica.address) to follow, says \(label)")
          return
        }
      }
    }
    stage = .done(new)
  }

  /// The line for the log when it has just come to its end; nil before.
  package func closingWords(at moment: Timestamp) -> LogEntry? {
    let took = moment.duration(since: startedAt).inSeconds
    switch stage {
    case .running, .switched: return nil
    case .done(let master):
      let switched = switchedAt.map {
        ", switched after \($0.duration(since: startedAt).inSeconds)"
      }
      return LogEntry(
        .note(
          "failover done: \(master) is master, all follow after \(took)\(switched ?? "")", .notice),
        at: moment, service: service)
    case .aborted(let reason):
      return LogEntry(.note("\(reason), after \(took)", .critical), at: moment, service: service)
    case .unknown(let reason):
      return LogEntry(
        .note("failover: outcome unknown after \(took): \(reason)", .critical), at: moment,
        service: service)
    }
  }
}
