import SentinelModel

/// One rule of the doctor: what it looks at, how bad it is, and what to do about it.
package struct Rule: Sendable {
  /// `D1`, `D2` …
  package let id: String
  /// The worst that it reports.
  package let severity: Severity
  package let kind: Kind
  /// How long something must have been so before the rule speaks.
  package let patience: Duration
  /// What it must know to be able to say that all is well.
  package let needs: [Need]
  /// What it looks at, in a few words.
  package let looksAt: String
  package let advice: String
  let scope: Scope

  /// What makes a rule speak.
  package enum Kind: String, Sendable {
    /// Something is set wrong: one look is enough.
    case setting
    /// Something was announced: that is enough.
    case event
    /// Something is wrong in two samples in a row.
    case state
    /// The same, about things that are in motion while a failover runs.
    case agreement
  }

  /// What a rule must know to be able to say that all is well.
  package enum Need: String, Sendable, CaseIterable {
    case twoSentinels = "a second Sentinel that answers"
    case replicas = "REPLICAS of every Sentinel"
    case sentinels = "SENTINELS of every Sentinel"
    case sentinelInfo = "INFO of every Sentinel"
    case masterInfo = "an INFO of the master, by INFO-CACHE or itself"
    case replicaInfo = "an INFO of every replica, by INFO-CACHE or itself"
    case configuration = "SENTINEL CONFIG GET of every Sentinel"
    case scripts = "SENTINEL PENDING-SCRIPTS of every Sentinel"
    case events = "the events of every Sentinel"
    case access = "whether a password was used"
    case growth = "two samples of the master's offset"
  }

  enum Scope: Sendable {
    case service(@Sendable (ServiceExam) -> [Symptom])
    case deployment(@Sendable (Exam) -> [Symptom])
  }

  /// A rule about each service.
  init(
    _ id: String, _ severity: Severity, _ kind: Kind, after patience: Duration = .zero,
    needs: [Need] = [], _ looksAt: String, advice: String,
    _ examine: @escaping @Sendable (ServiceExam) -> [Symptom]
  ) {
    self.init(id, severity, kind, patience, needs, looksAt, advice, .service(examine))
  }

  /// A rule about the Sentinels themselves.
  init(
    _ id: String, _ severity: Severity, _ kind: Kind, after patience: Duration = .zero,
    needs: [Need] = [], _ looksAt: String, advice: String,
    ofAll examine: @escaping @Sendable (Exam) -> [Symptom]
  ) {
    self.init(id, severity, kind, patience, needs, looksAt, advice, .deployment(examine))
  }

  private init(
    _ id: String, _ severity: Severity, _ kind: Kind, _ patience: Duration, _ needs: [Need],
    _ looksAt: String, _ advice: String, _ scope: Scope
  ) {
    self.id = id
    self.severity = severity
    self.kind = kind
    self.patience = patience
    self.needs = needs
    self.looksAt = looksAt
    self.advice = advice
    self.scope = scope
  }
}

/// What a rule sees at one look; it becomes a finding when it is there again.
struct Symptom: Sendable {
  var title: String
  /// The node or Sentinel that it is about; nil where it is about the service or the deployment.
  var node: NodeAddress?
  /// Where it isn't the rule's own.
  var severity: Severity?
  var evidence: [Evidence]
  /// Where the rule's own isn't to the point.
  var advice: String?
  var command: String?
  /// Since when, where the servers tell.
  var since: Timestamp?

  init(
    _ title: String, node: NodeAddress? = nil, severity: Severity? = nil, _ evidence: [Evidence],
    advice: String? = nil, command: String? = nil, since: Timestamp? = nil
  ) {
    self.title = title
    self.node = node
    self.severity = severity
    self.evidence = evidence
    self.advice = advice
    self.command = command
    self.since = since ?? evidence.compactMap(\.since).min()
  }
}

/// All rules, and those that were left out.
package enum Rules {
  /// All rules, by number.
  package static let all: [Rule] =
    (AgreementRules.all + QuorumRules.all + CandidateRules.all + AddressRules.all
    + AccessRules.all + TimingRules.all + DataRules.all + SentinelRules.all + HealthRules.all)
    .sorted { number(of: $0.id) < number(of: $1.id) }

  /// The number in a rule's id.
  package static func number(of id: String) -> Int { Int(id.dropFirst()) ?? .max }

  /// A rule that sentop doesn't have, or not whole.
  package struct Gap: Sendable {
    package let id: String
    package let looksAt: String
    package let reason: String
  }

  /// Rules that are left out, whole or in part, and why.
  package static let gaps = [
    Gap(
      id: "D39", looksAt: "masterauth of the old master",
      reason:
        "only the link is looked at: CONFIG GET masterauth of a data node shows a password, so it is never asked for"
    ),
    Gap(
      id: "D41", looksAt: "ACL and COMMAND INFO of the replica to be promoted",
      reason: "only the aborted failover is looked at: sentop doesn't ask data nodes for ACLs"),
    Gap(
      id: "D62", looksAt: "state that returns to old after a restart",
      reason: "only refused writes are looked at: the configuration file isn't readable from here"),
    Gap(
      id: "D68", looksAt: "clients that stay at the old master",
      reason: "left out: sentop doesn't ask data nodes for CLIENT LIST, which names all clients"),
  ]
}
