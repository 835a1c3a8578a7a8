import SentinelModel

extension FailoverTimeline {
  /// Takes in what a Sentinel says of all its services; looks only at those that changed, and at
  /// those to which something happens.
  mutating func take(
    _ masters: [MasterState], _ source: NodeAddress, _ at: Timestamp, _ topology: Topology
  ) {
    let last = lastMasters[source] ?? []
    lastMasters[source] = masters
    var isInOrder = last.count == masters.count
    for (index, master) in masters.enumerated() {
      if isInOrder, last[index].name != master.name { isInOrder = false }
      if isInOrder, last[index].isAs(master), live.isEmpty || live[master.name] == nil { continue }
      poll(master, source, at, topology)
    }
    answeredAt[source] = at
    attributeVotes(at)
  }

  /// Takes in what a Sentinel says of one service.
  mutating func poll(
    _ master: MasterState, _ source: NodeAddress, _ at: Timestamp, _ topology: Topology
  ) {
    let service = master.name
    let sighting = Sighting(at: at, isObserved: true)
    guard !isOutdated(master, source, at) else { return }
    lost.remove(source)
    lookForSwitch(master, source, sighting, topology)
    let flags = master.flags
    let isOnItsWay = live[service]?.contains { $0.newMaster == master.address } ?? false
    if flags.isDown || flags.contains(.failoverInProgress) {
      let epoch = epochs[source]
      change(service, master.address, source, at, topology) {
        $0.see(master, source, epoch, sighting)
      }
    } else {
      changeIfLive(service, master.address, source, at) { $0.see(master, source, nil, sighting) }
    }
    if isOnItsWay { lookForHome(service, sighting, topology) }
  }

  /// Whether it was said before the switch that the same Sentinel has announced meanwhile: where
  /// events have a connection of their own, an answer may be overtaken.
  private func isOutdated(
    _ master: MasterState, _ source: NodeAddress, _ at: Timestamp
  ) -> Bool {
    live[master.name]?.contains { incident in
      guard incident.oldMaster == master.address, incident.newMaster != nil,
        let switched = incident.switches[source], !switched.isObserved
      else { return false }
      return at.duration(since: switched.at) < .seconds(1)
    } ?? false
  }

  /// Whether the Sentinel's configuration is another than before.
  private mutating func lookForSwitch(
    _ master: MasterState, _ source: NodeAddress, _ sighting: Sighting, _ topology: Topology
  ) {
    let service = master.name
    let configuration = Known(
      master: master.address, epoch: master.configEpoch, at: sighting.at)
    guard let before = known[service] ?? recall(service, source, topology) else {
      return keep(configuration, of: service)
    }
    // A leader has the new number before it has the new address.
    guard !master.flags.contains(.failoverInProgress) else { return }
    if let index = live[service]?.lastIndex(where: { $0.newMaster == master.address }) {
      live[service]?[index].change { incident in
        incident.participants.insert(source)
        incident.lost[source] = nil
        incident.switches.add(source, sighting)
        incident.stopsTrying(source, sighting)
        if master.configEpoch > 0, incident.unwatched == nil || incident.configEpoch == nil {
          incident.configEpoch = incident.configEpoch ?? master.configEpoch
        }
      }
      if before.isEpochDue, before.master == master.address {
        keep(configuration, of: service)
      }
      return
    }
    guard master.configEpoch >= before.epoch else { return }
    if master.configEpoch == before.epoch || before.isEpochDue {
      if known[service] == nil || before.isEpochDue && before.master == master.address {
        keep(configuration, of: service)
      }
      return
    }
    // The number has grown, and nobody announced it.
    let undecided = live[service]?.lastIndex { $0.isOpen && $0.newMaster == nil }
    if before.master == master.address, undecided != nil { return }
    if let undecided {
      live[service]?[undecided].newMaster = master.address
    } else {
      let pause = pause(before: sighting.at, source, before, wasRecalled: known[service] == nil)
      // Who answers for the first time may only have been right all the time.
      guard let pause else { return keep(configuration, of: service) }
      let index = begin(service, before.master, sighting.at, topology)
      live[service]?[index].newMaster = master.address
      live[service]?[index].unwatched = pause.isLong ? pause.unwatched : nil
    }
    keep(configuration, of: service)
    if let index = live[service]?.lastIndex(where: { $0.newMaster == master.address }) {
      live[service]?[index].configEpoch = master.configEpoch
      live[service]?[index].participants.insert(source)
      live[service]?[index].switches.add(source, sighting)
    }
  }

  /// Between which moments the configuration changed. Nil where nobody can say that it did: the
  /// Sentinel answers for the first time, and another one that was behind came before it.
  private func pause(
    before now: Timestamp, _ source: NodeAddress, _ before: Known, wasRecalled: Bool
  ) -> (unwatched: Incident.Unwatched, isLong: Bool)? {
    if wasRecalled {
      let pause = Incident.Unwatched(after: before.at, before: now, epochBefore: before.epoch)
      return (pause, true)
    }
    let lastAnswer = answeredAt[source] ?? before.at
    let isLong = now.duration(since: lastAnswer) > Self.longestBlink
    guard answeredAt[source] != nil || isLong else { return nil }
    let heardAt = max(polledAt ?? before.at, before.at)
    return (Incident.Unwatched(after: heardAt, before: now, epochBefore: before.epoch), isLong)
  }

  /// What an earlier run knew of the service, told apart from its namesakes by its Sentinels.
  private func recall(
    _ service: ServiceName, _ source: NodeAddress, _ topology: Topology
  ) -> Known? {
    guard !remembered.isEmpty, let id = topology[source]?.identity?.id else { return nil }
    return remembered.last { $0.service == service && $0.sentinelIDs.contains(id) }
      .map { Known(master: $0.master, epoch: $0.configEpoch, at: $0.at) }
  }

  /// Takes in the replicas of a service to which something happens.
  mutating func take(
    _ replicas: [ReplicaState], of service: ServiceName, _ source: NodeAddress, _ at: Timestamp,
    _ topology: Topology
  ) {
    let sighting = Sighting(at: at, isObserved: true)
    guard let master = topology[source]?.services[service]?.master.address else { return }
    changeIfLive(service, master, source, at) { $0.see(replicas, source, sighting) }
    for index in live[service]?.indices ?? 0..<0 {
      live[service]?[index].change { incident in
        guard incident.newMaster == master, incident.switches[source] != nil,
          let old = replicas.first(where: { $0.address == incident.oldMaster }),
          !old.flags.isDown
        else { return }
        if old.reportedRole == .master {
          incident.returnedAt = incident.returnedAt ?? at
        } else if old.masterAddress != nil {
          incident.demotions.add(source, sighting)
        }
      }
    }
    lookForHome(service, sighting, topology)
  }

  /// Takes in whom the others voted for, as one Sentinel was told.
  mutating func take(
    _ others: [SentinelState], of service: ServiceName, _ source: NodeAddress, _ at: Timestamp
  ) {
    for other in others {
      guard let leader = other.votedLeader, other.votedLeaderEpoch > 0,
        let index = live[service]?.lastIndex(where: {
          $0.isOpen && $0.newMaster == nil && !$0.tries.isEmpty
        })
      else { continue }
      let voter = ids[other.id] ?? other.address
      live[service]?[index].add(
        Incident.Vote(
          voter: voter, leaderID: leader, epoch: other.votedLeaderEpoch,
          sighting: Sighting(at: at, isObserved: true)))
    }
  }
}

extension MasterState {
  /// Whether a Sentinel says the same of it as before, as far as failovers go.
  fileprivate func isAs(_ other: MasterState) -> Bool {
    flags == other.flags && configEpoch == other.configEpoch
      && failoverState == other.failoverState && report.address == other.report.address
  }
}

extension Incident {
  /// A poll may have been on its way when the event was.
  private static let race = Duration.milliseconds(250)

  /// Takes in what a Sentinel, still at the old master, says of it.
  mutating func see(
    _ master: MasterState, _ source: NodeAddress, _ epoch: UInt64?, _ sighting: Sighting
  ) {
    setLimits(master)
    let flags = master.flags
    see(\.sDowns, flags.contains(.sDown), master.report.sDownFor, source, sighting)
    see(\.oDowns, flags.contains(.oDown), master.oDownFor, source, sighting)
    if flags.contains(.forceFailover) { isForced = true }
    if flags.contains(.coordinatedFailover) { isCoordinated = true }
    guard flags.contains(.failoverInProgress) else {
      if let index = running(source), newMaster == nil,
        let start = tries[index].startedAt, sighting.at.duration(since: start) > Self.race
      {
        fails(source, .silent, sighting)
      }
      return
    }
    let index = attempt(of: source, epoch)
    tries[index].reach(.voting, source, sighting)
    if let step = Attempt.Step(master.failoverState) { tries[index].reach(step, source, sighting) }
  }

  private mutating func see(
    _ spans: WritableKeyPath<Incident, [NodeAddress: [Span]]>, _ isDown: Bool, _ age: Duration?,
    _ source: NodeAddress, _ sighting: Sighting
  ) {
    let last = self[keyPath: spans][source]?.last
    if isDown {
      guard last == nil || last?.end != nil else { return }
      let start = age.map { sighting.at.advanced(by: .zero - $0) } ?? sighting.at
      begins(spans, source, Sighting(at: start, isObserved: true))
    } else if let last, last.end == nil,
      sighting.at.duration(since: last.start.at) > Self.race
    {
      ends(spans, source, sighting)
    }
  }

  /// Takes in what a Sentinel, still at the old master, says of its replicas.
  mutating func see(_ replicas: [ReplicaState], _ source: NodeAddress, _ sighting: Sighting) {
    for replica in replicas where replica.reportedRole == .master && !tries.isEmpty {
      masters[replica.address, default: Voices()].add(source, sighting)
    }
    guard let index = running(source) else { return }
    for replica in replicas {
      if replica.flags.contains(.promoted) {
        tries[index].candidate = replica.address
        tries[index].reach(.selected, source, sighting)
      }
      if replica.flags.contains(.reconfDone) {
        tries[index].follow(replica.address, .done, sighting)
      } else if replica.flags.contains(.reconfInProgress) {
        tries[index].follow(replica.address, .inProgress, sighting)
      } else if replica.flags.contains(.reconfSent) {
        tries[index].follow(replica.address, .sent, sighting)
      }
    }
    if let candidate = tries[index].candidate {
      tries[index].replicaCount = replicas.count {
        !$0.flags.contains(.sDown) && $0.address != candidate
      }
    }
  }
}

extension Attempt.Step {
  /// The step at which a Sentinel says that it is.
  fileprivate init?(_ state: FailoverState?) {
    switch state {
    case .waitStart: self = .voting
    case .selectReplica: self = .elected
    case .sendReplicaOfNoOne: self = .selected
    case .waitPromotion: self = .ordered
    case .reconfigureReplicas: self = .promoted
    case .updateConfiguration: self = .ended
    case .some(.none), .other, nil: return nil
    }
  }
}
