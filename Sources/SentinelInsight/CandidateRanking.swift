package import SentinelModel

/// Which replica one Sentinel would promote, and why not the others: its own rule, applied to what it
/// says itself.
package struct CandidateRanking: Hashable, Sendable {
  package var service: ServiceName
  /// Whose choice it is.
  package var sentinel: NodeAddress
  /// Those that may be promoted, the winner first.
  package var eligible: [Candidate]
  /// Those that may not, by address.
  package var rejected: [Candidate]
  /// Replicas that the Sentinel counts but doesn't list: one of them may win, unseen.
  package var hidden: Int
  /// How long ago we asked for the replicas.
  package var age: Duration

  /// On what the ranking rests.
  package enum Basis: Hashable, Sendable {
    /// On the Sentinel's own rows, as when it decides whether to start at all.
    case rows
    /// On the youngest words of each replica, be they told to us or to another Sentinel: before it
    /// chooses, a Sentinel asks each replica anew that it can reach and hasn't asked this second.
    case youngest
  }

  package var winner: Candidate? { eligible.first }

  /// Those that may win instead: their priority is the winner's, so that the offset decides, and while
  /// their links are up that moves on, at each of them a little later.
  package var rivals: [Candidate] {
    guard let winner else { return [] }
    return eligible.dropFirst().filter {
      $0.priority == winner.priority && ($0.link.isUp || winner.link.isUp)
    }
  }

  /// The place of a replica, 1 for the winner; nil where it can't be promoted.
  package func rank(of address: NodeAddress) -> Int? {
    eligible.firstIndex { $0.address == address }.map { $0 + 1 }
  }

  /// Why a replica can't be promoted; nil where it can, or isn't known.
  package func rejection(of address: NodeAddress) -> Rejection? {
    rejected.first { $0.address == address }?.rejection
  }

  /// Nil where the Sentinel doesn't answer or has not told of the replicas yet. With `without`, as if
  /// those replicas were switched off.
  package init?(
    of service: ServiceName, by sentinel: NodeAddress, in topology: Topology, at now: Timestamp,
    on basis: Basis = .rows, without off: Set<NodeAddress> = []
  ) {
    guard let vantage = topology[sentinel], vantage.isReachable,
      let view = vantage.services[service], let replicas = view.replicas
    else { return nil }
    self.service = service
    self.sentinel = sentinel
    age = max(.zero, now.duration(since: replicas.at))
    hidden = max(0, max(0, view.master.replicaCount) - replicas.value.count)
    // Right after a switch the list is still that of the old master.
    let candidates = replicas.value.filter { $0.address != view.master.address }.map { replica in
      let row = Row(replica, of: view.master, at: view.masterAt, read: replicas.at, now: now)
      guard !off.contains(replica.address) else {
        return row.candidate(by: sentinel, rejection: .switchedOff)
      }
      switch basis {
      case .rows: return row.candidate(by: sentinel, rejection: row.rejection)
      case .youngest:
        return row.refreshed(by: sentinel) {
          topology.youngest(replica.address, of: service, at: now)
        }
      }
    }
    eligible = candidates.filter(\.isEligible).sorted { $0.precedes($1) }
    rejected = candidates.filter { !$0.isEligible }.sorted { $0.address < $1.address }
  }
}

/// One row of REPLICAS with all that counts in it, brought forward to the moment.
private struct Row {
  let replica: ReplicaState
  let master: MasterState
  let sincePing: Duration
  /// Nil where there was no INFO yet.
  let infoAge: Duration?
  /// How much later the link's state was told than the row says.
  let linkLater: Duration
  let masterDownFor: Duration
  let elapsed: Duration

  init(
    _ replica: ReplicaState, of master: MasterState, at masterAt: Timestamp, read: Timestamp,
    now: Timestamp
  ) {
    self.replica = replica
    self.master = master
    elapsed = max(.zero, now.duration(since: read))
    masterDownFor = (master.report.sDownFor ?? .zero) + max(.zero, now.duration(since: masterAt))
    let report = replica.report
    let isCut = report.flags.isDown || report.flags.contains(.disconnected)
    let ping = Self.brought(
      report.sinceValidPing, by: elapsed, period: SelectionRule.pingPeriod,
      isStuck: isCut || report.pendingPingAge >= SelectionRule.pingPeriod)
    sincePing = ping.age
    // An INFO of this very millisecond looks like none; only a node that spoke has a run id.
    let told = replica.sinceInfo ?? (replica.report.runID == nil ? nil : .zero)
    if let told {
      let info = Self.brought(
        told, by: elapsed, period: SelectionRule.infoPeriod(replica, master),
        isStuck: isCut || ping.isStuck)
      infoAge = info.age
      linkLater = told + elapsed - info.age
    } else {
      infoAge = nil
      linkLater = .zero
    }
  }

  /// What is asked for in time again and again doesn't age between our questions; what is stuck does.
  private static func brought(
    _ age: Duration, by elapsed: Duration, period: Duration, isStuck: Bool
  ) -> (age: Duration, isStuck: Bool) {
    let isStuck = isStuck || age > period * 2
    return (isStuck ? age + elapsed : max(age, min(age + elapsed, period)), isStuck)
  }

  /// The first rule that the replica breaks, in Sentinel's order.
  var rejection: Rejection? {
    rejection(
      priority: replica.priority, infoAge: infoAge,
      link: replica.report.hasLinkDownSince1970 ? .linkDown(for: nil, limit: linkLimit) : link)
  }

  func rejection(priority: Int, infoAge: Duration?, link: Rejection?) -> Rejection? {
    let report = replica.report
    if report.flags.isDown { return .down(for: report.sDownFor.map { $0 + elapsed }) }
    if report.flags.contains(.disconnected) { return .disconnected }
    if sincePing > SelectionRule.longestSilence {
      return .silent(for: sincePing, limit: SelectionRule.longestSilence)
    }
    if priority == 0 { return .priorityZero }
    let infoLimit = SelectionRule.longestInfoAge(master)
    guard let infoAge, infoAge <= infoLimit else {
      return .staleInfo(age: infoAge, limit: infoLimit)
    }
    return link
  }

  private var linkLimit: Duration {
    SelectionRule.longestLinkDown(master, sDownFor: masterDownFor)
  }

  private var link: Rejection? {
    guard case .down(let time?) = replica.masterLink else { return nil }
    return tooLong(time + linkLater)
  }

  private func tooLong(_ time: Duration) -> Rejection? {
    time > linkLimit ? .linkDown(for: time, limit: linkLimit) : nil
  }

  func candidate(by sentinel: NodeAddress, rejection: Rejection?) -> Candidate {
    Candidate(
      address: replica.address, runID: replica.report.runID, priority: replica.priority,
      offset: replica.replicationOffset, source: sentinel, age: infoAge, sincePing: sincePing,
      link: replica.masterLink, rejection: rejection)
  }

  /// As the Sentinel will see it once it has asked the replica anew, which only one that answers allows.
  func refreshed(by sentinel: NodeAddress, _ words: () -> YoungestWords?) -> Candidate {
    let old = candidate(by: sentinel, rejection: rejection)
    let isAnswering =
      !replica.flags.isDown && !replica.flags.contains(.disconnected)
      && sincePing <= SelectionRule.pingPeriod * 2
    let isAsked = infoAge.map { $0 >= SelectionRule.askedAgainFrom } ?? true
    guard isAnswering, isAsked, let words = words(), infoAge.map({ words.age < $0 }) ?? true else {
      return old
    }
    var new = old
    new.priority = words.priority
    new.offset = words.offset
    new.runID = words.runID ?? old.runID
    new.link = words.link
    new.source = words.source
    new.age = words.age
    var downFor: Rejection?
    if case .down(let time?) = words.link { downFor = tooLong(time) }
    new.rejection = rejection(priority: words.priority, infoAge: words.age, link: downFor)
    return new
  }
}

extension InstanceReport {
  /// Servers before 6.2.2 say of a link that was never up that it is down since 1970, and Sentinel
  /// takes them by their word.
  fileprivate var hasLinkDownSince1970: Bool {
    additionalFields["master-link-down-time"].flatMap { Int64($0) }.map { $0 > 0 } ?? false
  }
}
