import SentinelModel
import Testing

@Suite struct TopologyTests {
  private let one = NodeAddress(host: "10.0.0.1", port: 26379)
  private let two = NodeAddress(host: "10.0.0.2", port: 26379)
  private let three = NodeAddress(host: "10.0.0.3", port: 26379)

  @Test func `sentinels stand in the order in which they became known`() {
    var topology = Topology(seeds: [three, one])
    topology.admit(one)
    topology.apply(two, at: 1, .masters([], roundTrip: .zero))
    topology.apply(three, at: 2, .lost(reason: "gone"))
    #expect(topology.vantages.map(\.address) == [three, one, two])
    #expect(topology.vantages.map(\.isReachable) == [false, false, true])
    #expect(topology[one]?.contact == .connecting)
    #expect(topology[NodeAddress(host: "x", port: 1)] == nil)
  }

  @Test func `a sentinel that is lost keeps its last words and the time it went`() {
    var topology = Topology()
    topology.apply(one, at: 1, .listening(gap: nil))
    topology.apply(one, at: 2, .masters([.named("cache")], roundTrip: .milliseconds(3)))
    topology.apply(one, at: 5, .lost(reason: "no answer"))
    topology.apply(one, at: 9, .lost(reason: "connection refused"))
    let vantage = topology[one]
    #expect(
      vantage?.contact
        == .unreachable(since: Timestamp(milliseconds: 5), reason: "connection refused"))
    #expect(vantage?.hearing == .no)
    #expect(vantage?.lastHeard == Timestamp(milliseconds: 2))
    #expect(vantage?.services["cache"]?.masterAt == Timestamp(milliseconds: 2))
    #expect(vantage?.isReachable == false)
  }

  @Test func `a sentinel that comes back is reachable, and heard only when it is listened to`() {
    var topology = Topology()
    topology.apply(one, at: 1, .listening(gap: nil))
    topology.apply(one, at: 2, .lost(reason: "x"))
    topology.apply(one, at: 3, .masters([], roundTrip: .zero))
    #expect(topology[one]?.isReachable == true)
    #expect(topology[one]?.hearing == .no)
    topology.apply(one, at: 4, .listening(gap: .milliseconds(2)))
    #expect(topology[one]?.hearing == .yes(since: Timestamp(milliseconds: 4)))
    topology.apply(one, at: 5, .deaf(reason: "NOPERM"))
    #expect(topology[one]?.hearing == .refused(reason: "NOPERM"))
    topology.apply(one, at: 6, .lost(reason: "y"))
    #expect(topology[one]?.contact == .unreachable(since: Timestamp(milliseconds: 6), reason: "y"))
  }

  @Test func `a sentinel under a second address is left out`() {
    var topology = Topology(seeds: [one, two, three])
    topology.apply(two, at: 1, .same(as: one))
    #expect(topology.vantages.map(\.address) == [one, three])
    #expect(topology[two] == nil)
    topology.apply(three, at: 2, .masters([.named("cache")], roundTrip: .zero))
    #expect(topology[three]?.services.count == 1)
    #expect(topology[one]?.services.isEmpty == true)
    topology.apply(two, at: 3, .same(as: one))
    #expect(topology.vantages.count == 2)
  }

  @Test func `a poll renews the masters, keeps their replicas and drops what is gone`() {
    var topology = Topology()
    topology.apply(one, at: 1, .masters([.named("a"), .named("b")], roundTrip: .milliseconds(7)))
    topology.apply(one, at: 2, .replicas("a", [.named("r")]))
    topology.apply(one, at: 3, .sentinels("a", [.named("s")]))
    topology.apply(one, at: 4, .replicas("unknown", [.named("r")]))
    var changed = MasterState.named("a")
    changed.quorum = 5
    topology.apply(one, at: 5, .masters([changed, .named("c")], roundTrip: .milliseconds(8)))
    let services = topology[one]?.services
    #expect(services?.keys.sorted() == ["a", "c"])
    #expect(services?["a"]?.master.quorum == 5)
    #expect(services?["a"]?.masterAt == Timestamp(milliseconds: 5))
    #expect(services?["a"]?.replicas == Dated([.named("r")], at: Timestamp(milliseconds: 2)))
    #expect(services?["a"]?.sentinels == Dated([.named("s")], at: Timestamp(milliseconds: 3)))
    #expect(services?["c"]?.replicas == nil)
    #expect(topology[one]?.roundTrip == .milliseconds(8))
    #expect(topology[one]?.lastHeard == Timestamp(milliseconds: 5))
  }

  @Test func `a switch counts at once, for the sentinel that announced it`() {
    var topology = Topology()
    var master = MasterState.named("cache")
    master.report.flags = [.sDown, .oDown, .master, .failoverInProgress]
    master.report.sDownFor = .seconds(2)
    master.oDownFor = .seconds(1)
    master.failoverState = .reconfigureReplicas
    for sentinel in [one, two] {
      topology.apply(sentinel, at: 1, .masters([master], roundTrip: .zero))
    }
    let event = SentinelEvent(
      channel: "+switch-master", payload: "cache 10.0.1.1 7000 10.0.1.2 7001")
    topology.apply(one, at: 2, .event(event))
    let switched = topology[one]?.services["cache"]?.master
    #expect(switched?.address == NodeAddress(host: "10.0.1.2", port: 7001))
    #expect(switched?.flags == [.master])
    #expect(switched?.report.sDownFor == nil && switched?.oDownFor == nil)
    #expect(switched?.failoverState == nil)
    #expect(topology[two]?.services["cache"]?.master == master)
  }

  @Test func `events of services nobody knows change nothing`() {
    var topology = Topology()
    topology.apply(one, at: 1, .masters([.named("cache")], roundTrip: .zero))
    let before = topology[one]?.services
    for (channel, payload) in [
      ("+switch-master", "other 10.0.1.1 7000 10.0.1.2 7001"),
      ("-monitor", "master other 10.0.1.1 7000"), ("+monitor", "master new 10.0.1.1 7000 quorum 2"),
      ("+sdown", "master cache 10.0.1.1 7000"), ("+switch-master", "cache"),
    ] {
      topology.apply(one, at: 2, .event(SentinelEvent(channel: channel, payload: payload)))
    }
    #expect(topology[one]?.services == before)
    #expect(topology[one]?.lastHeard == Timestamp(milliseconds: 2))
  }

  @Test func `a service that is no longer monitored is gone at once`() {
    var topology = Topology()
    topology.apply(one, at: 1, .masters([.named("a"), .named("b")], roundTrip: .zero))
    let event = SentinelEvent(channel: "-monitor", payload: "master a 10.0.1.1 7000")
    topology.apply(one, at: 2, .event(event))
    #expect(topology[one]?.services.keys.sorted() == ["b"])
  }

  @Test func `tilt comes and goes with INFO and with events`() {
    var topology = Topology()
    topology.apply(one, at: 1, .masters([], roundTrip: .zero))
    #expect(topology[one]?.isTilted == nil)
    topology.apply(one, at: 2, .info(ServerInfo(text: "sentinel_tilt:1\r\n")))
    #expect(topology[one]?.isTilted == true)
    topology.apply(one, at: 3, .info(ServerInfo(text: "redis_version:7.0.15\r\n")))
    #expect(topology[one]?.isTilted == true)
    topology.apply(
      one, at: 4, .event(SentinelEvent(channel: "-tilt", payload: "#tilt mode exited")))
    #expect(topology[one]?.isTilted == false)
    topology.apply(
      one, at: 5, .event(SentinelEvent(channel: "+tilt", payload: "#tilt mode entered")))
    #expect(topology[one]?.isTilted == true)
  }

  @Test func `who a sentinel is comes from the handshake, and its version from INFO too`() {
    var topology = Topology()
    topology.apply(
      one, at: 1, .connected(SentinelIdentity(id: "abc", version: nil, respVersion: 2)))
    topology.apply(one, at: 2, .info(ServerInfo(text: "redis_version:6.2.16\r\n")))
    #expect(
      topology[one]?.identity == SentinelIdentity(id: "abc", version: "6.2.16", respVersion: 2))
    #expect(topology.vantage(id: "abc")?.address == one)
    #expect(topology.vantage(id: "xyz") == nil)
  }

  @Test func `service names are those of all sentinels, each once`() {
    var topology = Topology()
    topology.apply(one, at: 1, .masters([.named("b"), .named("a")], roundTrip: .zero))
    topology.apply(two, at: 1, .masters([.named("c"), .named("a")], roundTrip: .zero))
    #expect(topology.serviceNames == ["a", "b", "c"])
  }

  @Test func `the same observations make the same topology`() {
    var left = Topology(seeds: [one])
    var right = Topology(seeds: [one])
    for at in 1...3 {
      left.apply(two, at: Int64(at), .masters([.named("a")], roundTrip: .zero))
      right.apply(two, at: Int64(at), .masters([.named("a")], roundTrip: .zero))
    }
    #expect(left == right)
    right.apply(two, at: 4, .lost(reason: ""))
    #expect(left != right)
  }
}

extension Topology {
  fileprivate mutating func apply(
    _ sentinel: NodeAddress, at milliseconds: Int64, _ fact: Observation.Fact
  ) {
    apply(
      Observation(source: sentinel, at: Timestamp(milliseconds: milliseconds), fact: fact))
  }
}

private let somewhere = NodeAddress(host: "10.0.1.1", port: 7000)

extension MasterState {
  fileprivate static func named(_ name: ServiceName) -> MasterState {
    MasterState(name: name, report: InstanceReport(address: somewhere, flags: [.master]))
  }
}

extension ReplicaState {
  fileprivate static func named(_ name: String) -> ReplicaState {
    ReplicaState(name: name, report: InstanceReport(address: somewhere, flags: [.replica]))
  }
}

extension SentinelState {
  fileprivate static func named(_ name: String) -> SentinelState {
    SentinelState(id: name, report: InstanceReport(address: somewhere, flags: [.sentinel]))
  }
}
