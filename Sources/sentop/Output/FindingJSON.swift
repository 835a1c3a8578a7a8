import SentinelInsight
import SentinelModel
import SentinelMonitor

/// A finding of the doctor, as JSON.
struct FindingJSON: Encodable {
  var rule: String
  /// `critical`, `warning`, `info`, or `unknown` where nobody knows.
  var severity: String
  /// `present`, `settling` while a failover runs, or `unknown`.
  var standing: String
  var subject: Subject
  var title: String
  var evidence: [Evidence]
  var advice: String
  var command: String?
  var since: String
  var muted: String?

  struct Subject: Encodable {
    var service: String?
    var node: String?
  }

  struct Evidence: Encodable {
    var source: String?
    var node: String?
    var field: String
    var value: String
    var limit: String?
    var at: String
    var since: String?
  }

  init(_ finding: Finding) {
    rule = finding.rule
    severity = finding.standing == .unknown ? "unknown" : finding.severity.rawValue
    standing =
      switch finding.standing {
      case .present: "present"
      case .settling: "settling"
      case .unknown: "unknown"
      }
    subject = Subject(
      service: finding.subject.service?.rawValue, node: finding.subject.node?.description)
    title = finding.title
    evidence = finding.evidence.map {
      Evidence(
        source: $0.source?.description, node: $0.node?.description, field: $0.field,
        value: $0.value, limit: $0.limit, at: $0.at.iso8601, since: $0.since?.iso8601)
    }
    advice = finding.advice
    command = finding.command
    since = finding.since.iso8601
    muted = finding.mute?.reason
  }
}

/// What `sentop doctor --format json` prints.
struct DiagnosisJSON: Encodable {
  var schema = JSONOutput.schema
  var at: String
  var deployment: String
  var verdict: String
  var findings: [FindingJSON]

  init(_ diagnosis: Diagnosis, deployment: String) {
    at = diagnosis.at.iso8601
    self.deployment = deployment
    verdict = diagnosis.verdict.word
    findings = diagnosis.findings.map(FindingJSON.init)
  }
}

/// What `sentop doctor --list --format json` prints.
struct RulesJSON: Encodable {
  var schema = JSONOutput.schema
  var rules = Rules.all.map(Rule.init)
  var leftOut = Rules.gaps.map(LeftOut.init)

  struct Rule: Encodable {
    var rule: String
    var severity: String
    var kind: String
    var patienceMs: Double
    var looksAt: String
    var needs: [String]
    var advice: String

    init(_ rule: SentinelInsight.Rule) {
      self.rule = rule.id
      severity = rule.severity.rawValue
      kind = rule.kind.rawValue
      patienceMs = rule.patience.asMilliseconds
      looksAt = rule.looksAt
      needs = rule.needs.map(\.rawValue)
      advice = rule.advice
    }
  }

  struct LeftOut: Encodable {
    var rule: String
    var looksAt: String
    var reason: String

    init(_ gap: Rules.Gap) {
      rule = gap.id
      looksAt = gap.looksAt
      reason = gap.reason
    }
  }
}
