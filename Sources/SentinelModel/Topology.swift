/// Everything that is known: the vantages of all Sentinels, as a fold over observations.
///
/// Agreement is not forced: what differs between Sentinels stays different here.
public struct Topology: Hashable, Sendable {
  /// The vantages, in the order in which the Sentinels became known.
  public private(set) var vantages: [Vantage] = []
  private var positions: [NodeAddress: Int] = [:]
  /// What data nodes say of themselves, where they are asked.
  public private(set) var nodes: [NodeAddress: NodeView] = [:]

  /// Nothing known but where to ask first.
  public init(seeds: some Sequence<NodeAddress> = []) {
    for seed in seeds { admit(seed) }
  }

  /// The vantage of the Sentinel that is watched under that address.
  public subscript(address: NodeAddress) -> Vantage? {
    positions[address].map { vantages[$0] }
  }

  /// The vantage of the Sentinel with that id.
  public func vantage(id: String) -> Vantage? {
    vantages.first { $0.identity?.id == id }
  }

  /// The names of all services that any Sentinel knows, in alphabetical order.
  public var serviceNames: [ServiceName] {
    vantages.reduce(into: Set()) { $0.formUnion($1.services.keys) }.sorted()
  }

  /// Adds a Sentinel that is to be watched; one that is known already stays as it is.
  public mutating func admit(_ address: NodeAddress) {
    guard positions[address] == nil else { return }
    positions[address] = vantages.count
    vantages.append(Vantage(address: address))
  }

  /// Takes in one thing learnt. A Sentinel that isn't known yet is admitted by it.
  public mutating func apply(_ observation: Observation) {
    switch observation.fact {
    case .same: return remove(observation.source)
    case .sampled, .unsampled, .hello:
      nodes[observation.source, default: NodeView(address: observation.source)]
        .apply(observation.fact, at: observation.at)
      return
    case .unwatched:
      nodes[observation.source] = nil
      return
    default: break
    }
    admit(observation.source)
    guard let position = positions[observation.source] else { return }
    vantages[position].apply(observation.fact, at: observation.at)
  }

  private mutating func remove(_ address: NodeAddress) {
    guard let position = positions.removeValue(forKey: address) else { return }
    vantages.remove(at: position)
    positions = Dictionary(
      uniqueKeysWithValues: vantages.enumerated().map { ($1.address, $0) })
  }
}

extension Vantage {
  mutating func apply(_ fact: Observation.Fact, at: Timestamp) {
    switch fact {
    case .lost(let reason):
      hearing = .no
      if case .unreachable(let since, _) = contact {
        contact = .unreachable(since: since, reason: reason)
      } else {
        contact = .unreachable(since: at, reason: reason)
      }
      return
    case .same, .sampled, .unsampled, .hello, .unwatched:
      return
    case .connected(let identity):
      self.identity = identity
    case .listening:
      hearing = .yes(since: at)
    case .deaf(let reason):
      hearing = .refused(reason: reason)
    case .masters(let masters, let roundTrip):
      self.roundTrip = roundTrip
      take(masters, at: at)
    case .master(let master):
      if services[master.name] == nil {
        services[master.name] = ServiceView(master: master, at: at)
      } else {
        services[master.name]?.master = master
        services[master.name]?.masterAt = at
      }
    case .replicas(let service, let replicas):
      services[service]?.replicas = Dated(replicas, at: at)
    case .sentinels(let service, let sentinels):
      services[service]?.sentinels = Dated(sentinels, at: at)
    case .infoCache(let caches):
      for cache in caches { services[cache.service]?.infoCache = Dated(cache, at: at) }
    case .configuration(let settings):
      configuration = Dated(settings, at: at)
    case .scripts(let scripts):
      self.scripts = Dated(scripts, at: at)
    case .info(let info):
      self.info = Dated(info, at: at)
      isTilted = info.isTilted ?? isTilted
      if let version = info.version { identity?.version = version }
    case .event(let event):
      take(event)
    case .unreadable: break
    }
    contact = .reachable
    lastHeard = at
  }

  private mutating func take(_ masters: [MasterState], at: Timestamp) {
    var kept: [ServiceName: ServiceView] = [:]
    kept.reserveCapacity(masters.count)
    for master in masters {
      if var view = services[master.name] {
        view.master = master
        view.masterAt = at
        kept[master.name] = view
      } else {
        kept[master.name] = ServiceView(master: master, at: at)
      }
    }
    services = kept
  }

  /// Only what an event says for certain is taken at once; the poll that it triggers brings the rest.
  private mutating func take(_ event: SentinelEvent) {
    switch (event.name, event.detail) {
    case (.switchMaster, .switched(_, let to)):
      guard let service = event.service, services[service] != nil else { return }
      services[service]?.master.report.address = to
      // The server resets the group's flags at a switch, silently.
      services[service]?.master.report.flags = [.master]
      services[service]?.master.report.sDownFor = nil
      services[service]?.master.oDownFor = nil
      services[service]?.master.failoverState = nil
    case (.tilt, _): isTilted = true
    case (.tiltEnded, _): isTilted = false
    case (.monitorStopped, _):
      if let service = event.service { services[service] = nil }
    default: break
    }
  }
}
