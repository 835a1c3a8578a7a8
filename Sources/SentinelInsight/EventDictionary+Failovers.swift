import SentinelModel

/// The steps of a failover.
extension EventDictionary {
  static func ofPromotion(_ name: EventName) -> EventExplanation {
    switch name {
    case .newEpoch:
      EventExplanation(
        "The Sentinel knows a higher epoch: it asks for votes itself, was asked for one, or heard "
          + "of it. Epochs count all attempts of all services.",
        next: "+try-failover of who asks, +vote-for-leader of who was asked.",
        unusual: "Many in a row: attempts that all fail.")
    case .tryFailover:
      EventExplanation(
        "This Sentinel begins a failover and asks the others for their votes. In a failover that "
          + "somebody asked for no votes are needed.",
        next: "+elected-leader within a tenth of a second.",
        unusual:
          "Two Sentinels at once: votes may be split, and both wait and try again. Who loses "
          + "often says nothing more.")
    case .voteForLeader:
      EventExplanation(
        "This Sentinel has given its only vote of that epoch.",
        next: "Who has a majority of all known Sentinels, and as many as the quorum, leads.",
        unusual:
          "Votes for several in one epoch. Dead Sentinels that are still listed count for the "
          + "majority: reset them away.")
    case .electedLeader:
      EventExplanation(
        "This Sentinel leads the failover.",
        next: "It chooses a replica: +selected-slave, at once.",
        unusual: "Nothing follows: it died, and another one tries after twice failover-timeout.")
    case .selectReplica:
      EventExplanation(
        "The leader chooses a replica: the lowest priority, then the most data, then the smallest "
          + "run id.",
        next: "+selected-slave at its next tick.",
        unusual: "-failover-abort-no-good-slave: none is fit.")
    case .selectedReplica:
      EventExplanation(
        "This replica is to become master.",
        next: "It is told so as soon as the leader has a connection to it.",
        unusual: "Not the one you expected: see its priority and offset.")
    case .sendReplicaOfNoOne:
      EventExplanation(
        "The leader is about to tell the replica to follow nobody.",
        next: "+failover-state-wait-promotion when it was sent.",
        unusual:
          "It lasts: the leader can't reach the replica, and gives up after failover-timeout.")
    case .waitPromotion:
      EventExplanation(
        "The replica was told to become master. The leader asks it every second whether it has.",
        next: "+promoted-slave within about a second.",
        unusual:
          "It lasts: the replica refuses, for want of rights or because the command is renamed.")
    case .promotedReplica:
      EventExplanation(
        "The replica says that it is a master. From here on there is no way back.",
        next: "The other Sentinels switch at once, and the replicas are pointed at it.",
        unusual:
          "In a failover that somebody asked for, the old master still takes writes for about "
          + "10 s: they are lost.")
    case .abortNotElected:
      EventExplanation(
        "Too few votes within 10 s, or within failover-timeout if that is shorter.",
        next: "Another attempt after twice failover-timeout.",
        unusual: "Every time: too few Sentinels are left for a majority of those listed.")
    case .abortNoGoodReplica:
      EventExplanation(
        "No replica is fit: all are down, have priority 0, or were without their master for too "
          + "long.",
        next: "Another attempt after twice failover-timeout.",
        unusual: "Every time: bring the master back, raise down-after, or change a priority.")
    case .abortReplicaTimeout:
      EventExplanation(
        "The chosen replica couldn't be reached, or didn't become a master, within "
          + "failover-timeout.",
        next: "Another attempt after twice failover-timeout.",
        unusual:
          "Every time: the Sentinels lack a right on the data nodes, or a command is renamed.")
    default:
      EventExplanation(
        "The master had less than a second left to hand over, so it wasn't asked to.",
        next: "Ask again.", unusual: "Only in a failover in concert with the master (Valkey 9).")
    }
  }

  static func ofSwitch(_ name: EventName) -> EventExplanation {
    switch name {
    case .reconfigureReplicas:
      EventExplanation(
        "The new master stands. The leader tells the others of it, and points the replicas at it, "
          + "parallel-syncs at a time.",
        next: "+switch-master of the other Sentinels, +slave-reconf-sent for each replica.",
        unusual: "It lasts until failover-timeout: a replica doesn't follow.")
    case .replicaReconfSent:
      EventExplanation(
        "The replica was told to follow the new master.",
        next: "+slave-reconf-inprog within about a second.",
        unusual: "Nothing for 10 s: it refuses.")
    case .replicaReconfSentBestEffort:
      EventExplanation(
        "The time is up, so the replica was told to follow without waiting for it.",
        next: "The failover ends; Sentinels go on correcting it by +fix-slave-config.",
        unusual: "It only comes after +failover-end-for-timeout.")
    case .replicaReconfInProgress:
      EventExplanation(
        "The replica names the new master as its own, and synchronises.",
        next: "+slave-reconf-done when its link is up.",
        unusual: "It lasts: a full synchronisation of much data.")
    case .replicaReconfDone:
      EventExplanation(
        "The replica's link to the new master is up.",
        next: "The next replica, or +failover-end.",
        unusual: "It never comes: see the replica's link.")
    case .replicaReconfTimeout:
      EventExplanation(
        "The replica showed no progress for 10 s; it counts as done, and is told once more.",
        next: "The next replica, or +failover-end.",
        unusual: "With parallel-syncs 1 this never comes: there the whole failover waits instead.")
    case .failoverEndForTimeout:
      EventExplanation(
        "Not all replicas followed within failover-timeout. The new master stands all the same.",
        next: "+failover-end and the leader's +switch-master at once.",
        unusual: "Replicas that still follow nobody: see their links and rights.")
    case .failoverEnd:
      EventExplanation(
        "The leader is done: all replicas follow, or the time is up.",
        next: "Its own +switch-master in the same moment.",
        unusual: "The old master is not among those who follow yet: it comes later, if it lives.")
    case .switchMaster:
      EventExplanation(
        "This Sentinel now tells clients the new address.",
        next:
          "+slave for each replica, the old master among them; +sdown of the old one if it is dead.",
        unusual:
          "A Sentinel that doesn't say it within failover-timeout still sends clients to the "
          + "old master. The leader is the last by rule.")
    default:
      EventExplanation(
        "The Sentinel learnt a newer configuration from another one: the leader, or one that had "
          + "learnt it before.",
        next: "Its +switch-master in the same moment.",
        unusual: "Without a failover: it had been cut off and has come back.")
    }
  }
}
