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

  private func whole(replicas: [Int], sentinels: [Int]) -> ServiceTopology {
    func nodes(_ ports: [Int]) -> [ServiceTopology.Node] {
      ports.map { .init(address: NodeAddress(host: "m", port: $0), flags: []) }
    }
    var whole = ServiceTopology(unknown: "mymaster")
    whole.master = NodeAddress(host: "m", port: 1)
    whole.replicas = nodes(replicas)
    whole.sentinels = nodes(sentinels)
    return whole
  }

  @Test func `what a reset made a Sentinel forget is held to be there, and marked`() {
    let before = whole(replicas: [2, 3], sentinels: [4, 5, 6])
    var after = whole(replicas: [], sentinels: [4])
    after.hold(to: before)
    #expect(after.replicas == before.replicas && after.sentinels == before.sentinels)
    #expect(after.isStale)
    var half = whole(replicas: [2, 3, 9], sentinels: [4])
    half.hold(to: before)
    #expect(half.replicas.count == 3 && half.sentinels.count == 3 && half.isStale)
    var again = whole(replicas: [2, 3], sentinels: [4, 5, 6])
    again.hold(to: after)
    #expect(again == before)
  }

  @Test func `another master's replicas are others, and an unknown service has none`() {
    let before = whole(replicas: [2, 3], sentinels: [4])
    var moved = whole(replicas: [], sentinels: [])
    moved.master = NodeAddress(host: "m", port: 2)
    moved.hold(to: before)
    #expect(moved.replicas.isEmpty && !moved.isStale)
    var unknown = ServiceTopology(unknown: "mymaster")
    unknown.hold(to: before)
    #expect(unknown == ServiceTopology(unknown: "mymaster"))
  }
}
