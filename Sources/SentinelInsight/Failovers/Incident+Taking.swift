import SentinelModel

extension Incident {
  /// More attempts than this are not kept: a master without a fit replica is tried for ever.
  private static let mostAttempts = 60
  private static let mostVotes = 400
  private static let mostSpans = 40

  /// A Sentinel has begun to hold the master down.
  mutating func begins(
    _ spans: WritableKeyPath<Incident, [NodeAddress: [Span]]>, _ source: NodeAddress,
    _ sighting: Sighting
  ) {
    if let last = self[keyPath: spans][source]?.last, last.end == nil {
      guard last.start.isObserved, !sighting.isObserved else { return }
      let count = self[keyPath: spans][source]?.count ?? 1
      self[keyPath: spans][source]?[count - 1].start = Sighting(at: min(last.start.at, sighting.at))
      return
    }
    self[keyPath: spans][source, default: []].append(Span(start: sighting))
    if let count = self[keyPath: spans][source]?.count, count > Self.mostSpans {
      // The first one tells when it began.
      self[keyPath: spans][source]?.remove(at: 1)
    }
  }

  /// It holds the master up again.
  mutating func ends(
    _ spans: WritableKeyPath<Incident, [NodeAddress: [Span]]>, _ source: NodeAddress,
    _ sighting: Sighting
  ) {
    guard let count = self[keyPath: spans][source]?.count, count > 0,
      self[keyPath: spans][source]?[count - 1].end == nil
    else { return }
    self[keyPath: spans][source]?[count - 1].end = sighting
  }

  /// A Sentinel begins an attempt.
  mutating func tries(_ source: NodeAddress, _ epoch: UInt64?, _ sighting: Sighting) {
    if let index = running(source) {
      // It was seen by polling before it was announced, or its end was missed.
      if tries[index].epoch == nil || tries[index].epoch == epoch,
        tries[index].reached[.voting]?[source]?.isObserved ?? true
      {
        tries[index].epoch = epoch
        tries[index].reach(.voting, source, sighting)
        return
      }
      fail(index, .overtaken, sighting)
    }
    add(Attempt(leader: source, leaderID: ids.first { $0.value == source }?.key, epoch: epoch))
    tries[tries.endIndex - 1].reach(.voting, source, sighting)
  }

  /// The place of the attempt that a Sentinel runs.
  func running(_ source: NodeAddress) -> Int? {
    tries.lastIndex { $0.leader == source && $0.failure == nil }
  }

  /// Its attempt, a new one where nobody told that it has begun.
  mutating func attempt(of source: NodeAddress, _ epoch: UInt64?) -> Int {
    if let index = running(source) { return index }
    add(Attempt(leader: source, leaderID: ids.first { $0.value == source }?.key, epoch: epoch))
    return tries.endIndex - 1
  }

  private mutating func add(_ attempt: Attempt) {
    if tries.count >= Self.mostAttempts {
      // The first ones tell how it began.
      tries.remove(at: 5)
      droppedAttempts += 1
    }
    tries.append(attempt)
  }

  mutating func add(_ vote: Vote) {
    guard
      !votes.contains(where: {
        $0.voter == vote.voter && $0.epoch == vote.epoch && $0.leaderID == vote.leaderID
      }), votes.count < Self.mostVotes
    else { return }
    votes.append(vote)
  }

  mutating func fails(_ source: NodeAddress, _ failure: Attempt.Failure, _ sighting: Sighting) {
    if let index = running(source) {
      fail(index, failure, sighting)
    } else if let index = tries.lastIndex(where: { $0.leader == source && $0.failure == .silent }) {
      // What was only seen until now is told.
      fail(index, failure, sighting)
    }
  }

  private mutating func fail(
    _ index: Int, _ failure: Attempt.Failure, _ sighting: Sighting
  ) {
    tries[index].failure = failure
    tries[index].failedAt = sighting
  }

  /// Who has moved to the new master no longer tries to be the one who finds it.
  mutating func stopsTrying(_ source: NodeAddress, _ sighting: Sighting) {
    guard let index = running(source) else { return }
    let step = tries[index].step ?? .voting
    if step < .promoted { return }
    tries[index].reach(.ended, source, sighting)
  }

  /// Takes in what a leader announces of its attempt.
  mutating func takeStep(
    _ event: SentinelEvent, _ name: EventName, _ source: NodeAddress, _ epoch: UInt64?,
    _ sighting: Sighting
  ) {
    if name.isAbort { return fails(source, Attempt.Failure(name), sighting) }
    let index = attempt(of: source, epoch)
    let node = event.subject?.address
    switch name {
    case .electedLeader, .selectReplica: tries[index].reach(.elected, source, sighting)
    case .selectedReplica, .sendReplicaOfNoOne:
      tries[index].reach(.selected, source, sighting)
      tries[index].candidate = node
    case .waitPromotion:
      tries[index].reach(.ordered, source, sighting)
      tries[index].candidate = node
    case .promotedReplica:
      tries[index].reach(.promoted, source, sighting)
      tries[index].candidate = node
      if let node { masters[node, default: Voices()].add(source, sighting) }
    case .reconfigureReplicas: tries[index].reach(.promoted, source, sighting)
    case .replicaReconfSent, .replicaReconfSentBestEffort:
      if let node { tries[index].follow(node, .sent, sighting) }
    case .replicaReconfInProgress:
      if let node { tries[index].follow(node, .inProgress, sighting) }
    case .replicaReconfDone:
      if let node { tries[index].follow(node, .done, sighting) }
    case .replicaReconfTimeout:
      if let node { tries[index].replicas[node]?.timedOut = true }
    case .failoverEndForTimeout:
      tries[index].endedByTimeout = true
      tries[index].reach(.ended, source, sighting)
    case .failoverEnd: tries[index].reach(.ended, source, sighting)
    default: break
    }
  }
}

extension Attempt.Failure {
  fileprivate init(_ name: EventName) {
    self =
      switch name {
      case .abortNotElected: .notElected
      case .abortNoGoodReplica: .noGoodReplica
      case .abortMasterTimeout: .masterTimeout
      default: .replicaTimeout
      }
  }
}
