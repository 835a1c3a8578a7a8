package import SentinelModel

/// The Sentinel that runs a failover now, and the step that it is in.
package struct RunningFailover: Hashable, Sendable {
  package var sentinel: NodeAddress
  package var step: FailoverState
}

extension Topology {
  /// The failovers that run now, by service: of all services, or of one.
  func runningFailovers(of only: ServiceName? = nil) -> [ServiceName: RunningFailover] {
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
      if let only {
        if let view = vantage.services[only] { take(view.master, of: only, from: vantage.address) }
        continue
      }
      for (service, view) in vantage.services {
        take(view.master, of: service, from: vantage.address)
      }
    }
    return running
  }
}
