package import SentinelModel

/// What is due when: the times that Sentinels keep to themselves, as far as they follow from what they
/// show.
package struct Countdown: Hashable, Sendable {
  package var kind: Kind
  /// Whose clock it is.
  package var sentinel: NodeAddress
  /// The node it is about; nil where it is about the Sentinel or the service.
  package var node: NodeAddress?
  package var due: Timestamp
  /// How long the whole takes.
  package var limit: Duration

  package enum Kind: Hashable, Sendable, CaseIterable {
    /// A silent node enters sdown.
    case sDown
    /// A master that calls itself a replica enters sdown.
    case wrongRole
    /// An election that nobody has won ends.
    case election
    /// A step of a failover is given up.
    case step
    /// A failed attempt may be followed by another one.
    case nextAttempt
    case tiltEnd
    /// An old master that still calls itself one is made a replica.
    case demotion
  }

  /// What is left; less than nothing where it is overdue.
  package func left(at now: Timestamp) -> Duration { due.duration(since: now) }

  /// `s1: sdown in 24 s of 30 s`.
  package func words(at now: Timestamp, in topology: Topology) -> String {
    let left = max(.zero, left(at: now))
    let what =
      switch kind {
      case .sDown, .wrongRole: "sdown"
      case .election: "the election ends"
      case .step: "the step is given up"
      case .nextAttempt: "the next attempt is permitted"
      case .tiltEnd: "tilt ends"
      case .demotion: "it is made a replica"
      }
    return "\(topology.label(of: sentinel)): \(what) in \(Measure.time(left))"
      + " of \(Measure.time(limit))"
  }

  /// All that is due for a service, the next first.
  package static func all(
    of service: ServiceName, in topology: Topology, _ clock: FailoverClock, at now: Timestamp
  ) -> [Countdown] {
    topology.vantages.filter(\.isReachable).flatMap { vantage -> [Countdown] in
      guard let view = vantage.services[service] else { return [] }
      return view.silences(by: vantage.address) + view.demotions(by: vantage.address)
        + view.failover(clock[vantage.address, service], by: vantage.address, at: now)
        + [vantage.tiltEnd(clock)].compactMap { $0 }
    }.sorted { ($0.due, $0.sentinel) < ($1.due, $1.sentinel) }
  }
}

extension Countdown {
  static let electionLimit = Duration.seconds(10)
  static let tiltPeriod = Duration.seconds(30)
  /// A replica may call itself a master for four hellos.
  static let conversionDelay = Duration.seconds(8)
  /// PINGs are a second apart: less silence than this means nothing.
  static let usualSilence = Duration.milliseconds(1_500)
}

extension InstanceReport {
  /// For how long the Sentinel has missed an answer, as it counts for sdown; nil where it misses none.
  var silence: Duration? {
    if pendingPingAge > .zero { return pendingPingAge }
    return flags.contains(.disconnected) ? sinceValidPing : nil
  }
}

extension ServiceView {
  fileprivate func silences(by sentinel: NodeAddress) -> [Countdown] {
    var found: [Countdown] = []
    func look(_ report: InstanceReport, at moment: Timestamp) {
      guard !report.flags.contains(.sDown), report.downAfter > .zero,
        let silence = report.silence, silence > Countdown.usualSilence
      else { return }
      found.append(
        Countdown(
          kind: .sDown, sentinel: sentinel, node: report.address,
          due: moment.advanced(by: report.downAfter - silence), limit: report.downAfter))
    }
    look(master.report, at: masterAt)
    if let replicas { for row in replicas.value { look(row.report, at: replicas.at) } }
    if let sentinels { for row in sentinels.value { look(row.report, at: sentinels.at) } }
    if master.reportedRole == .replica, !master.flags.contains(.sDown) {
      let limit = master.report.downAfter + SelectionRule.infoPeriod * 2
      found.append(
        Countdown(
          kind: .wrongRole, sentinel: sentinel, node: master.address,
          due: masterAt.advanced(by: limit - master.reportedRoleFor), limit: limit))
    }
    return found
  }

  fileprivate func demotions(by sentinel: NodeAddress) -> [Countdown] {
    guard let replicas, !master.flags.isDown, !master.flags.contains(.failoverInProgress) else {
      return []
    }
    return replicas.value.filter { $0.reportedRole == .master && !$0.flags.isDown }.map {
      Countdown(
        kind: .demotion, sentinel: sentinel, node: $0.address,
        due: replicas.at.advanced(by: Countdown.conversionDelay - $0.reportedRoleFor),
        limit: Countdown.conversionDelay)
    }
  }

  fileprivate func failover(
    _ entry: FailoverClock.Entry, by sentinel: NodeAddress, at now: Timestamp
  ) -> [Countdown] {
    let timeout = master.failoverTimeout
    guard timeout > .zero else { return [] }
    if master.flags.contains(.failoverInProgress) {
      guard let began = entry.stepAt, let step = entry.step else { return [] }
      let isElection = step == .waitStart
      let limit = isElection ? min(Countdown.electionLimit, timeout) : timeout
      return [
        Countdown(
          kind: isElection ? .election : .step, sentinel: sentinel,
          due: began.advanced(by: limit), limit: limit)
      ]
    }
    guard let attempt = entry.attemptAt else { return [] }
    let due = attempt.advanced(by: timeout * 2)
    guard due > now else { return [] }
    return [
      Countdown(kind: .nextAttempt, sentinel: sentinel, due: due, limit: timeout * 2)
    ]
  }
}

extension Vantage {
  fileprivate func tiltEnd(_ clock: FailoverClock) -> Countdown? {
    guard isTilted == true else { return nil }
    let told = info.flatMap { info in
      info.value.tiltedFor.map { info.at.advanced(by: .zero - $0) }
    }
    guard let began = clock.tiltBegan(on: address) ?? told else { return nil }
    return Countdown(
      kind: .tiltEnd, sentinel: address, due: began.advanced(by: Countdown.tiltPeriod),
      limit: Countdown.tiltPeriod)
  }
}
