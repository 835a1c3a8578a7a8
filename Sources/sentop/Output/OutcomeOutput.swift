import SentinelModel

/// What each Sentinel answered, as JSON.
struct OutcomeJSON: Encodable {
  var schema = JSONOutput.schema
  var command: [String]
  var ok: Bool
  var answers: [Answer]

  struct Answer: Encodable {
    var sentinel: String
    var result: String
    var text: String
    var elapsedMs: Double
  }

  init(_ outcome: Outcome) {
    command = outcome.command.publicWords
    ok = outcome.isAccepted
    answers = outcome.answers.map {
      Answer(
        sentinel: $0.sentinel.description, result: $0.verdict.word, text: $0.verdict.text,
        elapsedMs: $0.elapsed.asMilliseconds)
    }
  }
}

extension Outcome {
  /// What each Sentinel answered, for a person.
  var lines: [String] {
    var table = TableOutput(["SENTINEL", "RESULT", "ANSWER"])
    for answer in answers {
      table.add([answer.sentinel.description, answer.verdict.word, answer.verdict.text])
    }
    return table.lines
  }
}

extension Outcome.Verdict {
  /// One word for it.
  var word: String {
    switch self {
    case .accepted: "ok"
    case .refused: "refused"
    case .failed: "failed"
    case .unknown: "unknown"
    }
  }
}
