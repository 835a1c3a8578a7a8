import SentinelModel

extension Incident {
  /// All attempts in the order of their epochs, those that only votes tell of included, each with
  /// what became of it.
  package var attempts: [Attempt] {
    var all = tries
    for vote in votes {
      let voice = Sighting(at: vote.sighting.at, isObserved: vote.sighting.isObserved)
      let index =
        all.firstIndex { isOf($0, vote) }
        ?? {
          all.append(
            Attempt(leader: ids[vote.leaderID], leaderID: vote.leaderID, epoch: vote.epoch))
          return all.endIndex - 1
        }()
      all[index].leaderID = vote.leaderID
      all[index].votes.add(vote.voter, voice)
    }
    for index in all.indices {
      // A leader says that it asks; where it isn't heard, the first vote tells.
      if all[index].reached[.voting] == nil, all[index].votes.count > 0,
        all[index].reached.isEmpty, let first = all[index].votes.first
      {
        all[index].reach(.voting, first.source, first.sighting)
      }
      if all[index].leaderID == nil, let leader = all[index].leader {
        all[index].leaderID = ids.first { $0.value == leader }?.key
      }
    }
    all.sort { order($0) < order($1) }
    judge(&all)
    return all
  }

  func isOf(_ attempt: Attempt, _ vote: Vote) -> Bool {
    guard attempt.epoch == vote.epoch else { return false }
    if let id = attempt.leaderID { return id == vote.leaderID }
    guard let leader = attempt.leader else { return false }
    return ids[vote.leaderID] == leader
  }

  private func order(_ attempt: Attempt) -> (UInt64, Int64, String) {
    (
      attempt.epoch ?? 0, attempt.epoch == nil ? attempt.startedAt?.microseconds ?? 0 : 0,
      attempt.leaderID ?? attempt.leader?.description ?? ""
    )
  }

  /// Says of each attempt what became of it.
  private func judge(_ all: inout [Attempt]) {
    let winner = newMaster == nil ? nil : self.winner(of: all)
    if let winner {
      all[winner].hasSucceeded = true
      all[winner].failure = nil
      all[winner].failedAt = nil
      if let newMaster, let voices = masters[newMaster], !all[winner].reached.isEmpty {
        // Others saw it, too, where the leader isn't heard.
        if all[winner].reached[.promoted] == nil, !isStale(voices, for: all[winner]) {
          all[winner].reached[.promoted] = voices
        }
      }
    }
    for index in all.indices where index != winner && all[index].failure == nil {
      let attempt = all[index]
      let hasRival = all.contains { other in
        other.epoch == attempt.epoch && other.reached[.elected] != nil && other != attempt
      }
      let isOver =
        newMaster != nil || all[(index + 1)...].contains { ($0.epoch ?? 0) > (attempt.epoch ?? 0) }
      if hasRival, attempt.reached[.elected] == nil {
        all[index].failure = .lostVote
      } else if isOver {
        all[index].failure = lossOfLeader(attempt) == nil ? .overtaken : .leaderLost
        all[index].failedAt = lossOfLeader(attempt).map { Sighting(at: $0, isObserved: true) }
      }
    }
  }

  /// A master that was promoted by an earlier attempt proves nothing for a later one.
  private func isStale(_ voices: Voices, for attempt: Attempt) -> Bool {
    guard let first = voices.first?.sighting.at, let start = attempt.startedAt else { return true }
    return first < start
  }

  private func winner(of all: [Attempt]) -> Int? {
    let able = all.indices.filter { index in
      let attempt = all[index]
      guard attempt.candidate.map({ $0 == newMaster }) ?? true else { return false }
      return attempt.failure == nil || attempt.step ?? .voting >= .promoted
    }
    return able.max { left, right in
      (all[left].epoch ?? 0, all[left].step ?? .voting, all[left].votes.count)
        < (all[right].epoch ?? 0, all[right].step ?? .voting, all[right].votes.count)
    }
  }

  /// When its leader was lost in the course of it.
  private func lossOfLeader(_ attempt: Attempt) -> Timestamp? {
    let own = attempt.leader.flatMap { losses[$0] }
    let told = attempt.leaderID.flatMap { lostIDs[$0] }
    let start = attempt.startedAt ?? openedAt
    return [own, told].compactMap(\.self).filter { $0 >= start }.min()
  }
}
