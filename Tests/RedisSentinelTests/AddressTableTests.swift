import RedisSentinel
import SentinelModel
import Testing

@Suite struct AddressTableTests {
  private let table = AddressTable(
    addresses: [NodeAddress(host: "a", port: 1): NodeAddress(host: "b", port: 2)],
    hosts: ["a": "c"])

  @Test func `an entry for host and port comes before one for the host`() {
    #expect(table.reachable(NodeAddress(host: "a", port: 1)) == NodeAddress(host: "b", port: 2))
    #expect(table.reachable(NodeAddress(host: "a", port: 3)) == NodeAddress(host: "c", port: 3))
  }

  @Test func `what isn't in it is called where it was announced`() {
    let other = NodeAddress(host: "b", port: 1)
    #expect(table.reachable(other) == other)
  }
}
