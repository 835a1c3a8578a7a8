import SentinelInsight
import SentinelModel

/// What a failover would do, as JSON.
struct PreflightJSON: Encodable {
  var schema = JSONOutput.schema
  var master: String?
  var address: String?
  var via: String?
  var verdict: String
  var candidate: Candidate?
  var rejected: [Rejected]
  var reasons: [Reason]

  struct Candidate: Encodable {
    var address: String
    var priority: Int
    var offset: UInt64
    /// Who told priority and offset, and how long ago.
    var source: String
    var ageMs: Double?
  }

  struct Rejected: Encodable {
    var address: String
    var rule: String
    var value: String
    var limit: String
  }

  struct Reason: Encodable {
    var severity: String
    var text: String
    var evidence: String
  }

  init(_ preflight: Preflight) {
    master = preflight.facts.service?.rawValue
    address = preflight.facts.master?.description
    via = preflight.facts.sentinels.first?.description
    verdict = preflight.verdict.rawValue
    candidate = preflight.candidate.map {
      Candidate(
        address: $0.address.description, priority: $0.priority, offset: $0.offset,
        source: $0.source.description, ageMs: $0.age?.asMilliseconds)
    }
    rejected = preflight.rejected.compactMap { replica in
      replica.rejection.map {
        Rejected(
          address: replica.address.description, rule: $0.rule, value: $0.value, limit: $0.limit)
      }
    }
    reasons = preflight.reasons.map {
      Reason(severity: $0.severity.rawValue, text: $0.text, evidence: $0.evidence)
    }
  }
}

extension Preflight {
  /// What a failover would do, for a person.
  var lines: [String] {
    var lines = ["\(facts.service?.rawValue.printable ?? ""): \(verdict.words)", ""]
    var parts = TableOutput(["MASTER", "EPOCH", "ASKED", "PROMOTED", "PRIORITY", "OFFSET"])
    parts.add([
      facts.master?.description ?? "-", facts.configEpoch.map { "\($0)" } ?? "-",
      facts.sentinels.first?.description ?? "-", candidate?.address.description ?? "nobody",
      candidate.map { "\($0.priority)" } ?? "-", candidate.map { "\($0.offset)" } ?? "-",
    ])
    lines += parts.lines
    if !rejected.isEmpty {
      var table = TableOutput(["NOT PROMOTED", "RULE", "VALUE", "LIMIT"])
      for replica in rejected {
        guard let rejection = replica.rejection else { continue }
        table.add([
          replica.address.description, rejection.rule, rejection.value, rejection.limit,
        ])
      }
      lines += [""] + table.lines
    }
    var table = TableOutput(["SEVERITY", "REASON", "EVIDENCE"])
    for reason in reasons { table.add([reason.severity.rawValue, reason.text, reason.evidence]) }
    return lines + [""] + table.lines
  }
}

extension Preflight.Verdict {
  /// The verdict, for a person.
  fileprivate var words: String {
    switch self {
    case .go: "go"
    case .warn: "go, with warnings"
    case .no: "no"
    }
  }
}
