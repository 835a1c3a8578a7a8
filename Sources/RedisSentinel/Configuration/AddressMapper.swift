public import SentinelModel

/// Turns addresses that Sentinels announce into addresses that can be reached from here.
public struct AddressMapper: Sendable {
  private let map: @Sendable (NodeAddress, NodeRole) -> NodeAddress

  /// A rule of your own; what it gives back unchanged stays as announced.
  public init(_ map: @escaping @Sendable (NodeAddress, NodeRole) -> NodeAddress) {
    self.map = map
  }

  /// Nothing is changed.
  public static let identity = AddressMapper { address, _ in address }

  /// The master is reached at this host, on the announced port; replicas stay as announced.
  public static func forceMasterHost(_ host: String) -> AddressMapper {
    AddressMapper { address, role in
      role == .master ? NodeAddress(host: host, port: address.port) : address
    }
  }

  /// A table; what isn't in it stays as announced.
  public static func table(_ table: [NodeAddress: NodeAddress]) -> AddressMapper {
    AddressMapper { address, _ in table[address] ?? address }
  }

  func callAsFunction(_ address: NodeAddress, _ role: NodeRole) -> NodeAddress {
    map(address, role)
  }
}
