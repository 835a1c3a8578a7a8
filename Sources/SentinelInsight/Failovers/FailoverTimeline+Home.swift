import SentinelModel

extension FailoverTimeline {
  /// Looks who isn't home yet: a Sentinel that hasn't switched, the old master, a replica.
  mutating func lookForHome(
    _ service: ServiceName, _ sighting: Sighting, _ topology: Topology
  ) {
    guard
      let index = live[service]?.lastIndex(where: { $0.isOpen && $0.newMaster != nil }),
      let incident = live[service]?[index], incident.homeAt == nil
    else { return }
    let missing = incident.missing(in: topology)
    live[service]?[index].missing = missing
    guard missing.isEmpty else { return }
    live[service]?[index].homeAt = sighting.at
    close(service, index, sighting.at)
  }
}

extension Incident {
  /// Who isn't home, and why; the worst that any Sentinel says.
  fileprivate func missing(in topology: Topology) -> [NodeAddress: Absence] {
    var missing: [NodeAddress: Absence] = [:]
    for vantage in topology.vantages where vantage.isReachable {
      guard let view = vantage.services[service] else { continue }
      guard view.master.address == newMaster, let switched = switches[vantage.address] else {
        missing[vantage.address] = .behind
        continue
      }
      if view.master.flags.contains(.failoverInProgress) {
        missing[vantage.address] = .finishing
        continue
      }
      guard let replicas = view.replicas, replicas.at >= switched.at else {
        missing[oldMaster] = missing[oldMaster] ?? .unseen
        continue
      }
      if newMaster != oldMaster, !replicas.value.contains(where: { $0.address == oldMaster }) {
        missing[oldMaster] = .unseen
      }
      for replica in replicas.value {
        guard let absence = absence(of: replica) else { continue }
        // A Sentinel asks for INFO every ten seconds; what the node itself says is younger.
        if absence != .down, isHome(topology.nodes[replica.address], since: switched.at) {
          continue
        }
        missing[replica.address] = absence
      }
    }
    return missing
  }

  /// Whether a node says itself that it follows the new master.
  private func isHome(_ node: NodeView?, since switched: Timestamp) -> Bool {
    guard let node, node.isReachable, let info = node.info, info.at >= switched,
      let newMaster, let host = info.value["master_host"],
      let port = info.value.integer("master_port")
    else { return false }
    return info.value["role"] == "slave" && info.value["master_link_status"] == "up"
      && NodeAddress(host: host, port: port) == newMaster
  }

  private func absence(of replica: ReplicaState) -> Absence? {
    if replica.flags.isDown { return .down }
    if replica.reportedRole == .master { return .stillMaster }
    guard let master = replica.masterAddress else { return .unseen }
    if master != newMaster { return .astray }
    return replica.masterLink.isUp ? nil : .linkDown
  }
}
