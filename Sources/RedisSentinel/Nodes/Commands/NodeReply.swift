public import RESP
public import SentinelModel

/// A reply, and the node that gave it.
public struct NodeReply: Hashable, Sendable {
  /// What was replied.
  public var value: RESPValue
  /// Who replied; nil where that isn't known.
  public var endpoint: NodeAddress?

  /// A reply of a node.
  public init(_ value: RESPValue, from endpoint: NodeAddress? = nil) {
    self.value = value
    self.endpoint = endpoint
  }
}
