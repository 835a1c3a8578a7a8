package import SentinelModel

/// What an event means, in words, and how much it matters.
package enum EventText {
  /// How much the event matters.
  package static func severity(of event: SentinelEvent) -> Severity {
    guard let name = event.name else { return .notice }
    switch name {
    case .oDown, .switchMaster, .abortNotElected, .abortNoGoodReplica, .abortReplicaTimeout,
      .abortMasterTimeout, .tilt:
      return .critical
    case .sDown, .tryFailover, .replicaReconfTimeout, .failoverEndForTimeout, .reboot,
      .roleChangeUnexpected, .convertToReplica, .fixReplicaConfig, .scriptError, .scriptTimeout,
      .monitorStopped, .resetMaster, .sentinelInvalidAddress:
      return .warning
    case .sDownEnded, .oDownEnded, .electedLeader, .selectedReplica, .promotedReplica,
      .failoverEnd, .monitorStarted, .set, .roleChange, .tiltEnded, .sentinelAddressSwitch:
      return .notice
    case .replicaFound, .sentinelFound, .sentinelAddressUpdate, .newEpoch, .voteForLeader,
      .selectReplica, .sendReplicaOfNoOne, .waitPromotion, .reconfigureReplicas,
      .replicaReconfSent, .replicaReconfSentBestEffort, .replicaReconfInProgress,
      .replicaReconfDone, .configUpdateFrom:
      return .info
    }
  }

  /// The event in words. `label` gives a Sentinel's short name for its id.
  package static func words(
    for event: SentinelEvent, label: (_ id: String) -> String = { String($0.prefix(8)) }
  ) -> String {
    guard let name = event.name else { return event.payload }
    let who = event.subject.map { subject in
      switch subject.role {
      case .master: "master \(subject.address)"
      case .replica: "replica \(subject.address)"
      case .sentinel: "Sentinel \(label(subject.name))"
      }
    }
    let subject = who ?? event.payload
    switch (name, event.detail) {
    case (.monitorStarted, .quorum(let quorum)): return "monitoring \(subject), quorum \(quorum)"
    case (.monitorStarted, _): return "monitoring \(subject)"
    case (.monitorStopped, _): return "no longer monitored, was \(subject)"
    case (.set, .setting(let option, let value)):
      let isSecret = option.lowercased().hasSuffix("pass")
      return value.isEmpty ? "\(option) unset" : "\(option) set to \(isSecret ? "******" : value)"
    case (.set, _): return "a setting was changed"
    case (.resetMaster, _): return "reset: replicas and Sentinels forgotten"
    case (.replicaFound, _): return "\(subject) found"
    case (.sentinelFound, _):
      return "\(subject) found at \(event.subject?.address.description ?? "?")"
    case (.sentinelAddressSwitch, .moved(let id, let to)):
      return "Sentinel \(label(id)) moved to \(to)"
    case (.sentinelAddressSwitch, _): return "a Sentinel moved"
    case (.sentinelAddressUpdate, .alsoUpdated(let count)):
      return "\(subject): new address also used for \(count) more"
    case (.sentinelAddressUpdate, _): return "\(subject): new address"
    case (.sentinelInvalidAddress, _): return "\(subject) dropped: its address has another Sentinel"
    case (.sDown, _): return "\(subject) doesn't answer"
    case (.sDownEnded, _): return "\(subject) up again"
    case (.oDown, .agreeing(let count, let quorum)):
      return "master down by quorum, \(count) of \(quorum)"
    case (.oDown, _): return "master down by quorum"
    case (.oDownEnded, _): return "master no longer down by quorum"
    case (.newEpoch, .epoch(let epoch)): return "epoch \(epoch) began"
    case (.newEpoch, _): return "a new epoch began"
    case (.tryFailover, _): return "failover begun, asking for votes"
    case (.voteForLeader, .vote(let leader, let epoch)):
      return "voted for \(label(leader)) in epoch \(epoch)"
    case (.voteForLeader, _): return "voted"
    case (.electedLeader, _): return "elected to lead the failover"
    case (.selectReplica, _): return "choosing a replica"
    case (.selectedReplica, _): return "\(subject) chosen for promotion"
    case (.sendReplicaOfNoOne, _): return "\(subject) is told to become master"
    case (.waitPromotion, _): return "waiting for \(subject) to become master"
    case (.promotedReplica, _): return "\(subject) promoted"
    case (.reconfigureReplicas, _): return "pointing the other replicas at the new master"
    case (.replicaReconfSent, _): return "\(subject) told to follow the new master"
    case (.replicaReconfSentBestEffort, _): return "\(subject) told to follow, not waited for"
    case (.replicaReconfInProgress, _): return "\(subject) follows the new master, synchronising"
    case (.replicaReconfDone, _): return "\(subject) in step with the new master"
    case (.replicaReconfTimeout, _): return "\(subject) didn't follow the new master in time"
    case (.failoverEndForTimeout, _): return "failover ended by its time limit"
    case (.failoverEnd, _): return "failover complete"
    case (.switchMaster, .switched(let from, let to)): return "master is now \(to), was \(from)"
    case (.switchMaster, _): return "the master has changed: \(event.payload)"
    case (.configUpdateFrom, _): return "new configuration learnt from \(subject)"
    case (.abortNotElected, _): return "failover aborted: not elected, no majority"
    case (.abortNoGoodReplica, _): return "failover aborted: no replica fit for promotion"
    case (.abortReplicaTimeout, _): return "failover aborted: the chosen replica didn't answer"
    case (.abortMasterTimeout, _): return "failover aborted: the master took too long"
    case (.reboot, _): return "\(subject) restarted"
    case (.roleChange, .reportedRole(let role)):
      return "\(subject) reports to be a \(role), as it should"
    case (.roleChangeUnexpected, .reportedRole(let role)):
      return "\(subject) reports to be a \(role)"
    case (.roleChange, _), (.roleChangeUnexpected, _): return "\(subject) changed its role"
    case (.convertToReplica, _): return "\(subject) is told to become a replica"
    case (.fixReplicaConfig, _): return "\(subject) is told to follow the right master"
    case (.tilt, _): return "tilt: it distrusts its clock, decides nothing for 30 s"
    case (.tiltEnded, _): return "tilt ended"
    case (.scriptError, .script(let path, _)): return "script failed for good: \(path)"
    case (.scriptTimeout, .script(let path, _)): return "script took too long: \(path)"
    case (.scriptError, _): return "a script failed for good"
    case (.scriptTimeout, _): return "a script took too long"
    }
  }
}
