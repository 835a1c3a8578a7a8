import SentinelLab
import SentinelModel
import TestSupport
import Testing

/// `sentop status` on real servers, held against what redis-cli says of each Sentinel.
@Suite(.live) struct StatusLiveTests {
  /// The shape of `status --format json`, as a script would read it.
  struct Status: Decodable {
    var schema: Int
    var at: String
    var sentinels: [Sentinel]
    var masters: [Master]

    struct Sentinel: Decodable {
      var address: String
      var id: String?
      var reachable: Bool
      var error: String?
      var version: String?
      var rttMs: Double?
    }

    struct Master: Decodable {
      var name: String
      var address: String
      var state: String
      var flags: [String]
      var quorum: Int
      var usableSentinels: Int
      var configEpoch: Int
      var agreement: Agreement?
      var failover: Failover?
      var replicas: [Replica]
      var sentinels: [View]
    }

    struct Agreement: Decodable, Equatable {
      var agree: Int
      var of: Int
      var differ: [String]
    }

    struct Failover: Decodable, Equatable {
      var stage: String
      var cause: String?
      var leader: String?
      var step: String?
      var phase: String?
      var epoch: Int?
      var oldMaster: String
      var newMaster: String?
      var withoutMasterMs: Double?
    }

    struct Replica: Decodable {
      var address: String
      var state: String
      var flags: [String]
      var link: String
      var lagBytes: Int?
      var lagSource: String?
      var lagAgeMs: Double?
      var priority: Int
      var rank: Int?
      var rejected: Rejected?
    }

    struct Rejected: Decodable, Equatable {
      var rule: String
      var value: String
      var limit: String
      var by: [String]
    }

    struct View: Decodable {
      var address: String
      var id: String?
      var state: String
      var masterAddress: String?
      var configEpoch: Int?
    }
  }

  private func status(_ arguments: [String]) async throws -> Status {
    let ending = try await Program.run(["status", "--format", "json"] + arguments)
    ending.expect(0)
    #expect(ending.messages.isEmpty)
    return try ending.json(Status.self)
  }

  /// Where the program and redis-cli differ.
  private func differences(_ status: Status, _ lab: Lab) async throws -> [String] {
    var found: [String] = []
    func hold(_ what: String, _ ours: some Equatable, _ theirs: some Equatable) {
      if "\(ours)" != "\(theirs)" { found.append("\(what): \(ours), but redis-cli: \(theirs)") }
    }
    hold(
      "sentinels", status.sentinels.map(\.address).sorted(),
      lab.sentinels.map(\.address.description).sorted())
    for sentinel in lab.sentinels where await sentinel.state.isRunning {
      let address = sentinel.address.description
      let row = status.sentinels.first { $0.address == address }
      hold("reachable", row?.reachable ?? false, true)
      hold("id of \(address)", row?.id ?? "", try await sentinel.ask("SENTINEL", "MYID")[0])
      let reports = try await sentinel.askForInstances("SENTINEL", "MASTERS")
      hold("names", status.masters.map(\.name).sorted(), reports.compactMap { $0["name"] }.sorted())
      for report in reports {
        let name = report["name"] ?? ""
        guard let master = status.masters.first(where: { $0.name == name }) else { continue }
        let known = try await sentinel.master(of: name)?.description
        hold("address of \(name)", master.address, known ?? "")
        hold("flags of \(name)", master.flags.joined(separator: ","), report["flags"] ?? "")
        hold("epoch of \(name)", "\(master.configEpoch)", report["config-epoch"] ?? "")
        hold("quorum of \(name)", "\(master.quorum)", report["quorum"] ?? "")
        hold("replicas of \(name)", "\(master.replicas.count)", report["num-slaves"] ?? "")
        let others = Int(report["num-other-sentinels"] ?? "") ?? -1
        hold("sentinels of \(name)", master.sentinels.count, others + 1)
        let view = master.sentinels.first { $0.address == address }
        hold("view of \(address)", view?.masterAddress ?? "", known ?? "")
        hold("epoch at \(address)", "\(view?.configEpoch ?? -1)", report["config-epoch"] ?? "")
        let replicas = try await sentinel.askForInstances("SENTINEL", "REPLICAS", name)
        hold(
          "replicas of \(name)", master.replicas.map(\.address).sorted(),
          replicas.map { "\($0["ip"] ?? ""):\($0["port"] ?? "")" }.sorted())
        for replica in replicas {
          let address = "\(replica["ip"] ?? ""):\(replica["port"] ?? "")"
          let row = master.replicas.first { $0.address == address }
          let flags = replica["flags"]?.replacing("slave", with: "replica")
          hold("flags of \(address)", row?.flags.joined(separator: ",") ?? "", flags ?? "")
          hold("priority of \(address)", "\(row?.priority ?? -1)", replica["slave-priority"] ?? "")
          hold(
            "link of \(address)", row?.link == "up", replica["master-link-status"] == "ok")
        }
      }
    }
    return found
  }

  /// Returns the first status in which nothing differs: one that was taken in the middle of a change
  /// may rightly do so.
  private func agreeingStatus(_ arguments: [String], _ lab: Lab) async throws -> Status {
    var found: [String] = []
    return try await eventually("status says what redis-cli says; \(found)") {
      let status = try await status(arguments)
      found = try await differences(status, lab)
      return found.isEmpty ? status : nil
    }
  }

  @Test func `from one seed it says of everybody what redis-cli says`() async throws {
    try await Lab.settled(LabLayout(masters: 2)) { lab in
      let status = try await agreeingStatus(lab.seed(), lab)
      #expect(status.schema == 1)
      #expect(status.masters.map(\.state) == ["up", "up"])
      #expect(status.masters.map(\.usableSentinels) == [3, 3])
      for master in status.masters {
        #expect(master.agreement == Status.Agreement(agree: 3, of: 3, differ: []))
        #expect(master.replicas.map(\.state) == ["up", "up"])
        #expect(master.replicas.map(\.lagSource) == ["INFO", "INFO"])
        #expect(master.replicas.allSatisfy { $0.lagBytes != nil && $0.rejected == nil })
        #expect(Set(master.replicas.map(\.rank)).contains(1))
        #expect(master.failover == nil)
      }
      #expect(status.sentinels.allSatisfy { $0.error == nil && ($0.rttMs ?? 0) > 0 })
      #expect(status.sentinels.allSatisfy { $0.version == "\(lab.server.version)" })

      let one = try await self.status(lab.seed(1) + ["cache"])
      #expect(one.masters.map(\.name) == ["cache"])
      let unasked = try await self.status(lab.seed() + ["--no-node-sampling"])
      #expect(unasked.masters[0].replicas.allSatisfy { $0.lagSource != "INFO" })
      let table = try await Program.run(["status"] + lab.seed())
      table.expect(0)
      #expect(table.lines.count { $0.contains(" INFO ") } == 4)
      #expect(table.messages.isEmpty)
      for node in lab.nodes { #expect(table.text.contains(node.address.description)) }
      #expect(!table.text.contains("\u{1B}"))

      let unknown = try await Program.run(["status", "other"] + lab.seed())
      unknown.expect(1)
      #expect(unknown.output.isEmpty)
      #expect(unknown.messages.contains("\"other\""))
      #expect(unknown.messages.contains("there is cache, session"))
    }
  }

  @Test func `a dead master, the failover, and its return are told as redis-cli tells them`()
    async throws
  {
    try await Lab.settled(downAfter: .milliseconds(1_500)) { lab in
      let old = lab.masters[0]
      try await old.kill()
      let new = try await lab.settleAfterFailover(from: old.address)
      let status = try await agreeingStatus(lab.seed(), lab)
      let master = try #require(status.masters.first)
      #expect(master.address == "\(new)")
      #expect(master.state == "up")
      #expect(master.configEpoch > 0)
      let dead = try #require(master.replicas.first { $0.address == "\(old.address)" })
      #expect(dead.state == "sdown")
      #expect(dead.link == "down")
      #expect(dead.rank == nil)
      #expect(dead.rejected?.rule == "sdown")
      #expect(dead.rejected?.by.count == 3)
      try await old.start()
      try await eventually("the old master is a replica that is up", within: .seconds(60)) {
        let status = try await agreeingStatus(lab.seed(), lab)
        return status.masters[0].replicas.allSatisfy { $0.state == "up" && $0.link == "up" }
      }
    }
  }

  @Test func `a Sentinel that is dead is told with its reason, by seeds and by SENTOP_SEEDS`()
    async throws
  {
    try await Lab.settled { lab in
      try await lab.sentinels[0].kill()
      let dead = lab.sentinels[0].address.description
      let alive = lab.sentinels[1].address.description
      let bySeeds = try await Program.run(
        ["status", "--format", "json"] + lab.seed(0) + lab.seed(1))
      let byEnvironment = try await Program.run(
        ["status", "--format", "json"], environment: ["SENTOP_SEEDS": " \(dead), \(alive),"])
      for ending in [bySeeds, byEnvironment] {
        ending.expect(0)
        let status = try ending.json(Status.self)
        let row = try #require(status.sentinels.first { $0.address == dead })
        #expect(!row.reachable)
        #expect(row.error?.contains("refused") == true)
        #expect(status.sentinels.count(where: \.reachable) == 2)
        #expect(status.sentinels.count == 3)
        #expect(status.masters.map(\.agreement) == [.init(agree: 2, of: 2, differ: [])])
      }
      // What is given comes before what is in the environment.
      let other = try await Program.run(
        ["status", "--format", "json"] + lab.seed(1), environment: ["SENTOP_SEEDS": "127.0.0.1:1"])
      other.expect(0)
    }
  }

  @Test func `a frozen Sentinel costs a second or two, and is told`() async throws {
    try await Lab.settled(downAfter: .seconds(30)) { lab in
      try await lab.sentinels[2].freeze()
      let start = ContinuousClock.now
      let status = try await status(lab.seed())
      #expect(ContinuousClock.now - start < .seconds(10))
      let frozen = lab.sentinels[2].address.description
      let row = try #require(status.sentinels.first { $0.address == frozen })
      #expect(!row.reachable)
      #expect(row.error?.isEmpty == false)
      #expect(status.sentinels.count(where: \.reachable) == 2)
    }
  }
}
