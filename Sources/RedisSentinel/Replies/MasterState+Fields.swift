package import RESP
package import SentinelModel

extension MasterState {
  /// Reads one entry of MASTERS, or the reply of MASTER.
  package init(reply: RESPValue) throws(BadEntry) {
    guard var fields = Fields(reply) else {
      throw BadEntry(reason: "\(reply.kind) is no list of names and values")
    }
    try self.init(taking: &fields)
  }

  init(taking fields: inout some FieldSource) throws(BadEntry) {
    guard let name = fields.takeText("name") else {
      throw BadEntry(reason: "the field name is missing")
    }
    self.init(name: ServiceName(name), report: try InstanceReport(taking: &fields))
    oDownFor = fields.takeDuration("o-down-time")
    failoverState = fields.takeText("failover-state").map { FailoverState(wire: $0) }
    sinceInfo = fields.takeSinceInfo()
    reportedRole = fields.takeReportedRole()
    reportedRoleFor = fields.takeDuration("role-reported-time") ?? .zero
    configEpoch = fields.takeInteger("config-epoch").flatMap { UInt64(exactly: $0) } ?? 0
    replicaCount = Int(fields.takeInteger("num-slaves", or: "num-replicas") ?? 0)
    otherSentinelCount = Int(fields.takeInteger("num-other-sentinels") ?? 0)
    quorum = Int(fields.takeInteger("quorum") ?? 0)
    failoverTimeout = fields.takeDuration("failover-timeout") ?? .zero
    parallelSyncs = Int(fields.takeInteger("parallel-syncs") ?? 0)
    notificationScript = fields.takeText("notification-script")
    clientReconfigScript = fields.takeText("client-reconfig-script")
    report.additionalFields = fields.texts
  }
}
