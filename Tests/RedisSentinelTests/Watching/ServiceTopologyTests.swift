import SentinelModel
import Testing

@testable import RedisSentinel

@Suite struct ServiceTopologyTests {
  private let first = NodeAddress(host: "a", port: 26379)
  private let second = NodeAddress(host: "b", port: 26379)
  private var topology = Topology()

  private mutating func say(
    _ sentinel: NodeAddress, master port: Int, epoch: UInt64, isWhole: Bool = true
  ) {
    var report = InstanceReport(address: NodeAddress(host: "m", port: port), flags: [.master])
    report.runID = "r"
    var master = MasterState(name: "mymaster", report: report)
    master.configEpoch = epoch
    let facts: [Observation.Fact] =
      [.masters([master], roundTrip: .zero)]
      + (isWhole ? [.replicas("mymaster", []), .sentinels("mymaster", [])] : [])
    for fact in facts {
      topology.apply(Observation(source: sentinel, at: Timestamp(milliseconds: 0), fact: fact))
    }
  }

  private var master: Int? { ServiceTopology(of: "mymaster", in: topology)?.master?.port }

  @Test mutating func `who is ahead is believed, whoever came first`() {
    say(first, master: 1, epoch: 3)
    say(second, master: 2, epoch: 4)
    #expect(master == 2)
    say(first, master: 2, epoch: 4)
    #expect(ServiceTopology(of: "mymaster", in: topology)?.sentinels.map(\.address) == [first])
  }

  @Test mutating func `who can't be asked is only believed where nobody else is left`() {
    say(first, master: 1, epoch: 3)
    say(second, master: 2, epoch: 4)
    topology.apply(
      Observation(source: second, at: Timestamp(milliseconds: 1), fact: .lost(reason: "gone")))
    #expect(master == 1)
    topology.apply(
      Observation(source: first, at: Timestamp(milliseconds: 1), fact: .lost(reason: "gone")))
    #expect(master == 2)
  }

  @Test mutating func `half of a service is none`() {
    #expect(master == nil)
    say(first, master: 1, epoch: 3, isWhole: false)
    #expect(master == nil)
  }
}
