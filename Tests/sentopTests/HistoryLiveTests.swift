import SentinelLab
import SentinelModel
import SentinelMonitor
import TestSupport
import Testing

/// `sentop history` after failovers of real servers.
@Suite(.live) struct HistoryLiveTests {
  private struct Document: Decodable {
    var schema: Int
    var failovers: [IncidentRecord]
  }

  private func history(_ environment: [String: String]) async throws -> [IncidentRecord] {
    let ending = try await Program.run(["history", "--format", "json"], environment: environment)
    ending.expect(0)
    let document = try ending.json(Document.self)
    #expect(document.schema == 1)
    return document.failovers
  }

  @Test func `a failover that was watched is told, and one between two runs is found out`()
    async throws
  {
    try await Folder.open { folder in
      let environment = ["XDG_STATE_HOME": folder.path]
      let nothing = try await Program.run(["history"], environment: environment)
      nothing.expect(0)
      #expect(nothing.output.isEmpty)
      #expect(nothing.messages.contains("No failover was watched so far."))
      try await Lab.settled { lab in
        let old = lab.masters[0].address
        let ending = try await Program.run(
          ["failover", Lab.service, "--yes", "--wait", "90s"] + lab.seed(),
          environment: environment, within: .seconds(120))
        ending.expect(0)
        let new = try await lab.settleAfterFailover(from: old)
        let watched = try #require(try await history(environment).first)
        #expect(watched.service == Lab.service)
        #expect(watched.cause == "manual")
        #expect(watched.stage == "home")
        #expect(watched.oldMaster == "\(old)")
        #expect(watched.newMaster == "\(new)")
        #expect(watched.withoutMasterMs == 0)
        #expect(watched.phases.map(\.phase).contains("promoted"))
        #expect(watched.missing.isEmpty)

        // Nobody watches the next one.
        #expect(try await lab.sentinels[0].ask("SENTINEL", "FAILOVER", Lab.service) == ["OK"])
        let third = try await lab.settleAfterFailover(from: new)
        let events = try await Program.run(
          ["events", "--for", "3s"] + lab.seed(), environment: environment)
        events.expect(0)
        let failovers = try await history(environment)
        #expect(failovers.count == 2)
        #expect(failovers.last?.stage == "unwatched")
        #expect(failovers.last?.oldMaster == "\(new)")
        #expect(failovers.last?.newMaster == "\(third)")
        #expect(failovers.last?.unwatched?.after != nil)
      }
      let table = try await Program.run(["history", Lab.service], environment: environment)
      table.expect(0)
      #expect(table.lines.count == 3)
      #expect(table.text.contains("manual"))
      #expect(table.text.contains("found out later"))
    }
  }
}
