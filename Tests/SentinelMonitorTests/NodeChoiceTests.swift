import SentinelModel
import SentinelMonitor
import Testing

@Suite struct NodeChoiceTests {
  private let sentinel = NodeAddress(host: "127.0.0.1", port: 26379)

  private func node(_ number: Int) -> NodeAddress {
    NodeAddress(host: "127.0.0.1", port: 1_000 + number)
  }

  /// Services with a master and so many replicas each.
  private func topology(services: Int, replicas: Int) -> Topology {
    var topology = Topology(seeds: [sentinel])
    let at = Timestamp(milliseconds: 0)
    let names = (0..<services).map { ServiceName("service-\(100 + $0)") }
    let masters = names.enumerated().map { index, name in
      MasterState(
        name: name,
        report: InstanceReport(address: node(index * (replicas + 1)), flags: [.master]))
    }
    topology.apply(
      Observation(source: sentinel, at: at, fact: .masters(masters, roundTrip: .zero)))
    for (index, name) in names.enumerated() {
      let rows = (0..<replicas).map { number in
        let address = node(index * (replicas + 1) + 1 + number)
        return ReplicaState(
          name: address.description, report: InstanceReport(address: address, flags: [.replica]))
      }
      topology.apply(Observation(source: sentinel, at: at, fact: .replicas(name, rows)))
    }
    return topology
  }

  @Test func `few nodes are all asked`() {
    #expect(NodeChoice.nodes(of: topology(services: 3, replicas: 2), focus: nil).count == 9)
  }

  @Test func `of many the service in focus comes first, and a service is taken whole`() {
    let nodes = NodeChoice.nodes(
      of: topology(services: 100, replicas: 6), focus: "service-199")
    #expect(nodes.isSuperset(of: (693..<700).map(node)))
    #expect(nodes.count <= NodeChoice.mostNodes)
    #expect(nodes.count.isMultiple(of: 7))
  }

  @Test func `a service with hundreds of replicas doesn't open hundreds of connections`() {
    let nodes = NodeChoice.nodes(of: topology(services: 1, replicas: 300), focus: "service-100")
    #expect(nodes.count == NodeChoice.mostNodes)
    #expect(nodes.contains(node(0)))
  }

  @Test func `an address that can't be one is left out`() {
    var topology = Topology(seeds: [sentinel])
    let master = MasterState(
      name: "odd",
      report: InstanceReport(address: NodeAddress(host: "", port: 0), flags: [.master]))
    topology.apply(
      Observation(
        source: sentinel, at: Timestamp(milliseconds: 0),
        fact: .masters([master], roundTrip: .zero)))
    #expect(NodeChoice.nodes(of: topology, focus: "odd").isEmpty)
  }
}
