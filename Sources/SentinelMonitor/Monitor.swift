package import RedisSentinel
package import SentinelInsight
package import SentinelModel

/// Watches all Sentinels of a deployment: folds what they say, finds the ones it wasn't told of, and
/// tells that something has changed.
package actor Monitor {
  /// Whom to ask first, and how.
  package struct Configuration: Sendable {
    package var seeds: [NodeAddress]
    package var connection: ConnectionConfiguration
    /// How often each Sentinel is asked in peace.
    package var interval = Duration.seconds(1)
    /// Services beyond the one looked at whose replicas and Sentinels are asked for at a time.
    package var detailBudget = 4
    /// Lines of the event log that are kept.
    package var logCapacity = 10_000
    /// How data nodes are asked for their INFO; nil where they aren't to be asked.
    package var nodes: ConnectionConfiguration?
    /// What earlier runs knew, and where failovers are kept; nil where they aren't.
    package var history: History?

    package init(seeds: [NodeAddress], connection: ConnectionConfiguration) {
      self.seeds = seeds
      self.connection = connection
    }
  }

  /// More Sentinels than this are not watched, whatever a server may list.
  package static let mostSentinels = 100

  /// Nothing that the doctor looks at changes faster than it is asked for.
  private static let examinationPause = Duration.seconds(1)
  /// Services that are well are looked at in turn, so many each time.
  private static let examinationBudget = 4

  /// Sentinels that are asked at the same time have answered by then, or are slow.
  private static let roundTime = Duration.milliseconds(20)
  /// So long whoever has chosen a service waits for what is said of it.
  private static let awaited = Duration.milliseconds(200)

  /// Something changed since the last element was taken: time for a new `snapshot`.
  package nonisolated let changes: AsyncStream<Void>
  package nonisolated let clock = SteadyClock()
  private let beat: Beat
  private let changed: AsyncStream<Void>.Continuation
  private let observations: AsyncStream<[Observation]>
  private let observed: AsyncStream<[Observation]>.Continuation
  private let configuration: Configuration

  private var topology: Topology
  private var log: EventLog
  private var timeline: FailoverTimeline
  private var failoverClock = FailoverClock()
  private var doctor = Doctor()
  private var examinedAt: Timestamp?
  private var progress: [FailoverProgress] = []
  private var watches: [NodeAddress: SentinelWatch] = [:]
  private var nodeWatches: [NodeAddress: NodeWatch] = [:]
  private var cadence: Cadence
  private var pace: Duration
  private var focus: ServiceName?
  /// When somebody began to look at it, and wants to see it.
  private var lookedAt: Timestamp?
  /// Whether every Sentinel that is watched has been reached once, or given up once.
  private var isSettled = false
  /// Whether somebody is about to tell of a round.
  private var isRoundOpen = false
  var waiters: [Waiter] = []
  var waiterCount = 0

  package init(_ configuration: Configuration) {
    self.configuration = configuration
    beat = Beat(from: clock.now())
    topology = Topology(seeds: configuration.seeds)
    log = EventLog(capacity: configuration.logCapacity)
    timeline = FailoverTimeline(remembered: configuration.history?.remembered ?? [])
    cadence = Cadence(calm: configuration.interval)
    pace = configuration.interval
    (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    (observations, observed) = AsyncStream.makeStream()
  }

  /// All that is known now.
  package var snapshot: Snapshot {
    Snapshot(
      topology: topology, log: log, progress: progress, incidents: timeline.incidents,
      findings: doctor.findings, clock: failoverClock)
  }

  /// Watches until the task is cancelled.
  package func run() async {
    await withDiscardingTaskGroup { group in
      for seed in topology.vantages.map(\.address) { watch(seed, in: &group) }
      for await batch in observations {
        var urgency = Urgency.none
        for observation in batch {
          urgency = max(urgency, Urgency(observation, in: topology))
          for newcomer in await fold(observation) { watch(newcomer, in: &group) }
        }
        if batch.contains(where: \.mayMoveNodes) { await sample(in: &group) }
        examine()
        wakeWaiters()
        tell(urgency, in: &group)
      }
      group.cancelAll()
    }
  }

  /// Tells that something has changed: of a round once, when all had time to answer.
  private func tell(_ urgency: Urgency, in group: inout DiscardingTaskGroup) {
    switch urgency == .soon && isAwaited ? .now : urgency {
    case .none: break
    case .now:
      isRoundOpen = false
      changed.yield()
    case .soon:
      guard !isRoundOpen else { break }
      isRoundOpen = true
      group.addTask {
        try? await Task.sleep(for: Self.roundTime)
        await self.endRound()
      }
    }
  }

  /// Whether somebody has just chosen a service, and waits for what is said of it.
  private var isAwaited: Bool {
    lookedAt.map { clock.now().duration(since: $0) < Self.awaited } ?? false
  }

  private func endRound() {
    guard isRoundOpen else { return }
    isRoundOpen = false
    changed.yield()
  }

  /// Says which service is looked at.
  package func look(at service: ServiceName?) async {
    guard focus != service else { return }
    focus = service
    lookedAt = clock.now()
    await attend()
  }

  /// Asks each Sentinel that often from now on, and faster in trouble.
  package func ask(every interval: Duration) async {
    cadence.calm = interval
    pace = cadence.pace(at: clock.now())
    await attend()
  }

  /// Adds a line to the log that no Sentinel said.
  package func note(_ entry: LogEntry) {
    log.add(entry)
    changed.yield()
  }

  /// Follows a failover that was begun, to its end.
  package func follow(_ failover: FailoverProgress) {
    progress.append(failover)
    changed.yield()
  }

  private func watch(_ address: NodeAddress, in group: inout DiscardingTaskGroup) {
    let clock = clock
    let observed = observed
    let watch = SentinelWatch(
      address, configuration.connection, pace: pace, beat: beat,
      budget: configuration.detailBudget,
      now: { clock.now() }, report: { observed.yield($0) })
    watches[address] = watch
    let focus = focus
    let pace = pace
    group.addTask {
      await watch.attend(to: focus, pace: pace)
      await watch.run()
    }
  }

  /// Takes in one thing learnt, and gives the Sentinels that it tells of for the first time.
  private func fold(_ observation: Observation) async -> [NodeAddress] {
    // A watch that was stopped may still have had something on its lips.
    guard observation.isOfNode || watches[observation.source] != nil else { return [] }
    guard !observation.isOfNode || nodeWatches[observation.source] != nil else { return [] }
    topology.apply(observation)
    log.apply(observation)
    timeline.apply(observation, in: topology)
    failoverClock.apply(observation, in: topology)
    configuration.history?.keep(from: &timeline, topology, at: observation.at)
    cadence.apply(observation)
    follow(observation)
    if case .connected(let identity) = observation.fact {
      await unite(observation.source, identity)
    }
    if cadence.pace(at: observation.at) != pace {
      pace = cadence.pace(at: observation.at)
      await attend()
    }
    return newcomers(after: observation)
  }

  /// Lets the doctor look at a new sample now and then: of many services, at a few at a time.
  private func examine() {
    guard isSettled else { return }
    let now = clock.now()
    if let examinedAt, now.duration(since: examinedAt) < Self.examinationPause { return }
    examinedAt = now
    doctor.examine(topology, log, at: now, budget: Self.examinationBudget)
  }

  private func attend() async {
    for watch in watches.values { await watch.attend(to: focus, pace: pace) }
    for watch in nodeWatches.values { await watch.attend(pace: pace) }
  }

  /// Asks the data nodes that are of interest now, and no others.
  private func sample(in group: inout DiscardingTaskGroup) async {
    guard let configuration = configuration.nodes else { return }
    let wanted = NodeChoice.nodes(of: topology, focus: focus)
    for (address, watch) in nodeWatches where !wanted.contains(address) {
      nodeWatches[address] = nil
      await watch.stop()
      topology.apply(Observation(source: address, at: clock.now(), fact: .unwatched))
    }
    let clock = clock
    let observed = observed
    for address in wanted where nodeWatches[address] == nil {
      let watch = NodeWatch(
        address, configuration, pace: pace, beat: beat, now: { clock.now() },
        report: { observed.yield($0) })
      nodeWatches[address] = watch
      group.addTask { await watch.run() }
    }
  }

  /// Two addresses of one Sentinel are one: the one that worked first stays.
  private func unite(_ address: NodeAddress, _ identity: SentinelIdentity) async {
    guard let id = identity.id else { return }
    let twins = topology.vantages.filter { $0.identity?.id == id && $0.address != address }
    for twin in twins {
      let (stays, goes) =
        twin.isReachable ? (twin.address, address) : (address, twin.address)
      let fact = Observation(source: goes, at: clock.now(), fact: .same(as: stays))
      topology.apply(fact)
      log.apply(fact)
      await watches.removeValue(forKey: goes)?.stop()
    }
  }

  /// The Sentinels that others list and that aren't watched yet.
  private func newcomers(after observation: Observation) -> [NodeAddress] {
    let wasSettled = isSettled
    // A seed that hasn't said yet who it is may be any of them.
    isSettled = topology.vantages.allSatisfy { $0.contact != .connecting }
    guard isSettled else { return [] }
    if !wasSettled {
      // What was told while a seed still kept us waiting counts now.
      let lists = topology.vantages.flatMap { $0.services.values.compactMap(\.sentinels) }
      return newcomers(among: lists.flatMap(\.value))
    }
    guard case .sentinels(_, let sentinels) = observation.fact else { return [] }
    return newcomers(among: sentinels)
  }

  private func newcomers(among sentinels: [SentinelState]) -> [NodeAddress] {
    var found: [NodeAddress] = []
    // By address, so that s2 and s3 are who one expects.
    for other in sentinels.sorted(by: { $0.address < $1.address }) {
      guard !other.address.host.isEmpty, other.address.port > 0,
        topology[other.address] == nil, watches.count + found.count < Self.mostSentinels
      else { continue }
      if let known = topology.vantage(id: other.id) {
        // An address that works is kept. One that doesn't may have been given up for this one.
        guard !known.isReachable, !other.flags.isDown else { continue }
      }
      topology.admit(other.address)
      found.append(other.address)
    }
    return found
  }

  private func follow(_ observation: Observation) {
    for index in progress.indices where !progress[index].stage.isFinal {
      progress[index].apply(observation, in: topology)
      if let entry = progress[index].closingWords(at: observation.at) { log.add(entry) }
    }
  }
}
