import SentinelModel

/// All that the rules may look at, at one moment.
struct Exam: Sendable {
  let topology: Topology
  let memory: DoctorMemory
  let now: Timestamp
  let circumstances: Doctor.Circumstances
  /// The Sentinels that answer.
  let reachable: [Vantage]
  private let marksByService: [ServiceName: [EventMark]]

  init(
    _ topology: Topology, _ memory: DoctorMemory, _ circumstances: Doctor.Circumstances,
    at: Timestamp
  ) {
    self.topology = topology
    self.memory = memory
    self.circumstances = circumstances
    now = at
    reachable = topology.vantages.filter(\.isReachable)
    marksByService = Dictionary(grouping: memory.events.filter { $0.service != nil }) {
      $0.service ?? ""
    }
  }

  func label(_ address: NodeAddress) -> String { topology.label(of: address) }

  /// What a Sentinel says of itself.
  func evidence(
    _ vantage: Vantage, _ field: String, _ value: String, limit: String? = nil,
    since: Timestamp? = nil
  ) -> Evidence {
    Evidence(
      field, value, limit: limit, from: vantage.address, at: vantage.lastHeard ?? now, since: since)
  }

  /// Something that was announced or noted no longer than so ago.
  func events(_ names: EventName..., within time: Duration, of service: ServiceName? = nil)
    -> [EventMark]
  {
    let marks = service.map { marksByService[$0] ?? [] } ?? memory.events
    return marks.filter { names.contains($0.name) && now.duration(since: $0.at) <= time }
  }
}

/// What the rules look at for one service: a class, since each of many rules is given all of it.
@dynamicMemberLookup
final class ServiceExam: Sendable {
  let exam: Exam
  let sample: ServiceSample
  /// Whether a failover runs, or has just ended.
  let isSettling: Bool
  /// Who can vote.
  let quorum: QuorumOutlook?
  /// Whom each Sentinel would promote.
  let candidates: CandidateOutlook

  var now: Timestamp { exam.now }
  var topology: Topology { exam.topology }
  func label(_ address: NodeAddress) -> String { exam.label(address) }

  subscript<Value>(dynamicMember path: KeyPath<ServiceSample, Value>) -> Value {
    sample[keyPath: path]
  }

  /// The Sentinels of the service, known ones included that don't answer.
  var knownSentinels: Int {
    let told = sample.voices.map { $0.master.otherSentinelCount + 1 }.max() ?? 0
    return max(told, sample.voices.count)
  }

  /// How long after a switch nodes are still being put right: an old master is demoted in about 10 s.
  static let afterglow = Duration.seconds(15)

  init(_ sample: ServiceSample, _ exam: Exam) {
    self.exam = exam
    self.sample = sample
    let isRunning = sample.voices.contains { $0.master.flags.contains(.failoverInProgress) }
    let hasChanged = !exam.events(
      .switchMaster, .resetMaster, within: Self.afterglow, of: sample.service
    ).isEmpty
    isSettling = isRunning || hasChanged
    quorum = QuorumOutlook(of: sample.service, in: exam.topology, at: exam.now)
    candidates = CandidateOutlook(of: sample.service, in: exam.topology, at: exam.now)
  }

  /// What is missing for a rule to be able to say that all is well; nil where nothing is.
  func missing(_ need: Rule.Need) -> String? {
    switch need {
    case .twoSentinels:
      guard sample.voices.count < 2, knownSentinels > 1 else { return nil }
      return "only \(label(sample.voices.first?.address ?? sample.master)) answers"
    case .replicas: return lacking { $0.view.replicas == nil }
    case .sentinels: return lacking { $0.view.sentinels == nil }
    case .masterInfo: return sample.masterFacts.isEmpty ? "no INFO of \(sample.master)" : nil
    case .replicaInfo:
      let without = sample.replicas.filter { row in
        sample.replicaFacts[row.address]?.isEmpty != false
          && !row.reports.allSatisfy { $0.state.flags.isDown }
      }
      return without.first.map { "no INFO of \($0.address)" }
    case .growth:
      return exam.memory.growth[sample.master] == nil
        ? "only one sample of \(sample.master)'s offset" : nil
    case .sentinelInfo, .configuration, .scripts, .events, .access: return exam.missing(need)
    }
  }

  private func lacking(_ isMissing: (ServiceSample.Voice) -> Bool) -> String? {
    let who = sample.voices.filter(isMissing).map { label($0.address) }
    return who.isEmpty ? nil : "not told by \(who.joined(separator: ", "))"
  }
}

extension Exam {
  /// What is missing for a rule about the Sentinels; nil where nothing is.
  func missing(_ need: Rule.Need) -> String? {
    guard !reachable.isEmpty else { return "no Sentinel answers" }
    switch need {
    case .twoSentinels:
      return reachable.count < 2 && topology.vantages.count > 1
        ? "only \(label(reachable[0].address)) answers" : nil
    case .sentinelInfo: return lacking { $0.info == nil }
    // Before 6.2 there are no such settings.
    case .configuration:
      return lacking { $0.configuration == nil && $0.version.map { $0 >= [6, 2] } ?? true }
    case .scripts: return lacking { $0.scripts == nil }
    case .events: return lacking { if case .yes = $0.hearing { false } else { true } }
    case .access: return circumstances.givesPassword == nil ? "not said" : nil
    case .replicas, .sentinels, .masterInfo, .replicaInfo, .growth: return nil
    }
  }

  private func lacking(_ isMissing: (Vantage) -> Bool) -> String? {
    let who = reachable.filter(isMissing).map { label($0.address) }
    return who.isEmpty ? nil : "not told by \(who.joined(separator: ", "))"
  }
}

extension Vantage {
  /// The version's numbers, `[7, 0, 15]`; nil where it is unknown.
  var version: VersionNumber? { identity?.version.flatMap(VersionNumber.init) }
}

/// A version, comparable number by number.
struct VersionNumber: Hashable, Comparable, ExpressibleByArrayLiteral {
  let numbers: [Int]

  init(arrayLiteral numbers: Int...) { self.numbers = numbers }

  init?(_ text: String) {
    let numbers = text.split(separator: ".").map { Int($0.prefix(while: \.isNumber)) }
    guard let first = numbers.first, first != nil else { return nil }
    self.numbers = numbers.compactMap { $0 }
  }

  static func < (left: VersionNumber, right: VersionNumber) -> Bool {
    left.numbers.lexicographicallyPrecedes(right.numbers)
  }
}
