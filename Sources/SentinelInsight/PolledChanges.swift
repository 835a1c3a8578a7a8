import SentinelModel

/// What changes from one answer of a Sentinel to the next, as the events that should announce it.
///
/// What a Sentinel changes in silence (all flags at a switch or a reset) is left out.
struct PolledChanges: Sendable {
  private(set) var masters: [NodeAddress: [MasterState]] = [:]
  private var replicas: [Key: Seen<ReplicaState>] = [:]
  private var sentinels: [Key: [SentinelState]] = [:]
  private var tilted: [NodeAddress: Bool] = [:]
  /// Who was lost. One that was started anew has forgotten who was down: that isn't good news.
  private var returning: Set<NodeAddress> = []

  private struct Key: Hashable {
    var source: NodeAddress
    var service: ServiceName
  }

  /// A list, and the master at which it was given.
  private struct Seen<State: Sendable>: Sendable {
    var list: [State]
    var master: NodeAddress?
  }

  /// Takes in an answer, and gives the events that tell what is new in it.
  mutating func apply(_ observation: Observation) -> [SentinelEvent] {
    let source = observation.source
    switch observation.fact {
    case .masters(let list, _): return take(list, source)
    case .replicas(let service, let list): return take(list, Key(source: source, service: service))
    case .sentinels(let service, let list):
      return take(list, Key(source: source, service: service))
    case .info(let info):
      guard let isTilted = info.isTilted,
        let before = tilted.updateValue(isTilted, forKey: source), before != isTilted
      else { return [] }
      return [SentinelEvent(isTilted ? .tilt : .tiltEnded)]
    case .event(let event) where event.name == .resetMaster:
      // Everything begins anew, and nobody says so.
      if let service = event.service {
        replicas[Key(source: source, service: service)] = nil
        sentinels[Key(source: source, service: service)] = nil
        masters[source]?.removeAll { $0.name == service }
      }
      return []
    case .lost:
      returning.insert(source)
      replicas = replicas.filter { $0.key.source != source }
      sentinels = sentinels.filter { $0.key.source != source }
      return []
    case .same, .unwatched:
      masters[source] = nil
      return []
    default: return []
    }
  }

  private mutating func take(_ list: [MasterState], _ source: NodeAddress) -> [SentinelEvent] {
    let before = masters.updateValue(list, forKey: source) ?? []
    let isBack = returning.remove(source) != nil
    var events: [SentinelEvent] = []
    let isInOrder = before.count == list.count
    for (index, master) in list.enumerated() {
      let old =
        isInOrder && before[index].name == master.name
        ? before[index] : before.first { $0.name == master.name }
      guard let old else { continue }
      guard old.report.address == master.report.address else {
        events.append(switched(master, from: old.address))
        continue
      }
      guard old.flags != master.flags || old.reportedRole != master.reportedRole else { continue }
      let subject = SentinelEvent.Subject(
        role: .master, name: master.name.rawValue, address: master.address)
      func add(_ name: EventName, _ detail: SentinelEvent.Detail = .none) {
        events.append(
          SentinelEvent(
            name, of: master.name, at: master.address, subject: subject, detail: detail))
      }
      // A failover that somebody asks for marks the master without a word on some servers.
      if !master.flags.contains(.forceFailover), !old.flags.contains(.forceFailover) {
        let wasDown = old.flags.contains(.sDown)
        let isDown = master.flags.contains(.sDown)
        if wasDown != isDown, isDown || !isBack { add(isDown ? .sDown : .sDownEnded) }
        let wasODown = old.flags.contains(.oDown)
        let isODown = master.flags.contains(.oDown)
        if wasODown != isODown, isODown || !isBack { add(isODown ? .oDown : .oDownEnded) }
      }
      if let role = master.reportedRole, let was = old.reportedRole, role != was {
        add(role == .master ? .roleChange : .roleChangeUnexpected, .reportedRole(role))
      }
    }
    return events
  }

  private func switched(_ master: MasterState, from: NodeAddress) -> SentinelEvent {
    SentinelEvent(
      .switchMaster, of: master.name, at: from,
      subject: .init(role: .master, name: master.name.rawValue, address: master.address),
      detail: .switched(from: from, to: master.address))
  }

  private mutating func take(_ list: [ReplicaState], _ key: Key) -> [SentinelEvent] {
    let master = masters[key.source]?.first { $0.name == key.service }?.address
    let before = replicas.updateValue(Seen(list: list, master: master), forKey: key)
    // A switch makes the list anew.
    guard let before, let master, before.master == master else { return [] }
    var events: [SentinelEvent] = []
    for replica in list {
      guard let old = before.list.first(where: { $0.address == replica.address }),
        old.flags != replica.flags || old.reportedRole != replica.reportedRole
      else { continue }
      let subject = SentinelEvent.Subject(
        role: .replica, name: replica.name, address: replica.address)
      let wasDown = old.flags.contains(.sDown)
      let isDown = replica.flags.contains(.sDown)
      if wasDown != isDown {
        events.append(
          SentinelEvent(
            isDown ? .sDown : .sDownEnded, of: key.service, at: master, subject: subject))
      }
      if let role = replica.reportedRole, let was = old.reportedRole, role != was {
        events.append(
          SentinelEvent(
            role == .replica ? .roleChange : .roleChangeUnexpected, of: key.service, at: master,
            subject: subject, detail: .reportedRole(role)))
      }
    }
    return events
  }

  private mutating func take(_ list: [SentinelState], _ key: Key) -> [SentinelEvent] {
    guard let before = sentinels.updateValue(list, forKey: key),
      let master = masters[key.source]?.first(where: { $0.name == key.service })?.address
    else { return [] }
    return list.compactMap { other in
      guard let old = before.first(where: { $0.id == other.id }), old.address == other.address,
        old.flags.contains(.sDown) != other.flags.contains(.sDown)
      else { return nil }
      return SentinelEvent(
        other.flags.contains(.sDown) ? .sDown : .sDownEnded, of: key.service, at: master,
        subject: .init(role: .sentinel, name: other.id, address: other.address))
    }
  }
}

extension SentinelEvent {
  /// An event that nobody announced.
  fileprivate init(
    _ name: EventName, of service: ServiceName? = nil, at master: NodeAddress? = nil,
    subject: Subject? = nil, detail: Detail = .none
  ) {
    self.init(channel: name.rawValue, payload: "")
    self.service = service
    masterAddress = master
    self.subject = subject
    self.detail = detail
  }
}
