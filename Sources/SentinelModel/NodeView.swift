/// What one data node says of itself, and whether it still does.
///
/// A node that no longer answers keeps its last words, with their age.
public struct NodeView: Hashable, Sendable {
  /// The address under which it is asked.
  public var address: NodeAddress
  /// Whether it answers.
  public var contact: Vantage.Contact = .connecting
  /// What its INFO said last.
  public var info: Dated<ServerInfo>?
  /// What its INFO said the time before: two samples tell how fast something grows.
  public var earlier: Dated<ServerInfo>?
  /// How long the last question took.
  public var roundTrip: Duration?
  /// The last words of each Sentinel that speaks through this node, by the Sentinel's id.
  public var hellos: [String: Dated<HelloMessage>] = [:]

  /// Whoever floods the channel with made-up ids gets no more room than this.
  public static let mostHellos = 100

  /// A node of which nothing is known yet.
  public init(address: NodeAddress) {
    self.address = address
  }

  /// Whether it answers.
  public var isReachable: Bool { contact == .reachable }

  mutating func apply(_ fact: Observation.Fact, at: Timestamp) {
    switch fact {
    case .sampled(let info, let roundTrip):
      contact = .reachable
      self.roundTrip = roundTrip
      earlier = self.info
      self.info = Dated(info, at: at)
    case .unsampled(let reason):
      if case .unreachable(let since, _) = contact {
        contact = .unreachable(since: since, reason: reason)
      } else {
        contact = .unreachable(since: at, reason: reason)
      }
    case .hello(let hello):
      guard hellos[hello.sentinelID] != nil || hellos.count < Self.mostHellos else { return }
      hellos[hello.sentinelID] = Dated(hello, at: at)
    default: break
    }
  }
}
