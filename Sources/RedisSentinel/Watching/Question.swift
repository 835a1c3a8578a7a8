import RESP
import SentinelModel

/// One question of a round of polling, with the way to read its answer.
enum Question: Sendable {
  case masters(SentinelQuery<Entries<MasterState>>)
  case master(SentinelQuery<MasterState>)
  case replicas(ServiceName, SentinelQuery<Entries<ReplicaState>>)
  case sentinels(ServiceName, SentinelQuery<Entries<SentinelState>>)
  case info(SentinelQuery<ServerInfo>)

  /// The questions of a round, in the order in which they are asked.
  static func list(for round: PollPlan.Round, replicasWord: String) -> [Question] {
    var questions: [Question] = []
    if round.masters { questions.append(.masters(.masters)) }
    questions += round.master.map { .master(.master($0)) }
    for service in round.details {
      questions.append(.replicas(service, .replicas(service, word: replicasWord)))
      questions.append(.sentinels(service, .sentinels(service)))
    }
    if round.info { questions.append(.info(.info(["sentinel"]))) }
    return questions
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
    }
  }
}
