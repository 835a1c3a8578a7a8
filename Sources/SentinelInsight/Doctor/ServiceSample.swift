import SentinelModel

/// What is known of one service at one moment, put together for the rules.
struct ServiceSample: Sendable {
  let service: ServiceName
  /// What each Sentinel that answers says of it.
  let voices: [Voice]
  /// The master's address that most of them hold.
  let master: NodeAddress
  let agreement: Agreement
  /// The reports of each replica, by address.
  let replicas: [(address: NodeAddress, reports: [(voice: Voice, state: ReplicaState)])]
  /// What the master's INFO says, itself or by a Sentinel.
  let masterFacts: NodeFacts
  /// What the replicas' INFO says.
  let replicaFacts: [NodeAddress: NodeFacts]

  /// One Sentinel's view of the service: a class, since it stands beside each of many rows.
  final class Voice: Sendable {
    let vantage: Vantage
    let view: ServiceView

    init(vantage: Vantage, view: ServiceView) {
      self.vantage = vantage
      self.view = view
    }

    var address: NodeAddress { vantage.address }
    var master: MasterState { view.master }
    var replicas: [ReplicaState] { view.replicas?.value ?? [] }
    var sentinels: [SentinelState] { view.sentinels?.value ?? [] }

    /// What it says of the master.
    func says(
      _ field: String, _ value: String, limit: String? = nil, since: Timestamp? = nil
    ) -> Evidence {
      Evidence(
        field, value, limit: limit, of: nil, from: address, at: view.masterAt, since: since)
    }

    /// What it says of a replica.
    func says(
      of replica: ReplicaState, _ field: String, _ value: String, limit: String? = nil,
      since: Duration? = nil
    ) -> Evidence {
      let at = view.replicas?.at ?? view.masterAt
      return Evidence(
        field, value, limit: limit, of: replica.address, from: address, at: at,
        since: since.map { at.advanced(by: .zero - $0) })
    }

    /// What it says of another Sentinel.
    func says(
      of other: SentinelState, _ field: String, _ value: String, limit: String? = nil,
      since: Duration? = nil
    ) -> Evidence {
      let at = view.sentinels?.at ?? view.masterAt
      return Evidence(
        field, value, limit: limit, of: other.address, from: address, at: at,
        since: since.map { at.advanced(by: .zero - $0) })
    }
  }

  /// Nil where no Sentinel that answers monitors the service.
  init?(_ service: ServiceName, in topology: Topology) {
    guard let agreement = Agreement(of: service, in: topology.vantages) else { return nil }
    self.service = service
    self.agreement = agreement
    master = agreement.address
    let voices = topology.vantages.filter(\.isReachable).compactMap { vantage in
      vantage.services[service].map { Voice(vantage: vantage, view: $0) }
    }
    self.voices = voices
    var rows: [NodeAddress: [(voice: Voice, state: ReplicaState)]] = [:]
    for voice in voices {
      for replica in voice.replicas { rows[replica.address, default: []].append((voice, replica)) }
    }
    replicas = rows.sorted { $0.key < $1.key }.map { (address: $0.key, reports: $0.value) }
    masterFacts = NodeFacts(ofMaster: agreement.address, voices, topology)
    replicaFacts = rows.keys.reduce(into: [:]) { facts, address in
      facts[address] = NodeFacts(ofReplica: address, voices, topology)
    }
  }
}
