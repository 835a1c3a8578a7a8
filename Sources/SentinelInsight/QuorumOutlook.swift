package import SentinelModel

/// Whether the Sentinels of a service can agree that its master is down and elect a leader, and how
/// many of them may still be lost until they can't.
///
/// Each Sentinel counts for itself, as its `CKQUORUM` does: who is in sdown in its eyes can't vote,
/// but belongs to those of whom a majority is needed for as long as it is known at all.
package struct QuorumOutlook: Hashable, Sendable {
  package var service: ServiceName
  /// What each Sentinel that answers counts, in the order of the topology.
  package var voices: [Voice]
  /// Who monitors the service and answers, but whose list of other Sentinels isn't known yet.
  package var untold: [NodeAddress]
  /// Entries of Sentinels that are no more.
  package var ghosts: [Ghost]
  /// All Sentinels that anybody counts, ghosts included.
  package var known: Int
  /// Those of them that can vote, by anybody's word.
  package var usable: Int
  /// Able to vote, but not asked by us.
  private var unasked: Int

  /// What one Sentinel counts.
  package struct Voice: Hashable, Sendable {
    package var sentinel: NodeAddress
    /// All that it knows, itself included, dead ones too.
    package var known: Int
    /// Those that can vote in its eyes, itself included.
    package var usable: Int
    package var quorum: Int
    /// Who is in sdown in its eyes, by id.
    package var down: Set<String>
    /// Usable ones in tilt, which vote but call nobody down.
    package var tilted: Int
    /// Whether it is in tilt itself, and starts no failover.
    package var isTilted: Bool

    /// More than half of all that it knows.
    package var majority: Int { known / 2 + 1 }
    /// The votes that a leader needs.
    package var votesNeeded: Int { max(majority, quorum) }
    package var hasQuorum: Bool { usable >= quorum }
    package var hasMajority: Bool { usable >= majority }
    /// Whether `CKQUORUM` says OK.
    package var isFine: Bool { hasQuorum && hasMajority }
    /// How many may still be lost until the master can't become odown; negative where some lack.
    package var toODown: Int { usable - tilted - quorum }
    /// How many may still be lost until no leader can be elected; negative where some lack.
    package var toElection: Int { usable - votesNeeded }
  }

  /// Nil for a service that no Sentinel that answers knows. With `without`, as if those Sentinels
  /// were switched off: their addresses as `SentinelSummary` has them.
  package init?(
    of service: ServiceName, in topology: Topology, at now: Timestamp,
    without off: Set<NodeAddress> = []
  ) {
    let summaries = SentinelSummary.all(of: service, in: topology)
    guard summaries.contains(where: { $0.isReachable && $0.master != nil }) else { return nil }
    let offIDs = Set(summaries.filter { off.contains($0.address) }.compactMap(\.id))
    let tiltedIDs = Set(
      topology.vantages.filter { $0.isReachable && $0.isTilted == true }
        .compactMap { $0.identity?.id })
    self.service = service
    voices = []
    untold = []
    for summary in summaries where summary.isReachable && !off.contains(summary.address) {
      guard let vantage = summary.vantage, let view = vantage.services[service] else { continue }
      guard let others = view.sentinels?.value else {
        untold.append(vantage.address)
        continue
      }
      let down = others.filter {
        $0.flags.isDown || off.contains($0.address) || offIDs.contains($0.id)
      }
      let downIDs = Set(down.map(\.id))
      let isTilted = vantage.isTilted == true
      let tilted = others.count { tiltedIDs.contains($0.id) && !downIDs.contains($0.id) }
      voices.append(
        Voice(
          sentinel: vantage.address, known: others.count + 1, usable: others.count + 1 - down.count,
          quorum: max(0, min(view.master.quorum, Int(Int32.max))), down: downIDs,
          tilted: tilted + (isTilted ? 1 : 0),
          isTilted: isTilted))
    }
    ghosts = Ghost.all(of: service, in: topology, at: now)
    known = max(summaries.count, voices.map(\.known).max() ?? 0)
    let able = summaries.filter { $0.isUsable && !off.contains($0.address) }
    usable = able.count
    unasked = able.count { !$0.isReachable }
  }

  /// The quorum of most Sentinels; nil while nothing is known.
  package var quorum: Int? { Majority.value(of: voices.map(\.quorum)) }
  /// The majority that most Sentinels count; nil while nothing is known.
  package var majority: Int? { Majority.value(of: voices.map(\.majority)) }

  /// Whether each voice's `CKQUORUM` says OK; nil while nothing is known.
  package var isFine: Bool? { voices.isEmpty ? nil : voices.allSatisfy(\.isFine) }

  /// How many Sentinels may at least be lost, whichever they are, until the master can't become odown
  /// for any that is left; negative where it can't already, nil while nothing is known.
  package var toODown: Int? { spare(voices.map(\.toODown)) }

  /// How many Sentinels may at least be lost, whichever they are, until none that is left can be
  /// elected; negative where none can already, nil while nothing is known.
  package var toElection: Int? {
    let candidates = voices.filter { !$0.isTilted }
    return candidates.isEmpty && !voices.isEmpty ? -1 : spare(candidates.map(\.toElection))
  }

  /// How many may be lost until no automatic failover is possible.
  package var spare: Int? {
    guard let toODown, let toElection else { return nil }
    return min(toODown, toElection)
  }

  /// `known 5, usable 3, quorum 2, majority 3: you can lose none`.
  package var sentence: String {
    guard let quorum, let majority, let spare else {
      return "known \(known), but no Sentinel has told yet whom it counts"
    }
    let verdict =
      switch spare {
      case ..<0: "no automatic failover is possible, \(-spare) more needed"
      case 0: "you can lose none"
      default: "you can lose \(spare)"
      }
    return "known \(known), usable \(usable), quorum \(quorum), majority \(majority): \(verdict)"
  }

  /// Whoever may lose k, and is still there after k are lost, can act: so more than k such are needed.
  /// Sentinels that only others reach are taken for as able as the least able of ours.
  private func spare(_ spares: [Int]) -> Int? {
    guard let most = spares.max(), let least = spares.min() else { return nil }
    guard most >= 0 else { return most }
    return (0...most).last { lost in
      spares.count { $0 >= lost } + (least >= lost ? unasked : 0) > lost
    } ?? 0
  }
}

/// What most say.
enum Majority {
  /// The value that occurs most often; of several such the greatest.
  static func value<Value: Hashable & Comparable>(of values: [Value]) -> Value? {
    let counts = values.reduce(into: [Value: Int]()) { $0[$1, default: 0] += 1 }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }
}
