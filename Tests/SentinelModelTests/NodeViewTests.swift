import SentinelModel
import Testing

@Suite struct NodeViewTests {
  private let node = NodeAddress(host: "127.0.0.1", port: 6379)
  private var topology = Topology()

  private mutating func see(_ fact: Observation.Fact, at second: Int64) {
    topology.apply(
      Observation(source: node, at: Timestamp(milliseconds: second * 1_000), fact: fact))
  }

  @Test mutating func `what a node says makes no Sentinel of it`() {
    see(.sampled(ServerInfo(text: "role:master"), roundTrip: .milliseconds(1)), at: 1)
    #expect(topology.vantages.isEmpty)
    #expect(topology.nodes[node]?.info?.value["role"] == "master")
    #expect(topology.nodes[node]?.isReachable == true)
  }

  @Test mutating func `the sample before is kept beside the last one`() {
    see(.sampled(ServerInfo(text: "master_repl_offset:10"), roundTrip: .zero), at: 1)
    see(.sampled(ServerInfo(text: "master_repl_offset:30"), roundTrip: .zero), at: 3)
    #expect(topology.nodes[node]?.earlier?.value.integer("master_repl_offset") == 10)
    #expect(topology.nodes[node]?.info?.value.integer("master_repl_offset") == 30)
  }

  @Test mutating func `a node that is lost keeps its last words, and since when it is lost`() {
    see(.sampled(ServerInfo(text: "role:slave"), roundTrip: .zero), at: 1)
    see(.unsampled(reason: "refused"), at: 2)
    see(.unsampled(reason: "timed out"), at: 5)
    #expect(
      topology.nodes[node]?.contact
        == .unreachable(since: Timestamp(milliseconds: 2_000), reason: "timed out"))
    #expect(topology.nodes[node]?.info?.value["role"] == "slave")
  }

  @Test mutating func `a node that nobody lists any more is forgotten`() {
    see(.sampled(ServerInfo(text: "role:slave"), roundTrip: .zero), at: 1)
    see(.unwatched, at: 2)
    #expect(topology.nodes.isEmpty)
  }

  @Test mutating func `made-up Sentinels don't grow it without end`() throws {
    for number in 0..<(NodeView.mostHellos + 50) {
      let text = "127.0.0.1,26379,id\(number),1,cache,127.0.0.1,6379,1"
      see(.hello(try #require(HelloMessage(parsing: text))), at: 1)
    }
    let hello = try #require(HelloMessage(parsing: "127.0.0.1,26379,id0,7,cache,127.0.0.1,6379,1"))
    see(.hello(hello), at: 9)
    #expect(topology.nodes[node]?.hellos.count == NodeView.mostHellos)
    #expect(topology.nodes[node]?.hellos["id0"]?.value.currentEpoch == 7)
  }
}
