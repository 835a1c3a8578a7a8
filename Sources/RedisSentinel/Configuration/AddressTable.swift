package import SentinelModel

/// Where servers are called that announce an address which leads nowhere from here: in containers,
/// behind NAT, through a tunnel. What is in no entry is called where it was announced.
package struct AddressTable: Hashable, Sendable {
  package var addresses: [NodeAddress: NodeAddress] = [:]
  /// For every port of a host that isn't in `addresses`.
  package var hosts: [String: String] = [:]

  package init(addresses: [NodeAddress: NodeAddress] = [:], hosts: [String: String] = [:]) {
    self.addresses = addresses
    self.hosts = hosts
  }

  /// Where to call, instead of at the address that was announced.
  package func reachable(_ announced: NodeAddress) -> NodeAddress {
    if let address = addresses[announced] { return address }
    guard let host = hosts[announced.host] else { return announced }
    return NodeAddress(host: host, port: announced.port)
  }
}
