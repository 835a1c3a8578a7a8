public import SentinelModel

/// What one Sentinel says at one moment: all services, and who belongs to one of them.
public struct SentinelSurvey: Hashable, Sendable {
  /// All services that it monitors, by name.
  public var masters: [MasterState]
  /// The replicas of the one service, by address.
  public var replicas: [ReplicaState]
  /// The other Sentinels of the one service, by address.
  public var otherSentinels: [SentinelState]
}

extension SentinelClient {
  /// Asks all Sentinels at the same time for all masters, and for a service's replicas and Sentinels;
  /// each one in a single round trip. Entries that can't be read are left out. From version 5 on.
  public func survey(
    of service: ServiceName, on target: Target = .all
  ) async -> [SentinelAnswer<SentinelSurvey>] {
    let (masters, replicas, sentinels) = (
      SentinelQuery.masters, SentinelQuery.replicas(service), SentinelQuery.sentinels(service)
    )
    return await askEach(
      [masters.words, replicas.words, sentinels.words], about: service, on: target
    ) { replies, endpoint throws(SentinelError) in
      // Sorted where they stand: to copy states only to sort them costs as much as to read them.
      var survey = SentinelSurvey(
        masters: try masters.reply(replies[0], from: endpoint).entries,
        replicas: try replicas.reply(replies[1], from: endpoint).entries,
        otherSentinels: try sentinels.reply(replies[2], from: endpoint).entries)
      survey.masters.sort { $0.name < $1.name }
      survey.replicas.sort { $0.address < $1.address }
      survey.otherSentinels.sort { $0.address < $1.address }
      return survey
    }
  }
}
