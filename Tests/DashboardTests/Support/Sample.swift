package import Canvas
package import Dashboard
package import SentinelInsight
package import SentinelModel

/// A deployment to test with, made as the real one is: by folding observations.
package struct Sample: Sendable {
  package var topology: Topology
  package var log = EventLog()
  package var timeline = FailoverTimeline()
  package var now = Sample.start

  /// 2026-11-22 12:04:28 UTC.
  package static let start = Timestamp(milliseconds: 1_795_349_068_000)
  package static let sentinels = [26379, 26380, 26381].map {
    NodeAddress(host: "127.0.0.1", port: $0)
  }

  package init(seeds: [NodeAddress] = Sample.sentinels) {
    topology = Topology(seeds: seeds)
  }

  package mutating func observe(_ fact: Observation.Fact, by sentinel: Int) {
    observe(fact, by: Self.sentinels[sentinel - 1])
  }

  package mutating func observe(_ fact: Observation.Fact, by sentinel: NodeAddress) {
    let observation = Observation(source: sentinel, at: now, fact: fact)
    topology.apply(observation)
    log.apply(observation)
    timeline.apply(observation, in: topology)
  }

  package mutating func pass(_ time: Duration) { now = now.advanced(by: time) }

  package mutating func announce(
    _ channel: String, _ payload: String, by sentinels: [Int], apart: Duration = .milliseconds(4)
  ) {
    for sentinel in sentinels {
      observe(.event(SentinelEvent(channel: channel, payload: payload)), by: sentinel)
      pass(apart)
    }
  }

  package mutating func connect(_ sentinels: [Int] = [1, 2, 3]) {
    for sentinel in sentinels {
      observe(
        .connected(SentinelIdentity(id: Self.id(sentinel), version: "7.4.1", respVersion: 3)),
        by: sentinel)
      observe(.listening(gap: nil), by: sentinel)
      pass(.milliseconds(2))
    }
  }

  /// What a Sentinel says of all masters, and of the replicas and other Sentinels of each.
  package mutating func report(_ masters: [MasterState], by sentinels: [Int] = [1, 2, 3]) {
    for sentinel in sentinels {
      observe(
        .masters(masters, roundTrip: .microseconds(100 + 60 * sentinel)), by: sentinel)
      for master in masters {
        observe(.sentinels(master.name, Self.others(than: sentinel)), by: sentinel)
      }
    }
  }

  package static func id(_ sentinel: Int) -> String { String(repeating: "\(sentinel)", count: 40) }

  package static func address(_ port: Int) -> NodeAddress {
    NodeAddress(host: "127.0.0.1", port: port)
  }

  package static func others(than sentinel: Int, down: Set<Int> = []) -> [SentinelState] {
    [1, 2, 3].filter { $0 != sentinel }.map { other in
      var state = SentinelState(
        id: id(other),
        report: InstanceReport(
          address: sentinels[other - 1], runID: id(other),
          flags: down.contains(other) ? [.sentinel, .sDown] : [.sentinel]))
      state.sinceHello = .milliseconds(300 * other + 100 * sentinel)
      return state
    }
  }

  package static func master(
    _ name: ServiceName, port: Int = 6379, flags: InstanceFlags = [.master], epoch: UInt64 = 6,
    replicas: Int = 2, step: FailoverState? = nil
  ) -> MasterState {
    var master = MasterState(
      name: name, report: InstanceReport(address: address(port), flags: flags))
    master.quorum = 2
    master.configEpoch = epoch
    master.replicaCount = replicas
    master.otherSentinelCount = 2
    master.failoverState = step
    return master
  }

  package static func replica(
    _ port: Int, of master: Int = 6379, flags: InstanceFlags = [.replica],
    offset: UInt64 = 12_400_812,
    link: MasterLink = .up, priority: Int = 100
  ) -> ReplicaState {
    var replica = ReplicaState(
      name: "\(address(port))", report: InstanceReport(address: address(port), flags: flags))
    replica.sinceInfo = .milliseconds(2_300)
    replica.reportedRole = .replica
    replica.masterLink = link
    replica.masterAddress = address(master)
    replica.priority = priority
    replica.replicationOffset = offset
    return replica
  }
}

extension Sample {
  /// Two services, three Sentinels, two replicas each; nothing is wrong.
  package static let healthy: Sample = {
    var sample = Sample()
    sample.connect()
    sample.report([master("cache"), master("session", port: 6479)])
    for sentinel in 1...3 {
      sample.observe(.replicas("cache", [replica(6380), replica(6381)]), by: sentinel)
      sample.observe(
        .replicas("session", [replica(6480, of: 6479), replica(6481, of: 6479, priority: 0)]),
        by: sentinel)
    }
    sample.pass(.milliseconds(880))
    return sample
  }()

  /// The master of session is down by quorum, and s2 leads a failover.
  package static let failingOver: Sample = {
    var sample = healthy
    sample.pass(.seconds(2))
    let payload = "master session 127.0.0.1 6479"
    sample.announce("+sdown", payload, by: [1, 2, 3])
    sample.pass(.milliseconds(80))
    sample.announce("+odown", payload + " #quorum 2/2", by: [2, 1])
    sample.announce("+new-epoch", "7", by: [2, 1, 3])
    sample.announce("+try-failover", payload, by: [2])
    sample.announce("+vote-for-leader", "\(id(2)) 7", by: [2, 1, 3])
    sample.pass(.milliseconds(200))
    sample.announce("+elected-leader", payload, by: [2])
    sample.announce(
      "+selected-slave", "slave 127.0.0.1:6480 127.0.0.1 6480 @ session 127.0.0.1 6479", by: [2])
    let down: InstanceFlags = [.master, .sDown, .oDown]
    sample.report([master("cache"), master("session", port: 6479, flags: down)], by: [1])
    sample.report(
      [
        master("cache"),
        master(
          "session", port: 6479, flags: [.master, .sDown, .oDown, .failoverInProgress], epoch: 7,
          step: .waitPromotion),
      ], by: [2])
    sample.report(
      [master("cache"), master("session", port: 6479, flags: [.master, .sDown])], by: [3])
    for sentinel in 1...3 {
      sample.observe(
        .replicas(
          "session",
          [
            replica(
              6480, of: 6479, flags: sentinel == 2 ? [.replica, .promoted] : [.replica],
              link: .down(for: .seconds(2))),
            replica(
              6481, of: 6479, flags: [.replica, .sDown], link: .down(for: .seconds(44)), priority: 0
            ),
          ]), by: sentinel)
    }
    sample.pass(.milliseconds(400))
    return sample
  }()

  /// The third Sentinel doesn't answer.
  package static let oneLost: Sample = {
    var sample = healthy
    sample.pass(.seconds(2))
    sample.observe(.lost(reason: "connection refused"), by: 3)
    sample.pass(.seconds(12))
    for sentinel in 1...2 {
      sample.observe(
        .masters([master("cache"), master("session", port: 6479)], roundTrip: .microseconds(210)),
        by: sentinel)
      for service: ServiceName in ["cache", "session"] {
        sample.observe(.sentinels(service, others(than: sentinel, down: [3])), by: sentinel)
      }
    }
    return sample
  }()
}

extension State {
  /// A state that has taken in a deployment.
  package init(
    _ sample: Sample, size: Size = Size(columns: 120, rows: 36), symbols: Symbols = .unicode,
    access: Access = .unlocked, failovers: [FailoverProgress] = [], findings: [Finding] = [],
    isProtected: Bool = false
  ) {
    self.init(
      deployment: "lab", seeds: sample.topology.vantages.map(\.address), size: size,
      now: sample.now, access: access, settings: Settings(isASCII: symbols == .ascii),
      isProtected: isProtected)
    _ = update(
      .observed(
        sample.topology, sample.log, failovers: failovers, incidents: sample.timeline.incidents,
        findings: findings))
  }

  package static var sample: State { State(.healthy) }

  /// Presses keys one after another, each long after the last frame was drawn; the last effect back.
  @discardableResult
  package mutating func press(_ names: String...) -> Effect? {
    var effect: Effect?
    for name in names {
      guard let key = Key(name) else { continue }
      _ = update(.drawn(now))
      effect = update(.key(key, at: now.advanced(by: .milliseconds(500))))
    }
    return effect
  }

  /// Types a text, key by key.
  @discardableResult
  package mutating func type(_ text: String) -> Effect? {
    var effect: Effect?
    for character in text {
      _ = update(.drawn(now))
      effect = update(.key(.character(character), at: now.advanced(by: .milliseconds(50))))
    }
    return effect
  }

  package func pressing(_ names: String...) -> State {
    var state = self
    for name in names { state.press(name) }
    return state
  }
}
