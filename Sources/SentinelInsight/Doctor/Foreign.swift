package import SentinelModel

/// Signs that another deployment has got mixed into a service.
package struct Foreign: Sendable {
  package var signs: [Sign]

  /// One sign: what, where, and who told it.
  package struct Sign: Hashable, Sendable {
    package var title: String
    package var node: NodeAddress?
    package var evidence: [Evidence]
  }

  init(_ look: ServiceExam) {
    signs = Self.strangers(look) + Self.sharedMasters(look) + Self.unrelatedHistories(look)
  }

  /// Whoever says hello in the service's name, and isn't one of its Sentinels.
  private static func strangers(_ look: ServiceExam) -> [Sign] {
    guard look.voices.allSatisfy({ $0.view.sentinels != nil }) else { return [] }
    var known = Set(look.topology.vantages.compactMap(\.identity?.id))
    for voice in look.voices { known.formUnion(voice.sentinels.map(\.id)) }
    var signs: [String: Sign] = [:]
    let nodes = [look.master] + look.replicas.map(\.address)
    for node in nodes.compactMap({ look.topology.nodes[$0] }) {
      for (id, hello) in node.hellos {
        let message = hello.value
        // One that was heard long ago may have been reset away since.
        guard look.now.duration(since: hello.at) < .seconds(30) else { continue }
        let isOurs = message.service == look.service
        guard !isOurs || !known.contains(id) else { continue }
        let isOther =
          !isOurs
          && !look.exam.reachable.contains {
            $0.services[message.service]?.master.address == message.master
          }
        guard isOurs || isOther else { continue }
        let what = isOurs ? "is no Sentinel of it" : "speaks of \(message.service)"
        signs[id] = Sign(
          title: "\(message.sentinel) says hello at \(node.address), and \(what)",
          node: message.sentinel,
          evidence: [
            Evidence(
              "hello", "\(id.short) \(message.service) \(message.master)",
              limit: "one of the known Sentinels, \(look.service)", of: message.sentinel,
              from: node.address, at: hello.at)
          ])
      }
    }
    return signs.sorted { $0.key < $1.key }.map(\.value)
  }

  /// One master under two names.
  private static func sharedMasters(_ look: ServiceExam) -> [Sign] {
    var names: Set<ServiceName> = []
    var evidence: [Evidence] = []
    for vantage in look.exam.reachable {
      for (name, view) in vantage.services
      where name != look.service && view.master.address == look.master {
        names.insert(name)
        evidence.append(
          Evidence(
            "MASTERS", "\(name) at \(look.master)", limit: "one name", from: vantage.address,
            at: view.masterAt))
      }
    }
    guard !names.isEmpty else { return [] }
    let others = names.sorted().map(\.rawValue).joined(separator: ", ")
    return [
      Sign(
        title: "\(look.master) is also the master of \(others)", node: look.master,
        evidence: evidence)
    ]
  }

  /// Replicas whose data have another origin than the master's.
  private static func unrelatedHistories(_ look: ServiceExam) -> [Sign] {
    guard let master = ReplicationHistory(look.masterFacts) else { return [] }
    return look.replicas.compactMap { row in
      guard let facts = look.replicaFacts[row.address],
        // While it synchronises or is cut off, its data are still those of before.
        facts["master_link_status"]?.text == "up", facts["master_sync_in_progress"]?.text != "1",
        let own = ReplicationHistory(facts), !own.isRelated(to: master),
        let evidence = facts.evidence("master_replid", of: row.address, limit: master.id.short)
      else { return nil }
      return Sign(
        title: "\(row.address) has data of another origin than the master",
        node: row.address, evidence: [evidence])
    }
  }
}

/// Where a node's data come from: its replication id, and the one before a promotion.
struct ReplicationHistory: Hashable, Sendable {
  var id: String
  var earlier: String?

  init?(_ facts: NodeFacts) {
    guard let id = facts["master_replid"]?.text, !id.isEmpty else { return nil }
    self.id = id
    let second = facts["master_replid2"]?.text
    earlier = second?.allSatisfy { $0 == "0" } == false ? second : nil
  }

  func isRelated(to other: ReplicationHistory) -> Bool {
    id == other.id || earlier == other.id || id == other.earlier
      || earlier != nil && earlier == other.earlier
  }
}
