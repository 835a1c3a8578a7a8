package import SentinelModel

/// All incidents, as a fold over observations: what the Sentinels announce, and what they answer when
/// they are asked.
///
/// Announcements of different Sentinels may come in any order, and any of them may be missing.
/// Services to which nothing happens cost one comparison an answer.
package struct FailoverTimeline: Sendable {
  /// Incidents that still can change, by service, the oldest first.
  var live: [ServiceName: [Incident]] = [:]
  /// Incidents that can't change any more.
  private(set) var past: [Incident] = []
  private var count = 0
  /// The newest configuration that anybody told of, for each service.
  var known: [ServiceName: Known] = [:]
  /// What each Sentinel answered last.
  var lastMasters: [NodeAddress: [MasterState]] = [:]
  /// When each Sentinel answered last.
  var answeredAt: [NodeAddress: Timestamp] = [:]
  /// When any Sentinel answered last.
  private(set) var polledAt: Timestamp?
  /// The newest epoch that each Sentinel announced.
  var epochs: [NodeAddress: UInt64] = [:]
  var ids: [String: NodeAddress] = [:]
  var lost: Set<NodeAddress> = []
  /// Votes that name no service, and can't be told whose they are yet.
  var looseVotes: [Incident.Vote] = []
  /// What earlier runs knew, for Sentinels that haven't answered in this one.
  var remembered: [Remembered] = []
  private var due: [Incident] = []
  private var newConfigurations: Set<ServiceName> = []
  private var sweptAt: Timestamp?
  /// Since when a master says that it is a replica.
  var strayed: [ServiceName: Timestamp] = [:]

  /// A configuration of a service.
  struct Known {
    var master: NodeAddress
    var epoch: UInt64
    var at: Timestamp
    /// A switch was announced, which doesn't tell the number.
    var isEpochDue = false
  }

  /// A configuration as it is kept from run to run, with the ids of Sentinels that monitor the
  /// service: names of services are used in many deployments.
  package struct Remembered: Hashable, Sendable {
    package var service: ServiceName
    package var master: NodeAddress
    package var configEpoch: UInt64
    package var at: Timestamp
    package var sentinelIDs: Set<String>

    package init(
      service: ServiceName, master: NodeAddress, configEpoch: UInt64, at: Timestamp,
      sentinelIDs: Set<String>
    ) {
      self.service = service
      self.master = master
      self.configEpoch = configEpoch
      self.at = at
      self.sentinelIDs = sentinelIDs
    }
  }

  /// More incidents than this are not kept.
  package static let mostIncidents = 200
  /// An incident that is over may still get late words for so long.
  static let afterglow = Duration.seconds(30)
  /// Trouble that has passed isn't over before it has stayed away for so long.
  static let settling = Duration.seconds(5)
  /// Nodes that don't come home are waited for so long.
  static let patience = Duration.seconds(600)
  /// A change between two answers further apart than this was watched by nobody.
  static let longestBlink = Duration.seconds(15)

  /// Nothing has happened. `remembered` is what earlier runs knew.
  package init(remembered: [Remembered] = []) {
    self.remembered = remembered
  }

  /// All incidents that are kept, in the order in which they were taken up.
  package var incidents: [Incident] {
    guard !live.isEmpty else { return past }
    return (past + live.values.joined()).sorted { $0.id < $1.id }
  }

  /// The incident of a service that is open, the newest one.
  package func open(_ service: ServiceName) -> Incident? {
    live[service]?.last(where: \.isOpen)
  }

  /// The incidents that have come to an end, or to a new master that all agree on, since this was
  /// asked last: what a history has to keep. One that goes on comes again.
  package mutating func takeDue() -> [Incident] {
    defer { due.removeAll() }
    return due
  }

  /// The configurations that have become known since this was asked last. Each waits a moment, until
  /// it is known which Sentinels monitor the service.
  package mutating func takeConfigurations(
    at now: Timestamp, in topology: Topology
  ) -> [Remembered] {
    guard !newConfigurations.isEmpty else { return [] }
    let due = newConfigurations.filter { service in
      known[service].map { now.duration(since: $0.at) >= .milliseconds(1_500) } ?? true
    }
    newConfigurations.subtract(due)
    return due.sorted().compactMap { service in
      known[service].map { known in
        Remembered(
          service: service, master: known.master, configEpoch: known.epoch, at: known.at,
          sentinelIDs: topology.sentinelIDs(of: service))
      }
    }
  }

  /// Takes in one thing learnt, with the topology that it has led to.
  package mutating func apply(_ observation: Observation, in topology: Topology) {
    let source = observation.source
    let at = observation.at
    switch observation.fact {
    case .event(let event): take(event, source, at, topology)
    case .masters(let masters, _):
      take(masters, source, at, topology)
      polledAt = at
    case .master(let master): poll(master, source, at, topology)
    case .replicas(let service, let replicas):
      if live[service] != nil { take(replicas, of: service, source, at, topology) }
    case .sentinels(let service, let others):
      if live[service] != nil { take(others, of: service, source, at) }
    case .connected(let identity):
      lost.remove(source)
      if let id = identity.id { learn(id, source) }
      if !live.isEmpty { update { $0.lost[source] = nil } }
    case .lost:
      lose(source, at)
    case .same:
      lost.remove(source)
      lastMasters[source] = nil
      update { $0.participants.remove(source) }
    case .listening, .deaf, .info, .infoCache, .configuration, .scripts, .unreadable, .sampled,
      .unsampled, .hello, .unwatched:
      break
    }
    if !live.isEmpty { sweep(at, topology) }
  }

  private mutating func lose(_ source: NodeAddress, _ at: Timestamp) {
    lastMasters[source] = nil
    guard lost.insert(source).inserted else { return }
    update {
      $0.lost[source] = at
      $0.losses[source] = at
    }
  }

  mutating func learn(_ id: String, _ address: NodeAddress) {
    guard ids[id] != address else { return }
    ids[id] = address
    update { $0.ids[id] = address }
  }

  /// Changes every incident that still can change.
  mutating func update(_ change: (inout Incident) -> Void) {
    for service in live.keys {
      for index in live[service]?.indices ?? 0..<0 {
        live[service]?[index].change(change)
      }
    }
  }

  /// Takes up a new incident and gives its place among the service's.
  mutating func begin(
    _ service: ServiceName, _ oldMaster: NodeAddress, _ at: Timestamp, _ topology: Topology
  ) -> Int {
    count += 1
    var incident = Incident(id: count, service: service, oldMaster: oldMaster, openedAt: at)
    incident.ids = ids
    incident.strayedAt = strayed.removeValue(forKey: service)
    incident.participants = Set(
      topology.vantages.filter { $0.isReachable && $0.services[service] != nil }.map(\.address))
    for source in lost { incident.lost[source] = at }
    for vantage in topology.vantages {
      if let master = vantage.services[service]?.master { incident.setLimits(master) }
    }
    // Who isn't home from the one before has been waited for long enough.
    for index in live[service]?.indices ?? 0..<0 where live[service]?[index].newMaster != nil {
      if live[service]?[index].isOpen == true { close(service, index, at) }
    }
    live[service, default: []].append(incident)
    return (live[service]?.count ?? 1) - 1
  }

  mutating func close(_ service: ServiceName, _ index: Int, _ at: Timestamp) {
    live[service]?[index].closedAt = at
    if let incident = live[service]?[index] { due.append(incident) }
  }

  /// Keeps the newest configuration of a service in mind.
  mutating func keep(_ configuration: Known, of service: ServiceName) {
    // What was remembered has served its turn.
    if known[service] == nil { remembered.removeAll { $0.service == service } }
    known[service] = configuration
    guard !configuration.isEpochDue else { return }
    newConfigurations.insert(service)
  }
}

extension FailoverTimeline {
  /// Ends what is over.
  private mutating func sweep(_ now: Timestamp, _ topology: Topology) {
    if let sweptAt, now.duration(since: sweptAt) < .milliseconds(200), now >= sweptAt { return }
    sweptAt = now
    for service in Array(live.keys) {
      for index in live[service]?.indices ?? 0..<0 { settle(service, index, now) }
      let gone =
        live[service]?.filter { incident in
          incident.closedAt.map { now.duration(since: $0) > Self.afterglow } ?? false
        } ?? []
      guard !gone.isEmpty else { continue }
      past.append(contentsOf: gone)
      past.removeFirst(max(0, past.count - Self.mostIncidents))
      let ids = Set(gone.map(\.id))
      live[service]?.removeAll { ids.contains($0.id) }
      if live[service]?.isEmpty == true { live[service] = nil }
    }
    looseVotes.removeAll { now.duration(since: $0.sighting.at) > .seconds(300) }
  }

  func settle(_ incident: Incident, _ now: Timestamp) -> Timestamp? {
    if incident.homeAt != nil { return now }
    if incident.newMaster != nil {
      guard let since = incident.switches.last ?? incident.unwatched?.before else { return nil }
      return now.duration(since: since) > Self.patience ? now : nil
    }
    if incident.isForgotten { return now }
    guard !incident.participants.allSatisfy({ incident.lost[$0] != nil }) else { return nil }
    guard !incident.tries.contains(where: \.isRunning) else { return nil }
    if incident.sDowns.isEmpty {
      let last = incident.tries.compactMap(\.failedAt?.at).max() ?? incident.openedAt
      return now.duration(since: last) > Self.settling ? now : nil
    }
    guard incident.recoveredAt != nil, let last = incident.lastUp else { return nil }
    return now.duration(since: last) > Self.settling ? now : nil
  }

  private mutating func settle(_ service: ServiceName, _ index: Int, _ now: Timestamp) {
    guard let incident = live[service]?[index], incident.isOpen else { return }
    if let at = settle(incident, now) { return close(service, index, incident.homeAt ?? at) }
    // All agree: from here on a history may tell of it, even if this program ends before the rest.
    if !incident.wasReported, incident.agreedAt != nil {
      live[service]?[index].wasReported = true
      due.append(incident)
    }
  }
}

extension Incident {
  mutating func change(_ change: (inout Incident) -> Void) { change(&self) }

  /// When the last Sentinel had seen the old master again.
  fileprivate var lastUp: Timestamp? {
    sDowns.values.compactMap { $0.last?.end?.at }.max()
  }

  mutating func setLimits(_ master: MasterState) {
    if master.report.downAfter > .zero { downAfter = master.report.downAfter }
    if master.failoverTimeout > .zero { failoverTimeout = master.failoverTimeout }
  }
}

extension Topology {
  /// The ids of all Sentinels that monitor the service, those included that only others speak of.
  package func sentinelIDs(of service: ServiceName) -> Set<String> {
    var ids: Set<String> = []
    for vantage in vantages {
      guard let view = vantage.services[service] else { continue }
      if let id = vantage.identity?.id { ids.insert(id) }
      ids.formUnion(view.sentinels?.value.map(\.id) ?? [])
    }
    return ids
  }
}
