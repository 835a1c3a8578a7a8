package import SentinelModel

/// What a command would do, on which facts, and what speaks against it: what is asked before anything
/// is sent.
package struct Preflight: Hashable, Sendable {
  package var command: Command
  package var target: Target
  /// What the question rests on. When one of these changes, it has to be asked anew.
  package var facts: Facts
  /// All that is to be known before, in the order in which it is told.
  package var reasons: [Reason]
  /// Of a failover: the replica that would be promoted.
  package var candidate: Candidate?
  /// Of a failover: the replicas that can't be promoted.
  package var rejected: [Candidate] = []
  /// Who has it already, and needn't be asked.
  package var settled: [NodeAddress] = []
  /// Of settings: what becomes of each at each Sentinel.
  package var changes: [SettingChange] = []

  /// What the question rests on.
  package struct Facts: Hashable, Sendable {
    package var service: ServiceName?
    package var master: NodeAddress?
    package var configEpoch: UInt64?
    /// Who will be asked.
    package var sentinels: [NodeAddress]
    /// Who would be promoted, and whoever may be instead since only their offsets, which move on all
    /// the time, decide.
    package var contenders: Set<NodeAddress> = []
    /// Who is told something else than the rest: its own order.
    package var orders: [NodeAddress: Command] = [:]
    /// Of settings: what is replaced at each Sentinel.
    package var replaced: [SettingChange] = []

    package init(
      service: ServiceName? = nil, master: NodeAddress? = nil, sentinels: [NodeAddress]
    ) {
      self.service = service
      self.master = master
      self.sentinels = sentinels
    }
  }

  /// What a Sentinel will be told.
  package func order(for sentinel: NodeAddress) -> Command { facts.orders[sentinel] ?? command }

  /// Whether it should be done.
  package enum Verdict: String, Hashable, Sendable {
    case go
    /// It can be done, and something speaks against it.
    case warn
    /// It would be refused, or do harm.
    case no
  }

  /// One thing to know before.
  package struct Reason: Hashable, Sendable {
    package var kind: Kind
    /// Critical: it can't be done. Warning: it speaks against it. Notice: what will happen. Info: what
    /// else there is to know.
    package var severity: Severity
    package var text: String
    /// The values it rests on.
    package var evidence: String
    /// Whom it is about, where there may be several of a kind.
    package var subject: NodeAddress?

    package init(
      _ kind: Kind, _ severity: Severity, _ text: String, _ evidence: String = "",
      of subject: NodeAddress? = nil
    ) {
      self.kind = kind
      self.severity = severity
      self.text = text
      self.evidence = evidence
      self.subject = subject
    }

    /// What it is about.
    package enum Kind: String, Hashable, Sendable {
      case unknownService, noSentinel, silentSentinel, foreignSentinel, tilt, failoverRuns,
        otherMaster, unknownReplicas, noCandidate, candidateVanishes, demotes, promotes, rejected,
        runnerUp, otherChoice, hidden, lag, syncing, foreignHistory, writesAtRisk, repointed,
        minReplicas, clients, quorum, agreement, masterHealth, oldData, forgets, lostForGood,
        unlistedReplica, unknownList, effect, alreadySo, badName, badAddress, otherName, badQuorum,
        nameResolution, loopback, unreachableNode, notMaster, losesSettings, badValue, timing,
        script,
        secret, oldVersion, unconfirmable
    }
  }

  /// Whether nothing is left to be done, and nothing else speaks against it.
  package var isNeedless: Bool {
    facts.sentinels.isEmpty && !settled.isEmpty
      && reasons.allSatisfy { $0.severity < .critical || $0.kind == .alreadySo }
  }

  package var verdict: Verdict {
    switch reasons.map(\.severity).max() {
    case .critical: .no
    case .warning: .warn
    default: .go
    }
  }

  /// Why it can't be done.
  package var obstacles: [String] { texts(.critical) }
  /// What speaks against it.
  package var warnings: [String] { texts(.warning) }
  /// What will happen, one sentence each.
  package var consequences: [String] { texts(.notice) }

  private func texts(_ severity: Severity) -> [String] {
    reasons.filter { $0.severity == severity }.map(\.text)
  }

  /// Whether another one asks the same: on the same facts, with nothing more or less against it.
  package func asksTheSame(as other: Preflight) -> Bool {
    command == other.command && target == other.target && facts == other.facts
      && verdict == other.verdict && objections == other.objections
  }

  private var objections: Set<Objection> {
    Set(
      reasons.filter { $0.severity >= .warning }.map { Objection(kind: $0.kind, of: $0.subject) })
  }

  private struct Objection: Hashable {
    var kind: Reason.Kind
    var of: NodeAddress?
  }

  /// What speaks against it that didn't speak against the other one.
  package func newObjection(since other: Preflight) -> String? {
    let known = other.objections
    return reasons.first {
      $0.severity >= .warning && !known.contains(Objection(kind: $0.kind, of: $0.subject))
    }?.text
  }

  /// What changed in the facts since the question was asked; nil where they still hold.
  package func contradiction(in topology: Topology) -> String? {
    for sentinel in facts.sentinels where topology[sentinel]?.isReachable != true {
      return "\(topology.label(of: sentinel)) no longer answers"
    }
    guard let service = facts.service, let master = facts.master else { return nil }
    guard let summary = ServiceSummary(of: service, in: topology) else {
      return "\(service) is no longer monitored"
    }
    if summary.address != master { return "the master is now \(summary.address)" }
    if let epoch = facts.configEpoch, summary.configEpoch != epoch {
      return "the configuration's epoch is now \(summary.configEpoch)"
    }
    return nil
  }
}
