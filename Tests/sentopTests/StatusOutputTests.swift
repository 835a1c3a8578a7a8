import Foundation
import SentinelInsight
import SentinelModel
import Testing

@testable import sentop

/// How a deployment is printed, without any server.
@Suite struct StatusOutputTests {
  private typealias Status = StatusLiveTests.Status

  private let sentinels = [1, 2, 3].map { NodeAddress(host: "10.0.1.\($0)", port: 26379) }
  private let nodes = [1, 2, 3].map { NodeAddress(host: "10.0.0.\($0)", port: 6379) }
  private let at = Timestamp(milliseconds: 1_769_861_068_123)
  private var topology: Topology
  private var timeline = FailoverTimeline()

  init() {
    topology = Topology(seeds: sentinels)
    for sentinel in sentinels {
      see(
        sentinel,
        .connected(SentinelIdentity(id: "id-\(sentinel.host)", version: "7.4.1", respVersion: 3)))
      see(sentinel, .masters([master()], roundTrip: .milliseconds(1)))
      see(sentinel, .replicas("cache", [replica(nodes[1]), replica(nodes[2], priority: 0)]))
    }
  }

  private mutating func see(
    _ source: NodeAddress, _ fact: Observation.Fact, after time: Duration = .zero
  ) {
    let observation = Observation(source: source, at: at.advanced(by: time), fact: fact)
    topology.apply(observation)
    timeline.apply(observation, in: topology)
  }

  private func master(
    _ address: NodeAddress? = nil, epoch: UInt64 = 6, _ flags: InstanceFlags = [.master],
    step: FailoverState? = nil
  ) -> MasterState {
    var state = MasterState(
      name: "cache", report: InstanceReport(address: address ?? nodes[0], flags: flags))
    state.configEpoch = epoch
    state.quorum = 2
    state.replicaCount = 2
    state.otherSentinelCount = 2
    state.failoverState = step
    return state
  }

  private func replica(_ address: NodeAddress, priority: Int = 100) -> ReplicaState {
    var state = ReplicaState(
      name: "\(address)", report: InstanceReport(address: address, flags: [.replica]))
    state.report.sinceValidPing = .milliseconds(300)
    state.masterLink = .up
    state.masterAddress = nodes[0]
    state.priority = priority
    state.sinceInfo = .seconds(1)
    state.replicationOffset = 4_000
    return state
  }

  private func status() throws -> Status {
    let now = at.advanced(by: .seconds(2))
    let diagnosis = Diagnosis(
      topology: topology, findings: [], at: now, incidents: timeline.incidents)
    let text = try JSONOutput.document(StatusJSON(diagnosis, only: nil, deployment: "lab"))
    return try JSONDecoder().decode(Status.self, from: Data(text.utf8))
  }

  private func table() -> [String] {
    StatusTable(topology, timeline.incidents, only: nil, at: at.advanced(by: .seconds(2))).lines
  }

  @Test mutating func `a replica has its lag with who tells it, and its place in the choice`()
    throws
  {
    // The Sentinels' rows tell how far it is behind the furthest.
    #expect(try status().masters[0].replicas[0].lagSource == "REPLICAS")
    let info =
      "role:master\nmaster_repl_offset:5000\n"
      + "slave0:ip=10.0.0.2,port=6379,state=online,offset=4200,lag=0"
    see(nodes[0], .sampled(ServerInfo(text: info), roundTrip: .milliseconds(1)))
    let replicas = try status().masters[0].replicas
    #expect(replicas[0].lagBytes == 800)
    #expect(replicas[0].lagSource == "INFO")
    #expect(replicas[0].lagAgeMs == 2_000)
    #expect(replicas[0].rank == 1)
    #expect(replicas[0].rejected == nil)
    #expect(replicas[1].rank == nil)
    #expect(
      replicas[1].rejected
        == .init(
          rule: "priority", value: "0", limit: "1 or more", by: sentinels.map(\.description)))
    let rows = table()
    #expect(rows.contains { $0.hasPrefix("10.0.0.2:6379  up     up    800 B  INFO") })
    #expect(rows.contains { $0.hasPrefix("10.0.0.2:6379") && $0.hasSuffix("1st") })
    #expect(rows.contains { $0.hasPrefix("10.0.0.3:6379") && $0.hasSuffix("never") })
  }

  @Test mutating func `a replica that only some would promote has both, its place and why not`()
    throws
  {
    see(
      sentinels[2],
      .replicas("cache", [replica(nodes[1], priority: 0), replica(nodes[2], priority: 0)]))
    let replica = try status().masters[0].replicas[0]
    #expect(replica.rank == 1)
    #expect(replica.rejected?.by == [sentinels[2].description])
    #expect(table().contains { $0.hasPrefix("10.0.0.2:6379") && $0.hasSuffix("1st?") })
  }

  @Test mutating func `who holds another master is named, with the master that he holds`() throws {
    #expect(!table().contains { $0.hasPrefix("cache: ") })
    see(sentinels[2], .master(master(nodes[1], epoch: 5)))
    let status = try status()
    #expect(
      status.masters[0].agreement
        == .init(agree: 2, of: 3, differ: [sentinels[2].description]))
    #expect(table().contains("cache: 10.0.1.3:26379 holds 10.0.0.2:6379 in epoch 5"))
    see(sentinels[2], .masters([], roundTrip: .milliseconds(1)))
    #expect(table().contains("cache: 10.0.1.3:26379 doesn't monitor it"))
  }

  @Test mutating func `a failover that goes on is told, with who leads and who is missing`() throws
  {
    #expect(try status().masters[0].failover == nil)
    let old = "master cache 10.0.0.1 6379"
    func announce(_ channel: String, _ payload: String) -> Observation.Fact {
      .event(SentinelEvent(channel: channel, payload: payload))
    }
    for sentinel in sentinels { see(sentinel, announce("+sdown", old)) }
    see(sentinels[0], announce("+odown", "\(old) #quorum 3/2"), after: .milliseconds(80))
    see(sentinels[0], announce("+new-epoch", "7"), after: .milliseconds(90))
    see(sentinels[0], announce("+try-failover", old), after: .milliseconds(90))
    see(sentinels[0], announce("+elected-leader", old), after: .milliseconds(300))
    let running = try #require(try status().masters[0].failover)
    #expect(running.stage == "running")
    #expect(running.cause == "automatic")
    #expect(running.leader == sentinels[0].description)
    #expect(running.phase == "elected")
    #expect(running.epoch == 7)
    #expect(running.oldMaster == "10.0.0.1:6379")
    #expect(running.newMaster == nil)
    #expect(running.withoutMasterMs == 2_000)
    #expect(
      table().contains(
        "cache: failover running, automatic, 10.0.1.1:26379 leads, epoch 7, from 10.0.0.1:6379, "
          + "no master for 2 s"))
    for sentinel in sentinels {
      see(
        sentinel, announce("+switch-master", "cache 10.0.0.1 6379 10.0.0.2 6379"),
        after: .seconds(1))
    }
    let switched = try #require(try status().masters[0].failover)
    #expect(switched.stage == "switched")
    #expect(switched.newMaster == "10.0.0.2:6379")
    #expect(switched.withoutMasterMs == 1_000)
  }

  @Test mutating func `a failover that was under way before anybody listened is told, too`() throws
  {
    see(
      sentinels[1],
      .master(
        master(nil, epoch: 6, [.master, .failoverInProgress], step: .waitPromotion)))
    let failover = try #require(try status().masters[0].failover)
    #expect(failover.stage == "running")
    #expect(failover.leader == sentinels[1].description)
    #expect(failover.step == FailoverState.waitPromotion.description)
    #expect(failover.oldMaster == "10.0.0.1:6379")
  }
}
