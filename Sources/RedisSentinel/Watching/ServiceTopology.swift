public import SentinelModel

/// What a service consists of, first as it is and then after each change, for as long as
/// `SentinelClient.run()` listens.
///
/// Each element is whole, so that who reads slowly gets the latest only. The first one comes as soon as
/// a Sentinel has told of the service.
public typealias TopologyStream = WatchStream<ServiceTopology>

/// What a service consists of at one moment, in the words of the Sentinel that is furthest ahead.
public struct ServiceTopology: Hashable, Sendable {
  /// The service.
  public var service: ServiceName
  /// Where its master is; nil where no Sentinel knows the service any more.
  public var master: NodeAddress?
  /// The number of the configuration; grows with each failover.
  public var epoch: UInt64 = 0
  /// What is said of the master: whether it is down, whether a failover runs.
  public var masterFlags: InstanceFlags = []
  /// Its replicas, by address.
  public var replicas: [Node] = []
  /// The Sentinels that watch it, by address, the one whose words these are among them.
  public var sentinels: [Node] = []
  /// Whether replicas or Sentinels are those of before a reset: the Sentinel whose words these are was
  /// told to forget them, and hasn't found all of them again. For 15 seconds at most.
  public var isStale = false

  /// A replica or a Sentinel.
  public struct Node: Hashable, Sendable {
    /// Where it listens.
    public var address: NodeAddress
    /// What is said of it.
    public var flags: InstanceFlags
  }

  /// Takes what is to be known of a service out of what all Sentinels say; nil where none has told all
  /// of it yet.
  init?(of service: ServiceName, in topology: Topology) {
    let voices = topology.vantages.compactMap { vantage -> (Vantage, ServiceView)? in
      guard let view = vantage.services[service], view.replicas != nil, view.sentinels != nil else {
        return nil
      }
      return (vantage, view)
    }
    // Who can be asked, then who is ahead, then who came first.
    guard
      let (vantage, view) = voices.enumerated().max(by: { left, right in
        let (a, b) = (left.element, right.element)
        return (a.0.isReachable ? 1 : 0, a.1.master.configEpoch, -left.offset)
          < (b.0.isReachable ? 1 : 0, b.1.master.configEpoch, -right.offset)
      })?.element
    else { return nil }
    self.service = service
    master = view.master.address
    epoch = view.master.configEpoch
    masterFlags = view.master.flags
    replicas = Self.sorted(view.replicas?.value ?? [])
    let others = Self.sorted(view.sentinels?.value ?? [])
    let itself = Node(address: vantage.address, flags: [.sentinel])
    sentinels = ([itself] + others).sorted { $0.address < $1.address }
  }

  /// A service that nobody knows.
  init(unknown service: ServiceName) {
    self.service = service
  }

  /// Holds to those of before, where fewer are known now.
  mutating func hold(to last: ServiceTopology) {
    guard master != nil, master == last.master else { return }
    isStale = replicas.count < last.replicas.count || sentinels.count < last.sentinels.count
    if replicas.count < last.replicas.count { replicas = last.replicas }
    if sentinels.count < last.sentinels.count { sentinels = last.sentinels }
  }

  private static func sorted(_ instances: [some ReportedInstance]) -> [Node] {
    instances.map { Node(address: $0.address, flags: $0.flags) }
      .sorted { $0.address < $1.address }
  }
}
