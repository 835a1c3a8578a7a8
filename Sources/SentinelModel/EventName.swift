/// The name of an event: the channel on which a Sentinel publishes it.
public enum EventName: String, Sendable, CaseIterable {
  /// A service is monitored from now on.
  case monitorStarted = "+monitor"
  /// A service is no longer monitored.
  case monitorStopped = "-monitor"
  /// A setting of a service was changed.
  case set = "+set"
  /// A service was reset: its replicas, Sentinels and flags are forgotten.
  case resetMaster = "+reset-master"
  /// A replica was found.
  case replicaFound = "+slave"
  /// Another Sentinel of the service was found.
  case sentinelFound = "+sentinel"
  /// A Sentinel that is known moved to another address.
  case sentinelAddressSwitch = "+sentinel-address-switch"
  /// The new address of a Sentinel was taken over for other services too.
  case sentinelAddressUpdate = "+sentinel-address-update"
  /// Another Sentinel has the address of a known one now, which is forgotten.
  case sentinelInvalidAddress = "+sentinel-invalid-addr"
  /// An instance is down in the eyes of this Sentinel.
  case sDown = "+sdown"
  /// An instance is no longer down in the eyes of this Sentinel.
  case sDownEnded = "-sdown"
  /// A master is down by quorum.
  case oDown = "+odown"
  /// A master is no longer down by quorum.
  case oDownEnded = "-odown"
  /// The current epoch has risen.
  case newEpoch = "+new-epoch"
  /// A failover is wanted; its leader is to be elected.
  case tryFailover = "+try-failover"
  /// This Sentinel has voted for a leader.
  case voteForLeader = "+vote-for-leader"
  /// This Sentinel was elected: it runs the failover.
  case electedLeader = "+elected-leader"
  /// A replica to promote is looked for.
  case selectReplica = "+failover-state-select-slave"
  /// A replica to promote was chosen.
  case selectedReplica = "+selected-slave"
  /// The chosen replica is about to be told to become a master.
  case sendReplicaOfNoOne = "+failover-state-send-slaveof-noone"
  /// The chosen replica was told, and has yet to say that it is a master.
  case waitPromotion = "+failover-state-wait-promotion"
  /// The chosen replica says that it is a master.
  case promotedReplica = "+promoted-slave"
  /// The other replicas are about to be pointed at the new master.
  case reconfigureReplicas = "+failover-state-reconf-slaves"
  /// A replica was told to follow the new master.
  case replicaReconfSent = "+slave-reconf-sent"
  /// The same, after the failover had run out of time: nobody waits for it.
  case replicaReconfSentBestEffort = "+slave-reconf-sent-be"
  /// A replica says that it follows the new master, and is not in sync yet.
  case replicaReconfInProgress = "+slave-reconf-inprog"
  /// A replica is in sync with the new master.
  case replicaReconfDone = "+slave-reconf-done"
  /// A replica that was told to follow the new master didn't in time; it will be told again.
  case replicaReconfTimeout = "-slave-reconf-sent-timeout"
  /// A failover ends since its time is over, with replicas that don't follow yet.
  case failoverEndForTimeout = "+failover-end-for-timeout"
  /// A failover has ended: the replicas follow the new master, or its time is over.
  case failoverEnd = "+failover-end"
  /// The master is another one from now on: this is what clients wait for.
  case switchMaster = "+switch-master"
  /// A newer configuration was taken over from another Sentinel.
  case configUpdateFrom = "+config-update-from"
  /// A failover was given up: this Sentinel wasn't elected in time.
  case abortNotElected = "-failover-abort-not-elected"
  /// A failover was given up: no replica is fit to be promoted.
  case abortNoGoodReplica = "-failover-abort-no-good-slave"
  /// A failover was given up: the chosen replica didn't become a master in time.
  case abortReplicaTimeout = "-failover-abort-slave-timeout"
  /// A coordinated failover was given up: the master hadn't handed over in time.
  case abortMasterTimeout = "-failover-abort-master-timeout"
  /// A node has started anew.
  case reboot = "+reboot"
  /// A node reports the role now that this Sentinel believes it to have.
  case roleChange = "+role-change"
  /// A node reports another role than this Sentinel believes it to have.
  case roleChangeUnexpected = "-role-change"
  /// A master that isn't the service's any more is told to become a replica.
  case convertToReplica = "+convert-to-slave"
  /// A replica that follows somebody else is told to follow the service's master.
  case fixReplicaConfig = "+fix-slave-config"
  /// This Sentinel distrusts its clock, and acts on nothing until that has passed.
  case tilt = "+tilt"
  /// This Sentinel trusts its clock again.
  case tiltEnded = "-tilt"
  /// A script failed, and isn't tried again.
  case scriptError = "-script-error"
  /// A script took too long, and was ended.
  case scriptTimeout = "-script-timeout"

  /// Reads a channel, in the old vocabulary or with `replica` in place of `slave`.
  public init?(wire channel: some StringProtocol) {
    if let name = EventName(rawValue: String(channel)) {
      self = name
      return
    }
    guard let range = channel.lastRange(of: "replica") else { return nil }
    self.init(
      rawValue: channel[..<range.lowerBound] + "slave" + channel[range.upperBound...])
  }

  /// Whether it says that a failover attempt has ended without success.
  public var isAbort: Bool {
    switch self {
    case .abortNotElected, .abortNoGoodReplica, .abortReplicaTimeout, .abortMasterTimeout: true
    default: false
    }
  }
}
