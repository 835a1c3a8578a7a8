package import SentinelModel

/// A replica as one Sentinel weighs it when it looks for a new master.
package struct Candidate: Hashable, Sendable {
  package var address: NodeAddress
  package var runID: String?
  package var priority: Int
  package var offset: UInt64
  /// Who told priority and offset: the Sentinel itself, another one, or the node.
  package var source: NodeAddress
  /// How old that is; nil where the node never said anything.
  package var age: Duration?
  /// How long ago it gave a good answer to the Sentinel's PING.
  package var sincePing: Duration
  package var link: MasterLink
  /// Why it isn't promoted; nil where it may be.
  package var rejection: Rejection?

  package var isEligible: Bool { rejection == nil }

  /// Whether it is promoted before the other: by lower priority, then larger offset, then smaller run
  /// id, where letters count without their case and none at all is the largest.
  package func precedes(_ other: Candidate) -> Bool {
    if priority != other.priority { return priority < other.priority }
    if offset != other.offset { return offset > other.offset }
    switch (runID?.lowercased(), other.runID?.lowercased()) {
    case (let mine?, let theirs?) where mine != theirs:
      return mine.utf8.lexicographicallyPrecedes(theirs.utf8)
    case (.some, nil): return true
    case (nil, .some): return false
    // A Sentinel would take either.
    default: return address < other.address
    }
  }
}

/// The limits of Sentinel's choice. They follow from its periods, which are the same everywhere but
/// where somebody used `SENTINEL DEBUG`.
enum SelectionRule {
  static let pingPeriod = Duration.seconds(1)
  static let infoPeriod = Duration.seconds(10)
  /// INFO is asked for this often while the master is odown or fails over, and of a replica whose
  /// link is down.
  static let hastyInfoPeriod = Duration.seconds(1)
  static let longestSilence = pingPeriod * 5
  /// At the first tick of a failover a Sentinel asks those again whose INFO is older than a second, and
  /// chooses at the second tick. Ticks come 53 to 100 ms apart.
  static let askedAgainFrom = hastyInfoPeriod - .milliseconds(50)

  /// How old INFO may be.
  static func longestInfoAge(_ master: MasterState) -> Duration {
    master.flags.contains(.sDown) ? pingPeriod * 5 : infoPeriod * 3
  }

  /// How long the link to the master may be down.
  static func longestLinkDown(_ master: MasterState, sDownFor: Duration) -> Duration {
    let grace = master.report.downAfter * 10
    return master.flags.contains(.sDown) ? sDownFor + grace : grace
  }

  /// How often the Sentinel asks this replica for INFO now.
  static func infoPeriod(_ replica: ReplicaState, _ master: MasterState) -> Duration {
    let isHasty =
      master.flags.contains(.oDown) || master.flags.contains(.failoverInProgress)
      || !replica.masterLink.isUp
    return isHasty ? hastyInfoPeriod : infoPeriod
  }
}
