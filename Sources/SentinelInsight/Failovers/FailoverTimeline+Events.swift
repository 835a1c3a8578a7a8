import SentinelModel

extension FailoverTimeline {
  /// Takes in an announcement.
  mutating func take(
    _ event: SentinelEvent, _ source: NodeAddress, _ at: Timestamp, _ topology: Topology
  ) {
    guard let name = event.name else { return }
    let sighting = Sighting(at: at)
    switch (name, event.detail) {
    case (.newEpoch, .epoch(let epoch)):
      epochs[source] = max(epoch, epochs[source] ?? 0)
      return
    case (.voteForLeader, .vote(let leader, let epoch)):
      vote(Incident.Vote(voter: source, leaderID: leader, epoch: epoch, sighting: sighting))
      return
    default: break
    }
    guard let service = event.service, let master = event.masterAddress else { return }
    switch name {
    case .switchMaster:
      if case .switched(let from, let to) = event.detail {
        switched(service, from, to, source, sighting, topology)
      }
    case .sDown, .oDown:
      guard event.subject?.role == .master else { return lostOther(event, at) }
      change(service, master, source, at, topology) {
        $0.begins(name == .sDown ? \.sDowns : \.oDowns, source, sighting)
      }
    case .sDownEnded, .oDownEnded:
      guard event.subject?.role == .master else { return }
      changeIfLive(service, master, source, at) {
        $0.ends(name == .sDownEnded ? \.sDowns : \.oDowns, source, sighting)
      }
    case .tryFailover:
      let epoch = epochs[source]
      change(service, master, source, at, topology) { $0.tries(source, epoch, sighting) }
    case .resetMaster, .monitorStopped:
      forget(service, master, source, at, isForGood: name == .monitorStopped)
    case .roleChange, .roleChangeUnexpected:
      roleChanged(event, service, master, source, sighting)
    default:
      guard name.isOfLeader else { return }
      let epoch = epochs[source]
      change(service, master, source, at, topology) {
        $0.takeStep(event, name, source, epoch, sighting)
      }
    }
    attributeVotes(at)
  }

  /// Whether a Sentinel's word on a master belongs to the incident: of two in a row it is the one
  /// whose switch it hasn't made yet.
  private func place(
    _ service: ServiceName, _ master: NodeAddress, _ source: NodeAddress
  ) -> Int? {
    live[service]?.lastIndex { incident in
      guard incident.oldMaster == master, incident.switches[source] == nil else { return false }
      return incident.isOpen || incident.newMaster != nil
    }
  }

  /// Changes the incident to which the word belongs, a new one where there is none.
  mutating func change(
    _ service: ServiceName, _ master: NodeAddress, _ source: NodeAddress, _ at: Timestamp,
    _ topology: Topology, _ change: (inout Incident) -> Void
  ) {
    let index = place(service, master, source) ?? begin(service, master, at, topology)
    live[service]?[index].participants.insert(source)
    live[service]?[index].lost[source] = nil
    live[service]?[index].change(change)
  }

  mutating func changeIfLive(
    _ service: ServiceName, _ master: NodeAddress, _ source: NodeAddress, _ at: Timestamp,
    _ change: (inout Incident) -> Void
  ) {
    guard let index = place(service, master, source) else { return }
    live[service]?[index].participants.insert(source)
    live[service]?[index].change(change)
  }

  /// A Sentinel has moved from one master to another.
  mutating func switched(
    _ service: ServiceName, _ from: NodeAddress, _ to: NodeAddress, _ source: NodeAddress,
    _ sighting: Sighting, _ topology: Topology
  ) {
    let list = live[service] ?? []
    let index: Int
    if let place = list.lastIndex(where: {
      $0.oldMaster == from && $0.switches[source] == nil && ($0.newMaster ?? to) == to
        && ($0.isOpen || $0.newMaster != nil)
    }) {
      index = place
    } else if let place = list.lastIndex(where: {
      // It was behind by more than one.
      $0.newMaster == to && $0.switches[source] == nil
    }) {
      index = place
    } else if list.contains(where: { $0.newMaster == to && $0.switches[source] != nil })
      || (known[service]?.master == to && !list.contains { $0.oldMaster == to })
    {
      // It comes to where all the others have long been.
      return
    } else {
      index = begin(service, from, sighting.at, topology)
    }
    let epoch = epochs[source]
    let before = known[service]
    live[service]?[index].change { incident in
      incident.newMaster = to
      incident.participants.insert(source)
      incident.lost[source] = nil
      incident.switches.add(source, sighting)
      incident.stopsTrying(source, sighting)
      if let epoch, epoch > before.map({ $0.isEpochDue ? 0 : $0.epoch }) ?? 0 {
        incident.latestEpoch = min(epoch, incident.latestEpoch ?? epoch)
      }
    }
    if known[service]?.master != to {
      keep(
        Known(
          master: to, epoch: before?.epoch ?? 0, at: sighting.at, isEpochDue: true),
        of: service)
    }
  }

  private mutating func roleChanged(
    _ event: SentinelEvent, _ service: ServiceName, _ master: NodeAddress, _ source: NodeAddress,
    _ sighting: Sighting
  ) {
    guard let subject = event.subject, case .reportedRole(let role) = event.detail else { return }
    guard subject.role == .replica else {
      // A master that was made a replica by hand: a Sentinel waits for 20 s before it says more.
      strayed[service] = role == .master ? nil : strayed[service] ?? sighting.at
      return
    }
    if role == .master {
      changeIfLive(service, master, source, sighting.at) {
        $0.masters[subject.address, default: Voices()].add(source, sighting)
      }
    } else if let index = live[service]?.lastIndex(where: {
      $0.oldMaster == subject.address && $0.newMaster == master
    }) {
      live[service]?[index].demotions.add(source, sighting)
    }
  }

  private mutating func lostOther(_ event: SentinelEvent, _ at: Timestamp) {
    guard let subject = event.subject, subject.role == .sentinel, !live.isEmpty else { return }
    update { $0.lostIDs[subject.name] = max(at, $0.lostIDs[subject.name] ?? at) }
  }

  private mutating func forget(
    _ service: ServiceName, _ master: NodeAddress, _ source: NodeAddress, _ at: Timestamp,
    isForGood: Bool
  ) {
    changeIfLive(service, master, source, at) { incident in
      incident.ends(\.sDowns, source, Sighting(at: at))
      incident.ends(\.oDowns, source, Sighting(at: at))
      incident.fails(source, .reset, Sighting(at: at))
      guard isForGood else { return }
      incident.participants.remove(source)
      incident.isForgotten = incident.participants.isEmpty
    }
    guard isForGood else { return }
    // Who monitors it anew begins anew.
    known[service] = nil
  }

  mutating func vote(_ vote: Incident.Vote) {
    guard looseVotes.count < 200 else { return }
    if live.values.joined().contains(where: { incident in
      incident.tries.contains {
        $0.leader == vote.voter && $0.epoch == vote.epoch && $0.isRunning
      }
    }) {
      // Who asks for votes gives itself its own.
      learn(vote.leaderID, vote.voter)
    }
    looseVotes.append(vote)
    attributeVotes(vote.sighting.at)
  }

  /// Gives each vote to the incident to which it belongs: the one with that attempt, that epoch, or
  /// the only one there is.
  mutating func attributeVotes(_ now: Timestamp) {
    guard !looseVotes.isEmpty, !live.isEmpty else { return }
    looseVotes.removeAll { vote in
      for (service, list) in live {
        let index =
          list.lastIndex { incident in
            incident.tries.contains {
              $0.epoch == vote.epoch
                && ($0.leaderID == vote.leaderID || $0.leader == ids[vote.leaderID])
            }
          }
          ?? list.lastIndex { $0.newMaster != nil && $0.configEpoch == vote.epoch }
        if let index {
          live[service]?[index].add(vote)
          return true
        }
      }
      let undecided = live.values.joined().filter { $0.isOpen && $0.newMaster == nil }
      let isAlone =
        known.count <= 1 || now.duration(since: vote.sighting.at) > .seconds(3)
      guard isAlone else { return false }
      if let only = undecided.last, Set(undecided.map(\.service)).count == 1 {
        guard let index = live[only.service]?.lastIndex(where: { $0.id == only.id }) else {
          return false
        }
        live[only.service]?[index].add(vote)
        return true
      }
      // The vote of a Sentinel that was slow to tell: the switch has been announced already.
      guard undecided.isEmpty, known.count <= 1, let service = live.keys.first,
        let index = live[service]?.lastIndex(where: { incident in
          incident.newMaster != nil && incident.switches[vote.voter] == nil
            && (incident.configEpoch ?? vote.epoch) >= vote.epoch
        })
      else { return false }
      live[service]?[index].add(vote)
      return true
    }
  }
}

extension EventName {
  /// Whether only who leads an attempt says it.
  fileprivate var isOfLeader: Bool {
    if isAbort { return true }
    switch self {
    case .electedLeader, .selectReplica, .selectedReplica, .sendReplicaOfNoOne, .waitPromotion,
      .promotedReplica, .reconfigureReplicas, .replicaReconfSent, .replicaReconfSentBestEffort,
      .replicaReconfInProgress, .replicaReconfDone, .replicaReconfTimeout, .failoverEndForTimeout,
      .failoverEnd:
      return true
    default: return false
    }
  }
}
