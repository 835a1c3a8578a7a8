/// The name of an event: the channel on which a Sentinel publishes it.
public enum EventName: String, Sendable, CaseIterable {
  case monitorStarted = "+monitor"
  case monitorStopped = "-monitor"
  case set = "+set"
  case resetMaster = "+reset-master"
  case replicaFound = "+slave"
  case sentinelFound = "+sentinel"
  case sentinelAddressSwitch = "+sentinel-address-switch"
  case sentinelAddressUpdate = "+sentinel-address-update"
  case sentinelInvalidAddress = "+sentinel-invalid-addr"
  case sDown = "+sdown"
  case sDownEnded = "-sdown"
  case oDown = "+odown"
  case oDownEnded = "-odown"
  case newEpoch = "+new-epoch"
  case tryFailover = "+try-failover"
  case voteForLeader = "+vote-for-leader"
  case electedLeader = "+elected-leader"
  case selectReplica = "+failover-state-select-slave"
  case selectedReplica = "+selected-slave"
  case sendReplicaOfNoOne = "+failover-state-send-slaveof-noone"
  case waitPromotion = "+failover-state-wait-promotion"
  case promotedReplica = "+promoted-slave"
  case reconfigureReplicas = "+failover-state-reconf-slaves"
  case replicaReconfSent = "+slave-reconf-sent"
  case replicaReconfSentBestEffort = "+slave-reconf-sent-be"
  case replicaReconfInProgress = "+slave-reconf-inprog"
  case replicaReconfDone = "+slave-reconf-done"
  case replicaReconfTimeout = "-slave-reconf-sent-timeout"
  case failoverEndForTimeout = "+failover-end-for-timeout"
  case failoverEnd = "+failover-end"
  case switchMaster = "+switch-master"
  case configUpdateFrom = "+config-update-from"
  case abortNotElected = "-failover-abort-not-elected"
  case abortNoGoodReplica = "-failover-abort-no-good-slave"
  case abortReplicaTimeout = "-failover-abort-slave-timeout"
  case abortMasterTimeout = "-failover-abort-master-timeout"
  case reboot = "+reboot"
  case roleChange = "+role-change"
  case roleChangeUnexpected = "-role-change"
  case convertToReplica = "+convert-to-slave"
  case fixReplicaConfig = "+fix-slave-config"
  case tilt = "+tilt"
  case tiltEnded = "-tilt"
  case scriptError = "-script-error"
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
