package import RESP
package import SentinelModel

extension SentinelState {
  /// Reads one entry of SENTINELS.
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
    let report = try InstanceReport(taking: &fields)
    self.init(id: report.runID ?? name, report: report)
    sinceHello = fields.takeDuration("last-hello-message")
    let leader = fields.takeText("voted-leader")
    votedLeader = leader == "?" ? nil : leader
    votedLeaderEpoch =
      fields.takeInteger("voted-leader-epoch").flatMap { UInt64(exactly: $0) } ?? 0
    self.report.additionalFields = fields.texts
  }
}
