import SentinelModel

/// Topologies in a few words: Sentinels s1 to s3, a service "cache", its master and two replicas.
enum Sample {
  static let start = Timestamp(milliseconds: 1_000_000)
  static let s1 = NodeAddress(host: "10.0.1.1", port: 26379)
  static let s2 = NodeAddress(host: "10.0.1.2", port: 26379)
  static let s3 = NodeAddress(host: "10.0.1.3", port: 26379)
  static let sentinels = [s1, s2, s3]
  static let a = NodeAddress(host: "10.0.0.1", port: 6379)
  static let b = NodeAddress(host: "10.0.0.2", port: 6379)
  static let c = NodeAddress(host: "10.0.0.3", port: 6379)

  static func id(_ sentinel: NodeAddress) -> String { "id-of-\(sentinel.host)" }

  static func master(
    _ name: ServiceName = "cache", at address: NodeAddress = a, flags: InstanceFlags = [.master],
    epoch: UInt64 = 1, replicas: Int = 2, step: FailoverState? = nil
  ) -> MasterState {
    var state = MasterState(name: name, report: InstanceReport(address: address, flags: flags))
    state.configEpoch = epoch
    state.quorum = 2
    state.replicaCount = replicas
    state.otherSentinelCount = 2
    state.failoverTimeout = .seconds(60)
    state.failoverState = step
    return state
  }

  static func replica(
    _ address: NodeAddress, of master: NodeAddress? = a, flags: InstanceFlags = [.replica],
    role: NodeRole = .replica, link: MasterLink = .up, priority: Int = 100,
    sinceInfo: Duration? = .seconds(1), offset: UInt64 = 0, runID: String? = nil,
    sincePing: Duration = .milliseconds(300)
  ) -> ReplicaState {
    var state = ReplicaState(
      name: "\(address)", report: InstanceReport(address: address, runID: runID, flags: flags))
    state.replicationOffset = offset
    state.report.sinceValidPing = sincePing
    state.reportedRole = role
    state.masterLink = link
    state.masterAddress = master
    state.priority = priority
    state.sinceInfo = sinceInfo
    return state
  }

  static func sentinel(
    _ address: NodeAddress, id: String? = nil, flags: InstanceFlags = [.sentinel],
    hello: Duration? = .milliseconds(500), downFor: Duration? = nil
  ) -> SentinelState {
    var state = SentinelState(
      id: id ?? Self.id(address), report: InstanceReport(address: address, flags: flags))
    state.sinceHello = hello
    state.report.sDownFor = downFor
    return state
  }

  /// Three Sentinels that agree: a is the master, b and c are its replicas.
  static var calm: Topology {
    var topology = Topology(seeds: sentinels)
    for sentinel in sentinels {
      topology.see(
        sentinel,
        .connected(SentinelIdentity(id: id(sentinel), version: "7.0.15", respVersion: 3)))
      topology.see(sentinel, .masters([master()], roundTrip: .milliseconds(1)))
      topology.see(sentinel, .replicas("cache", [replica(b), replica(c)]))
      topology.see(
        sentinel, .sentinels("cache", sentinels.filter { $0 != sentinel }.map { Self.sentinel($0) })
      )
    }
    return topology
  }
}

extension Topology {
  mutating func see(
    _ sentinel: NodeAddress, _ fact: Observation.Fact, at moment: Timestamp = Sample.start
  ) {
    apply(Observation(source: sentinel, at: moment, fact: fact))
  }

  /// What a data node says of itself.
  mutating func sample(_ node: NodeAddress, _ lines: String..., at moment: Timestamp) {
    see(
      node, .sampled(ServerInfo(text: lines.joined(separator: "\n")), roundTrip: .zero), at: moment)
  }

  mutating func say(_ sentinel: NodeAddress, _ master: MasterState) {
    see(sentinel, .master(master))
  }

  /// What all three Sentinels of the sample say alike.
  mutating func seeAll(_ fact: Observation.Fact, at moment: Timestamp = Sample.start) {
    for sentinel in Sample.sentinels { see(sentinel, fact, at: moment) }
  }

  mutating func lose(_ sentinels: NodeAddress...) {
    for sentinel in sentinels { see(sentinel, .lost(reason: "closed")) }
  }
}
