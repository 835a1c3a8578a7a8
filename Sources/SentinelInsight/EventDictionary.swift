package import SentinelModel

/// What an event means to whoever reads it for the first time.
package struct EventExplanation: Hashable, Sendable {
  /// What it says, and who says it.
  package var meaning: String
  /// What follows when all goes well.
  package var next: String
  /// What would be out of the ordinary.
  package var unusual: String

  init(_ meaning: String, next: String, unusual: String) {
    self.meaning = meaning
    self.next = next
    self.unusual = unusual
  }
}

/// The dictionary of events.
package enum EventDictionary {
  /// The explanation of an event; nil for a channel that isn't known.
  package static func explanation(of event: SentinelEvent) -> EventExplanation? {
    switch (event.name, event.subject?.role) {
    case (nil, _): nil
    case (.sDown?, .replica?): EventExplanation.replicaDown
    case (.sDown?, .sentinel?): EventExplanation.sentinelDown
    case (let name?, _): explanation(of: name)
    }
  }

  /// The explanation of an event by its name.
  package static func explanation(of name: EventName) -> EventExplanation {
    switch name {
    case .sDown, .sDownEnded, .oDown, .oDownEnded, .tilt, .tiltEnded, .reboot, .roleChange,
      .roleChangeUnexpected, .convertToReplica, .fixReplicaConfig:
      ofHealth(name)
    case .newEpoch, .tryFailover, .voteForLeader, .electedLeader, .selectReplica, .selectedReplica,
      .sendReplicaOfNoOne, .waitPromotion, .promotedReplica, .abortNotElected, .abortNoGoodReplica,
      .abortReplicaTimeout, .abortMasterTimeout:
      ofPromotion(name)
    case .reconfigureReplicas, .replicaReconfSent, .replicaReconfSentBestEffort,
      .replicaReconfInProgress, .replicaReconfDone, .replicaReconfTimeout, .failoverEndForTimeout,
      .failoverEnd, .switchMaster, .configUpdateFrom:
      ofSwitch(name)
    case .monitorStarted, .monitorStopped, .set, .resetMaster, .replicaFound, .sentinelFound,
      .sentinelAddressSwitch, .sentinelAddressUpdate, .sentinelInvalidAddress, .scriptError,
      .scriptTimeout:
      ofConfiguration(name)
    }
  }

  private static func ofHealth(_ name: EventName) -> EventExplanation {
    switch name {
    case .sDown:
      EventExplanation(
        "The master gave this Sentinel no good answer for down-after-milliseconds. It is one "
          + "Sentinel's opinion.",
        next: "The other Sentinels say the same within about a second, then one says +odown.",
        unusual: "Only one says it: look at the network between that one and the master. It comes "
          + "and goes: down-after is too short.")
    case .sDownEnded:
      EventExplanation(
        "The node answers this Sentinel again.",
        next: "The others say the same within a second.",
        unusual: "After a switch nobody says it of the old master: its state is dropped in silence."
      )
    case .oDown:
      EventExplanation(
        "As many Sentinels as the quorum asks for hold the master down.",
        next: "One of them tries to fail over: +try-failover, at once as a rule.",
        unusual:
          "No attempt follows: the last one was less than twice failover-timeout ago, or too "
          + "few Sentinels are left for a majority.")
    case .oDownEnded:
      EventExplanation(
        "Fewer Sentinels than the quorum hold the master down.",
        next: "Nothing, where the master is back.",
        unusual: "The leader says it in the middle of a failover that goes well, since the others "
          + "have moved on: that is no recovery.")
    case .tilt:
      EventExplanation(
        "The Sentinel was frozen for more than two seconds, or its clock jumped. It judges nothing "
          + "for 30 s and answers others that nothing is down.",
        next: "-tilt after 30 s.",
        unusual: "It returns: the machine swaps, pauses, or its clock is stepped.")
    case .tiltEnded:
      EventExplanation(
        "The Sentinel trusts its clock again and judges as before.",
        next:
          "What it missed follows at once: +sdown and +odown, or a failover that had stood still.",
        unusual: "It never comes from a Sentinel that monitors nothing.")
    case .reboot:
      EventExplanation(
        "The node has another run id than before: it was restarted.",
        next: "Its role is looked at in the next INFO, within 10 s.",
        unusual:
          "Of a master without +sdown before: it was back before down-after was over. Without "
          + "persistence it may have come back empty.")
    case .roleChange:
      EventExplanation(
        "The node says that it has the role which this Sentinel expects of it.",
        next: "Nothing: it is where it belongs.",
        unusual: "Each Sentinel sees it in its own INFO, so up to 10 s apart.")
    case .roleChangeUnexpected:
      EventExplanation(
        "The node says that it has another role than this Sentinel expects.",
        next: "Of the promoted replica in a failover: +promoted-slave. Of an old master that came "
          + "back: +convert-to-slave after 8 s or more.",
        unusual: "Without a failover: somebody used REPLICAOF by hand. A master that says it is a "
          + "replica is held down after down-after and 20 s.")
    case .convertToReplica:
      EventExplanation(
        "A replica had claimed to be a master for 8 s while the master was fine, so it is told to "
          + "follow it. What was written to it is lost.",
        next: "+role-change within 10 s.",
        unusual: "It repeats: the node refuses, for want of rights or a password.")
    default:
      EventExplanation(
        "A replica follows another master than it should, for longer than failover-timeout, so it "
          + "is told to follow the right one.",
        next: "Its link to the master comes up.",
        unusual: "It repeats every second: the node refuses, or can't reach the master.")
    }
  }

  private static func ofConfiguration(_ name: EventName) -> EventExplanation {
    switch name {
    case .monitorStarted:
      EventExplanation(
        "This Sentinel begins to monitor a service: somebody asked it to, or it was started.",
        next: "+slave and +sentinel as it finds them, within seconds.",
        unusual: "Only one Sentinel says it: the others have to be asked, too.")
    case .monitorStopped:
      EventExplanation(
        "Somebody told this Sentinel to forget the service.",
        next: "Nothing more from it on that service.",
        unusual:
          "The others still monitor it, count this one for the majority, and list it as down.")
    case .set:
      EventExplanation(
        "Somebody changed a setting on this Sentinel. Settings aren't passed on.",
        next: "The same from the other Sentinels.",
        unusual: "Only some say it: the Sentinels are set differently from here on.")
    case .resetMaster:
      EventExplanation(
        "Somebody told this Sentinel to forget the service's replicas, Sentinels and state; a "
          + "failover that it led is forgotten, too.",
        next: "+sentinel within 2 s and +slave within 10 s, as it finds them again.",
        unusual: "A replica that is down now won't be found again until it is back.")
    case .replicaFound:
      EventExplanation(
        "A replica was found in the master's INFO; after a switch or reset each is found anew.",
        next: "Its state, within a second.", unusual: "One that nobody has set up.")
    case .sentinelFound:
      EventExplanation(
        "Another Sentinel of the service was heard for the first time.",
        next: "It counts for the majority from now on.",
        unusual: "The same machine with a new id: its old entry stays until a reset, and counts.")
    case .sentinelAddressSwitch:
      EventExplanation(
        "A known Sentinel speaks from another address.",
        next: "+sentinel-address-update where it is known from other services.",
        unusual: "To and fro: two Sentinels have the same id, from a copied configuration file.")
    case .sentinelAddressUpdate:
      EventExplanation(
        "The new address of a Sentinel is used for the other services, too.", next: "Nothing.",
        unusual: "See +sentinel-address-switch.")
    case .sentinelInvalidAddress:
      EventExplanation(
        "Another Sentinel now speaks from this one's address, so this one is dropped.",
        next: "+sentinel of the newcomer.", unusual: "It repeats: two fight over one address.")
    case .scriptError:
      EventExplanation(
        "A script failed for good: it said so, or failed ten times.",
        next: "It isn't tried again for that event.",
        unusual: "Clients that are reconfigured by it still use the old master.")
    default:
      EventExplanation(
        "A script ran for more than 60 s and was ended.",
        next: "It is tried again, ten times in all.",
        unusual: "It repeats: the script waits for something that never comes.")
    }
  }
}

extension EventExplanation {
  fileprivate static let replicaDown = EventExplanation(
    "The replica gave this Sentinel no good answer for down-after-milliseconds.",
    next: "The other Sentinels say the same. A replica that is down can't be promoted.",
    unusual: "It is the old master after a failover, if that is dead: it stays listed until it is "
      + "back, or a reset.")
  fileprivate static let sentinelDown = EventExplanation(
    "Another Sentinel gave this one no good answer for down-after-milliseconds.",
    next: "The others say the same. It still counts for the majority.",
    unusual: "All say it of each other: a wrong password between Sentinels, or a cut network.")
}
