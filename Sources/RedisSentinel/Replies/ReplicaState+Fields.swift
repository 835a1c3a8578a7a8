package import RESP
package import SentinelModel

extension ReplicaState {
  /// Reads one entry of REPLICAS.
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
    self.init(name: name, report: try InstanceReport(taking: &fields))
    sinceInfo = fields.takeSinceInfo()
    reportedRole = fields.takeReportedRole()
    reportedRoleFor = fields.takeDuration("role-reported-time") ?? .zero
    // -1000 stands for a link that has never been up. Servers before 6.2.2 say it with the time since
    // 1970, which stays among the fields: Sentinel takes it literally.
    let aDecade: Int64 = 10 * 365 * 86_400_000
    var downFor: Duration?
    if let time = fields.integer("master-link-down-time"), time < aDecade {
      fields.drop("master-link-down-time")
      downFor = time > 0 ? .milliseconds(time) : nil
    }
    masterLink = fields.takeText("master-link-status") == "ok" ? .up : .down(for: downFor)
    let host = fields.takeText("master-host")
    let port = fields.takeInteger("master-port")
    if let host, host != "?", let port, port > 0 {
      masterAddress = NodeAddress(host: host, port: Int(port))
    }
    priority = Int(fields.takeInteger("slave-priority", or: "replica-priority") ?? 100)
    replicationOffset =
      fields.takeInteger("slave-repl-offset", or: "replica-repl-offset")
      .flatMap { UInt64(exactly: $0) } ?? 0
    isAnnounced = fields.takeInteger("replica-announced") != 0
    report.additionalFields = fields.texts
  }
}
