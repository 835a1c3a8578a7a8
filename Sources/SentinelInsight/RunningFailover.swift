package import SentinelModel

/// The Sentinel that runs a failover now, and the step that it is in.
package struct RunningFailover: Hashable, Sendable {
  package var sentinel: NodeAddress
  package var step: FailoverState
}

extension RunningFailover {
  /// The failover that one of those who answer runs; of several who try at once the one that got furthest.
  init?(_ speakers: [Speaker]) {
    var found: RunningFailover?
    for speaker in speakers where speaker.isReachable {
      let master = speaker.view.master
      guard master.flags.contains(.failoverInProgress),
        found == nil || master.failoverState != .waitStart
      else { continue }
      found = RunningFailover(
        sentinel: speaker.sentinel, step: master.failoverState ?? FailoverState.none)
    }
    guard let found else { return nil }
    self = found
  }
}

extension Topology {
  /// The failovers that run now, by service.
  func runningFailovers() -> [ServiceName: RunningFailover] {
    var running: [ServiceName: RunningFailover] = [:]
    func take(_ master: MasterState, of service: ServiceName, from sentinel: NodeAddress) {
      // Several may try at once; the one that got furthest leads.
      guard master.flags.contains(.failoverInProgress),
        running[service] == nil || master.failoverState != .waitStart
      else { return }
      running[service] = RunningFailover(
        sentinel: sentinel, step: master.failoverState ?? FailoverState.none)
    }
    for vantage in vantages where vantage.isReachable {
      for (service, view) in vantage.services {
        take(view.master, of: service, from: vantage.address)
      }
    }
    return running
  }
}
