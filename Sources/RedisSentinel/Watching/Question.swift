import RESP
import SentinelModel

/// One question of a round of polling, with the way to read its answer.
enum Question: Sendable {
  case masters(SentinelQuery<Entries<MasterState>>)
  case master(SentinelQuery<MasterState>)
  case replicas(ServiceName, SentinelQuery<Entries<ReplicaState>>)
  case sentinels(ServiceName, SentinelQuery<Entries<SentinelState>>)
  case info(SentinelQuery<ServerInfo>)
  case infoCache(SentinelQuery<[ServiceInfoCache]>)
  case configuration(SentinelQuery<[String: String]>)
  case scripts(SentinelQuery<Entries<PendingScript>>)

  /// A question that not every server knows, nor everybody may ask. Where it is refused, it isn't
  /// asked again on that connection.
  enum Extra: Hashable, Sendable {
    case infoCache, configuration, scripts
  }

  /// The questions of a round, in the order in which they are asked.
  static func list(
    for round: PollPlan.Round, replicasWord: String, without refused: Set<Extra>
  ) -> [Question] {
    var questions: [Question] = []
    if round.masters { questions.append(.masters(.masters)) }
    questions += round.master.map { .master(.master($0)) }
    for service in round.details {
      questions.append(.replicas(service, .replicas(service, word: replicasWord)))
      questions.append(.sentinels(service, .sentinels(service)))
    }
    if round.info { questions.append(.info(.info(["sentinel"]))) }
    if !round.infoCache.isEmpty { questions.append(.infoCache(.infoCache(round.infoCache))) }
    if round.setUp {
      questions.append(.configuration(.configuration(matching: ["*"])))
      questions.append(.scripts(.pendingScripts))
    }
    return questions.filter { question in question.extra.map { !refused.contains($0) } ?? true }
  }

  var extra: Extra? {
    switch self {
    case .infoCache: .infoCache
    case .configuration: .configuration
    case .scripts: .scripts
    case .masters, .master, .replicas, .sentinels, .info: nil
    }
  }

  /// Whether it is asked by the word that came with 5.0.
  var asksForReplicas: Bool { words[1] == "REPLICAS" }

  var words: [String] {
    switch self {
    case .masters(let query): query.words
    case .master(let query): query.words
    case .replicas(_, let query): query.words
    case .sentinels(_, let query): query.words
    case .info(let query): query.words
    case .infoCache(let query): query.words
    case .configuration(let query): query.words
    case .scripts(let query): query.words
    }
  }
}
