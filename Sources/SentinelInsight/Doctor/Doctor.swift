package import SentinelModel

/// Looks at all that is known, again and again, and tells what is wrong.
///
/// A fold over samples: what is seen once may be chance, so that a finding is told when it is there
/// in the next sample, too. What can't be known is told as unknown, never taken for well.
package struct Doctor: Sendable {
  /// What was found at the last look, the worst first.
  package private(set) var findings: [Finding] = []
  /// How many findings wait for another sample, or for their time.
  package private(set) var pendingCount = 0
  /// What nobody wants to be told.
  package var mutes: [Mute]
  package var circumstances: Circumstances

  /// What the doctor can't learn from the servers.
  package struct Circumstances: Hashable, Sendable {
    /// Whether we give the Sentinels a password; nil where nobody said.
    package var givesPassword: Bool?

    package init(givesPassword: Bool? = nil) {
      self.givesPassword = givesPassword
    }
  }

  private var memory: DoctorMemory
  private var cases: [CaseKey: Case] = [:]
  /// What was found, with what isn't known of each service.
  private var all: [Finding] = []
  private var position = 0
  private let rules: [Rule]

  private struct CaseKey: Hashable, Sendable {
    var rule: String
    var subject: Finding.Subject
    var isUnknown: Bool
  }

  /// Something that was seen, and may have to be seen again.
  fileprivate struct Case: Sendable {
    var firstSeen: Timestamp
    /// When each source said what it was seen by first.
    var told: [NodeAddress: Timestamp]
    var isConfirmed = false
  }

  /// A doctor that remembers the epochs of an earlier run, where they were kept.
  package init(
    circumstances: Circumstances = Circumstances(), mutes: [Mute] = [],
    epochs: [ServiceName: UInt64] = [:], rules: [Rule] = Rules.all
  ) {
    self.circumstances = circumstances
    self.mutes = mutes
    self.rules = rules
    memory = DoctorMemory(epochs: epochs)
  }

  /// The epochs that were seen last, to be kept for the next run.
  package var epochs: [ServiceName: UInt64] { memory.epochs }

  /// Looks at a sample. To look twice at the same one tells nothing new.
  ///
  /// Of more services than the budget allows, it looks at so many in turn, and at those that are in
  /// trouble or of which it isn't sure yet; of the others the findings stay as they were.
  package mutating func examine(
    _ topology: Topology, _ log: EventLog, at now: Timestamp, only service: ServiceName? = nil,
    budget: Int = .max
  ) {
    let names = topology.serviceNames.filter { service == nil || $0 == service }
    let turn = turn(of: names, budget, topology)
    let samples = turn.compactMap { ServiceSample($0, in: topology) }
    memory.take(topology, samples, log, at: now)
    let exam = Exam(topology, memory, circumstances, at: now)
    var seen: [Seen] = []
    for rule in rules { seen += Self.deploymentWide(rule, exam) }
    let told = Set(samples.map(\.service))
    for name in turn where !told.contains(name) { seen.append(Self.silent(name, exam)) }
    for sample in samples {
      let look = ServiceExam(sample, exam)
      for rule in rules { seen += Self.of(look, rule) }
    }
    settle(seen, keeping: Set(names).subtracting(turn), at: now)
  }

  private mutating func turn(
    of names: [ServiceName], _ budget: Int, _ topology: Topology
  ) -> [ServiceName] {
    guard names.count > budget else { return names }
    var turn = Set(cases.filter { !$0.value.isConfirmed }.compactMap(\.key.subject.service))
    for vantage in topology.vantages {
      for (name, view) in vantage.services where Health(view.master.report) != .up {
        turn.insert(name)
      }
    }
    for _ in 0..<budget {
      position = (position + 1) % names.count
      turn.insert(names[position])
    }
    return names.filter(turn.contains)
  }

  /// What a rule saw, or that it can't see.
  fileprivate struct Seen {
    var rule: Rule
    var service: ServiceName?
    var symptom: Symptom
    var standing: Finding.Standing
  }

  private static func deploymentWide(_ rule: Rule, _ exam: Exam) -> [Seen] {
    guard case .deployment(let examine) = rule.scope else { return [] }
    let symptoms = examine(exam)
    guard symptoms.isEmpty else {
      return symptoms.map { Seen(rule: rule, symptom: $0, standing: .present) }
    }
    guard let reason = rule.needs.lazy.compactMap(exam.missing).first else { return [] }
    return [Seen(rule: rule, symptom: .unknown(rule, reason, exam), standing: .unknown)]
  }

  private static func of(_ look: ServiceExam, _ rule: Rule) -> [Seen] {
    guard case .service(let examine) = rule.scope else { return [] }
    let symptoms = examine(look)
    guard symptoms.isEmpty else {
      let isSettling = look.isSettling && rule.kind == .agreement
      return symptoms.map {
        Seen(
          rule: rule, service: look.service, symptom: $0,
          standing: isSettling ? .settling : .present)
      }
    }
    guard let reason = rule.needs.lazy.compactMap(look.missing).first else { return [] }
    return [
      Seen(
        rule: rule, service: look.service, symptom: .unknown(rule, reason, look.exam),
        standing: .unknown)
    ]
  }

  /// A service of which no Sentinel tells any more.
  private static func silent(_ service: ServiceName, _ exam: Exam) -> Seen {
    Seen(
      rule: HealthRules.d69, service: service,
      symptom: .unknown(HealthRules.d69, "no Sentinel that monitors it answers", exam),
      standing: .unknown)
  }

  private mutating func settle(
    _ seen: [Seen], keeping others: Set<ServiceName>, at now: Timestamp
  ) {
    func isKept(_ subject: Finding.Subject) -> Bool {
      subject.service.map(others.contains) ?? false
    }
    var kept = others.isEmpty ? [:] : cases.filter { isKept($0.key.subject) }
    all = others.isEmpty ? [] : all.filter { isKept($0.subject) }
    for sight in seen {
      let subject = Finding.Subject(service: sight.service, node: sight.symptom.node)
      let key = CaseKey(
        rule: sight.rule.id, subject: subject, isUnknown: sight.standing == .unknown)
      var told: [NodeAddress: Timestamp] = [:]
      for evidence in sight.symptom.evidence {
        guard let source = evidence.source else { continue }
        told[source] = max(told[source] ?? evidence.at, evidence.at)
      }
      var record = cases[key] ?? Case(firstSeen: now, told: told)
      let since = min(sight.symptom.since ?? record.firstSeen, record.firstSeen)
      if !record.isConfirmed {
        let isAgain = record.isSaidAgain(by: told, now)
        let isLongEnough = now.duration(since: since) >= sight.rule.patience
        record.isConfirmed =
          key.isUnknown ? isAgain : isLongEnough && (sight.rule.needsOneLook || isAgain)
      }
      kept[key] = record
      if record.isConfirmed { all.append(Finding(sight, subject, since: since)) }
    }
    cases = kept
    pendingCount = kept.values.count { !$0.isConfirmed }
    findings = all.unknownsTogether.map { finding in
      var finding = finding
      finding.mute = mutes.first { $0.covers(finding.rule, finding.subject, at: now) }
      return finding
    }.sorted { $0.comesBefore($1) }
  }
}

extension Rule {
  fileprivate var needsOneLook: Bool { kind == .setting || kind == .event }
}

extension Doctor.Case {
  /// Whether all who said it have had their say anew, or can't be asked any more.
  fileprivate func isSaidAgain(
    by now: [NodeAddress: Timestamp], _ moment: Timestamp
  ) -> Bool {
    guard moment > firstSeen else { return false }
    return told.allSatisfy { source, before in
      if let again = now[source] { return again > before }
      // Whoever no longer says it needn't say it again; the others still do.
      return true
    }
  }
}

extension Finding {
  fileprivate init(_ sight: Doctor.Seen, _ subject: Subject, since: Timestamp) {
    self.init(
      rule: sight.rule.id,
      severity: sight.symptom.severity ?? sight.rule.severity, standing: sight.standing,
      subject: subject, title: sight.symptom.title, evidence: sight.symptom.evidence,
      advice: sight.symptom.advice ?? sight.rule.advice, command: sight.symptom.command,
      since: since, mute: nil)
  }

  /// What counts comes first, then the worse, then by rule and subject.
  fileprivate func comesBefore(_ other: Finding) -> Bool {
    if rank != other.rank { return rank < other.rank }
    if severity != other.severity { return severity > other.severity }
    if rule != other.rule { return Rules.number(of: rule) < Rules.number(of: other.rule) }
    return subject < other.subject
  }

  private var rank: Int {
    if mute != nil { return 3 }
    return switch standing {
    case .present: 0
    case .settling: 1
    case .unknown: 2
    }
  }
}

extension [Finding] {
  /// What isn't known of several services is told once: of a thousand it would be a flood.
  fileprivate var unknownsTogether: [Finding] {
    var together: [Finding] = []
    var unknown: [String: [Finding]] = [:]
    for finding in self {
      if finding.standing == .unknown {
        unknown[finding.rule, default: []].append(finding)
      } else {
        together.append(finding)
      }
    }
    for group in unknown.values {
      guard var first = group.first, group.count > 1 else {
        together += group
        continue
      }
      first.subject = Finding.Subject()
      first.title += ", of \(group.count) services"
      first.since = group.map(\.since).min() ?? first.since
      first.evidence = group.prefix(3).flatMap { finding in
        finding.evidence.map { evidence in
          var evidence = evidence
          let service = finding.subject.service.map { "\($0): " } ?? ""
          evidence.value = service + evidence.value
          return evidence
        }
      }
      together.append(first)
    }
    return together
  }
}

extension Symptom {
  /// That a rule can't tell, and why.
  fileprivate static func unknown(_ rule: Rule, _ reason: String, _ exam: Exam) -> Symptom {
    Symptom(
      "not known: \(rule.looksAt)", severity: .info,
      [Evidence("needs", reason, from: nil, at: exam.now)],
      advice: "Without it the doctor can't say that all is well.")
  }
}
