import RESP
import RedisSentinel
import SentinelModel
import TestSupport
import Testing

/// Every recorded list of masters, replicas and sentinels, from all servers, read whole.
@Suite struct RecordedStatesTests {
  @Test func `every list of masters is read without a rest`() throws {
    let paths = try recorded { $0.contains("masters") || $0.hasPrefix("primaries") }
    #expect(paths.count > 45)
    for path in paths {
      let list = try entries(path) { reply throws(BadEntry) in try MasterState(reply: reply) }
      for master in list {
        #expect(master.flags.role == .master && master.flags.unknown.isEmpty, "\(path)")
        #expect(master.report.additionalFields.isEmpty, "\(path)")
        #expect(master.flags.contains(.sDown) == (master.report.sDownFor != nil), "\(path)")
        #expect(master.flags.contains(.oDown) == (master.oDownFor != nil), "\(path)")
        #expect(
          master.flags.contains(.failoverInProgress) == (master.failoverState != nil), "\(path)")
        #expect(master.quorum > 0 && master.failoverTimeout > .zero && master.parallelSyncs > 0)
        #expect(master.report.downAfter > .zero && master.reportedRole != nil)
      }
    }
  }

  @Test func `every list of replicas is read without a rest`() throws {
    let paths = try recorded { $0.hasPrefix("replicas") || $0.hasPrefix("slaves") }
    #expect(paths.count > 60)
    for path in paths {
      let list = try entries(path) { reply throws(BadEntry) in try ReplicaState(reply: reply) }
      for replica in list {
        #expect(replica.flags.role == .replica && replica.flags.unknown.isEmpty, "\(path)")
        #expect(replica.report.additionalFields.isEmpty, "\(path)")
        #expect(replica.name == "\(replica.address)", "\(path)")
        #expect(replica.flags.contains(.sDown) == (replica.report.sDownFor != nil), "\(path)")
        #expect(replica.isAnnounced && replica.priority > 0, "\(path)")
      }
    }
  }

  @Test func `every list of sentinels is read without a rest`() throws {
    let paths = try recorded { $0.hasPrefix("sentinels") }
    #expect(paths.count > 25)
    for path in paths {
      let list = try entries(path) { reply throws(BadEntry) in try SentinelState(reply: reply) }
      for sentinel in list {
        #expect(sentinel.flags.role == .sentinel && sentinel.flags.unknown.isEmpty, "\(path)")
        #expect(sentinel.report.additionalFields.isEmpty, "\(path)")
        #expect(sentinel.id.count == 40 && sentinel.id == sentinel.report.runID, "\(path)")
        #expect(sentinel.sinceHello != nil, "\(path)")
      }
    }
  }

  @Test func `flags, steps, links and votes are those in the recordings' names`() throws {
    for path in try Fixture.paths(in: "replies-by-state", suffix: ".resp") {
      let name = String((path.split(separator: "/").last ?? "").dropLast(".resp".count))
      let parts = name.split(separator: "--", maxSplits: 1)
      let said = parts[1].replacing("+", with: ",").replacing("slave", with: "replica")
      let found: [String]
      switch parts[0] {
      case "masters":
        found = try entries(path) { reply throws(BadEntry) in try MasterState(reply: reply) }
          .map { "\($0.flags)\($0.failoverState.map { "--\(word($0))" } ?? "")" }
      case "replicas":
        found = try entries(path) { reply throws(BadEntry) in try ReplicaState(reply: reply) }
          .map { "\($0.flags)-\($0.masterLink.isUp ? "ok" : "err")" }
      default:
        found = try entries(path) { reply throws(BadEntry) in try SentinelState(reply: reply) }
          .map { "\($0.flags)\($0.votedLeader == nil ? "" : "-voted")" }
      }
      #expect(found.sorted() == said.split(separator: "__").map(String.init).sorted(), "\(path)")
    }
  }

  @Test(arguments: [
    ("masters", ["masters.resp2", "masters.resp3"]),
    ("replicas", ["replicas.resp2", "replicas.resp3", "slaves.resp2", "slaves.resp3"]),
    ("sentinels", ["sentinels.resp2", "sentinels.resp3"]),
  ])
  func `both protocols say the same`(kind: String, names: [String]) throws {
    let readings = try names.map { name -> [String] in
      let reply = try Fixture.reply(name)
      let list = reply.elements?.map { entry in
        // Ages differ by the moments between the questions.
        [
          "last-ok-ping-reply", "last-ping-reply", "info-refresh", "role-reported-time",
          "last-hello-message",
        ].reduce(entry) { $0.with($1, nil) }
      }
      switch kind {
      case "masters": return try list?.map { "\(try MasterState(reply: $0))" } ?? []
      case "replicas": return try list?.map { "\(try ReplicaState(reply: $0))" } ?? []
      default: return try list?.map { "\(try SentinelState(reply: $0))" } ?? []
      }
    }
    #expect(readings.allSatisfy { $0 == readings[0] && !$0.isEmpty })
  }

  private func recorded(_ isWanted: (Substring) -> Bool) throws -> [String] {
    try Fixture.paths(suffix: ".resp").filter { path in
      isWanted(path.split(separator: "/").last ?? "")
    }
  }

  private func entries<Entry: Sendable>(
    _ path: String, _ read: (RESPValue) throws(BadEntry) -> Entry
  ) throws -> [Entry] {
    let reply = try #require(try Fixture.replies(path).first)
    guard let list = Entries(reply, read) else {
      Issue.record("\(path) is no list")
      return []
    }
    #expect(list.bad.isEmpty, "\(path)")
    #expect(list.entries.count == reply.elements?.count, "\(path)")
    return list.entries
  }

  private func word(_ state: FailoverState) -> String {
    switch state {
    case .none: "none"
    case .waitStart: "wait_start"
    case .selectReplica: "select_replica"
    case .sendReplicaOfNoOne: "send_replicaof_noone"
    case .waitPromotion: "wait_promotion"
    case .reconfigureReplicas: "reconf_replicas"
    case .updateConfiguration: "update_config"
    case .other(let word): word
    }
  }
}
