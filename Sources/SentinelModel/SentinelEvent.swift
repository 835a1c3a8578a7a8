/// An announcement of a Sentinel, taken apart.
public struct SentinelEvent: Hashable, Sendable {
  /// The channel, as it was published.
  public var channel: String
  /// The payload, as it was published.
  public var payload: String
  /// Which event it is; nil for a channel that this library doesn't know.
  public var name: EventName?
  /// The instance it speaks of; nil for events that name none, and for payloads it can't read.
  public var subject: Subject?
  /// The service it belongs to; nil for events that name none.
  public var service: ServiceName?
  /// The master's address, as the Sentinel knew it at that moment.
  public var masterAddress: NodeAddress?
  /// What it says beyond that.
  public var detail: Detail = .none

  /// The instance that an event speaks of.
  public struct Subject: Hashable, Sendable {
    /// What it is to the service.
    public var role: NodeRole
    /// The Sentinel's name for it: a service's name, an address, or a Sentinel's id.
    public var name: String
    /// Where it listens. The host may be empty in odd states.
    public var address: NodeAddress

    /// An instance by its parts.
    public init(role: NodeRole, name: String, address: NodeAddress) {
      self.role = role
      self.name = name
      self.address = address
    }
  }

  /// What an event says beyond its subject.
  public enum Detail: Hashable, Sendable {
    /// Nothing, or nothing that could be read.
    case none
    /// `+odown`: so many agree, so many are needed.
    case agreeing(Int, quorum: Int)
    /// `+monitor`: the quorum it starts with.
    case quorum(Int)
    /// `+switch-master`: the old and the new address.
    case switched(from: NodeAddress, to: NodeAddress)
    /// `+new-epoch`: its number.
    case epoch(UInt64)
    /// `+vote-for-leader`: the id voted for, and the epoch.
    case vote(leader: String, epoch: UInt64)
    /// `+set`: an option with its new value, which may be empty.
    case setting(option: String, value: String)
    /// `+role-change` and `-role-change`: the role the node now reports.
    case reportedRole(NodeRole)
    /// `+sentinel-address-switch`: a Sentinel's id, and its new address.
    case moved(id: String, to: NodeAddress)
    /// `+sentinel-address-update`: how many more instances were updated.
    case alsoUpdated(Int)
    /// `-script-error` and `-script-timeout`: the script, and the figures that follow it.
    case script(path: String, figures: [Int])
  }
}

extension SentinelEvent: CustomStringConvertible {
  /// The channel and the payload, as `redis-cli` would show them.
  public var description: String { payload.isEmpty ? channel : "\(channel) \(payload)" }
}
