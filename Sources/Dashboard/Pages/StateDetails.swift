internal import Canvas
internal import SentinelInsight
internal import SentinelModel

// The fields of a reply under the servers' own names, so that they can be looked up in its manual.
extension InstanceReport {
  fileprivate var details: [(String, Text)] {
    var fields: [(String, Text)] = [
      ("flags", Text(flags.description, flags.isDown ? .warning : .text)),
      ("runid", Text(runID ?? "–")),
      ("last-ok-ping-reply", Text(Measure.time(sinceValidPing))),
      ("last-ping-reply", Text(Measure.time(sincePing))),
      ("last-ping-sent", Text(pendingPingAge == .zero ? "answered" : Measure.time(pendingPingAge))),
      ("link-pending-commands", Text("\(pendingCommands)")),
      ("link-refcount", Text("\(linkReferences)")),
      ("down-after", Text(Measure.time(downAfter))),
    ]
    if let sDownFor { fields.append(("s-down-time", Text(Measure.time(sDownFor), .warning))) }
    return fields + additionalFields.sorted { $0.key < $1.key }.map { ($0.key, Text($0.value)) }
  }
}

extension MasterState {
  var details: [(String, Text)] {
    var fields: [(String, Text)] = [
      ("address", Text(address.description)), ("config-epoch", Text("\(configEpoch)")),
      ("quorum", Text("\(quorum)")), ("num-slaves", Text("\(replicaCount)")),
      ("num-other-sentinels", Text("\(otherSentinelCount)")),
      ("failover-timeout", Text(Measure.time(failoverTimeout))),
      ("parallel-syncs", Text("\(parallelSyncs)")),
      ("role-reported", role(reportedRole, for: reportedRoleFor)),
      ("info-refresh", Text(sinceInfo.map(Measure.time) ?? "never")),
    ]
    if let oDownFor { fields.append(("o-down-time", Text(Measure.time(oDownFor), .critical))) }
    if let failoverState { fields.append(("failover-state", Text("\(failoverState)", .running))) }
    if let notificationScript { fields.append(("notification-script", Text(notificationScript))) }
    if let clientReconfigScript {
      fields.append(("client-reconfig-script", Text(clientReconfigScript)))
    }
    return fields + report.details
  }
}

extension ReplicaState {
  var details: [(String, Text)] {
    var link = Text("ok")
    if case .down(let time) = masterLink {
      link = Text(time.map { "down for \(Measure.time($0))" } ?? "never up", .warning)
    }
    return [
      ("master-link-status", link),
      ("master", Text(masterAddress?.description ?? "–")),
      ("slave-priority", Text("\(priority)")),
      ("slave-repl-offset", Text("\(replicationOffset)")),
      ("replica-announced", Text(isAnnounced ? "yes" : "no")),
      ("role-reported", role(reportedRole, for: reportedRoleFor)),
      ("info-refresh", Text(sinceInfo.map(Measure.time) ?? "never")),
    ] + report.details
  }
}

extension SentinelState {
  func details(_ topology: Topology) -> [(String, Text)] {
    [
      ("address", Text(address.description)),
      ("last-hello-message", Text(sinceHello.map { Measure.time($0) } ?? "–")),
      ("voted-leader", Text(votedLeader.map(topology.label(id:)) ?? "–")),
      ("voted-leader-epoch", Text("\(votedLeaderEpoch)")),
    ] + report.details
  }
}

private func role(_ role: NodeRole?, for time: Duration) -> Text {
  Text(role.map { "\($0.rawValue) for \(Measure.time(time))" } ?? "–")
}
