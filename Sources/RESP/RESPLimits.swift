/// How large a reply may be before it is refused, so that no server can exhaust our memory.
public struct RESPLimits: Hashable, Sendable {
  /// Lists within lists.
  public var depth: Int
  /// Bytes of one string.
  public var length: Int
  /// Elements of one list; a map's keys and values count apart.
  public var count: Int
  /// Bytes of a line: a simple string, a simple error, a number.
  public var lineLength: Int

  /// Limits, by default far above what any Sentinel sends.
  public init(
    depth: Int = 32, length: Int = 512 << 20, count: Int = 16 << 20, lineLength: Int = 64 << 10
  ) {
    self.depth = depth
    self.length = length
    self.count = count
    self.lineLength = lineLength
  }
}
