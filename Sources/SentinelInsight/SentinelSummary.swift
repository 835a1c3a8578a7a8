package import SentinelModel

/// One Sentinel in one row: whether we reach it, what it says of a service, and what others say of it.
package struct SentinelSummary: Hashable, Sendable {
  /// The short name, `s1` `s2` …, in the order in which the Sentinels became known; nil for one that
  /// only others speak of.
  package var label: String?
  package var address: NodeAddress
  package var id: String?
  /// What it says; nil for one that only others speak of.
  package var vantage: Vantage?
  /// The master as it sees it; nil where it doesn't monitor the service, or never answered.
  package var master: MasterState?
  /// Time since its last hello, as the Sentinel that heard it last tells.
  package var sinceHello: Duration?
  /// Sentinels that have it in sdown, of those that list it.
  package var sDownCount = 0
  package var listedBy = 0

  /// Whether it can be asked by us now.
  package var isReachable: Bool { vantage?.isReachable == true }

  /// Whether it can vote, as far as is known: it tells us of the master, or some other Sentinel hears
  /// it.
  package var isUsable: Bool {
    (isReachable && master != nil) || (listedBy > 0 && sDownCount < listedBy)
  }

  package var health: Health {
    if let vantage {
      switch vantage.contact {
      case .connecting: return .unknown
      case .unreachable: return .sDown
      case .reachable: return sDownCount > 0 ? .sDown : .up
      }
    }
    return sDownCount > 0 ? .sDown : .unknown
  }

  /// How many can vote: as many of `all` as are usable, without making them.
  static func usableCount(_ speakers: [Speaker], _ roll: Roll) -> Int {
    var ours = Set(speakers.lazy.filter(\.isReachable).map { roll.position(of: $0.sentinel) })
    var heard: [Int: Bool] = [:]
    var others: [String: Bool] = [:]
    for speaker in speakers where speaker.isReachable {
      for other in speaker.view.sentinels?.value ?? [] {
        let isUp = !other.flags.contains(.sDown)
        // One voice that hears it is enough.
        if let position = roll.position(of: other) {
          heard[position] = heard[position] == true || isUp
        } else {
          others[other.id] = others[other.id] == true || isUp
        }
      }
    }
    for (position, isUp) in heard where isUp { ours.insert(position) }
    return ours.count + others.values.count { $0 }
  }

  /// The Sentinels of a service, those we talk to first. Without a service, all we talk to.
  package static func all(
    of service: ServiceName?, in topology: Topology
  ) -> [SentinelSummary] {
    var rows: [SentinelSummary] = []
    var byID: [String: Int] = [:]
    var byAddress: [NodeAddress: Int] = [:]
    for (position, vantage) in topology.vantages.enumerated() {
      let master = service.flatMap { vantage.services[$0]?.master }
      byAddress[vantage.address] = rows.count
      if let id = vantage.identity?.id { byID[id] = rows.count }
      rows.append(
        SentinelSummary(
          label: "s\(position + 1)", address: vantage.address, id: vantage.identity?.id,
          vantage: vantage, master: master))
    }
    guard let service else { return rows }
    for vantage in topology.vantages where vantage.isReachable {
      for other in vantage.services[service]?.sentinels?.value ?? [] {
        let index: Int
        if let known = byID[other.id] ?? byAddress[other.address] {
          index = known
        } else {
          index = rows.count
          byID[other.id] = index
          rows.append(SentinelSummary(address: other.address, id: other.id))
        }
        rows[index].listedBy += 1
        if other.flags.contains(.sDown) { rows[index].sDownCount += 1 }
        if let hello = other.sinceHello {
          rows[index].sinceHello = min(hello, rows[index].sinceHello ?? hello)
        }
      }
    }
    // A Sentinel that answers, doesn't monitor the service, and that no other one counts among the
    // service's, belongs to other services.
    return rows.filter {
      $0.master != nil || $0.listedBy > 0 || $0.vantage?.services.isEmpty == true
    }
  }
}

extension Topology {
  /// The short name of a Sentinel, `s1` `s2` …; its address where it is none of ours.
  package func label(of address: NodeAddress) -> String {
    vantages.firstIndex { $0.address == address }.map { "s\($0 + 1)" } ?? address.description
  }

  /// The short name of the Sentinel with that id; the first eight digits where it is none of ours.
  package func label(id: String) -> String {
    vantages.firstIndex { $0.identity?.id == id }.map { "s\($0 + 1)" } ?? String(id.prefix(8))
  }
}

extension Topology {
  /// Whether each Sentinel has either told all it has to tell, or can't be reached.
  package var isSurveyed: Bool {
    vantages.allSatisfy { vantage in
      switch vantage.contact {
      case .connecting: false
      case .unreachable: true
      case .reachable:
        vantage.roundTrip != nil
          && vantage.services.values.allSatisfy { $0.replicas != nil && $0.sentinels != nil }
      }
    }
  }
}
