package import SentinelModel

/// The log of all that was announced, as a fold over observations: many voices, one line.
package struct EventLog: Sendable {
  /// The lines, the oldest first.
  package private(set) var entries: Journal<LogEntry>
  /// The newest line of each fact that could still get another voice.
  private var newest: [Key: Int] = [:]
  private var lostSince: [NodeAddress: Timestamp] = [:]
  private var found: Set<NodeAddress> = []

  /// Voices that come later than this after the first make a line of their own. A leader says
  /// +switch-master when all replicas are reconfigured, which may take long after the observers.
  package static let window = Duration.seconds(15)
  package static let switchWindow = Duration.seconds(60)

  /// An empty log that keeps so many lines.
  package init(capacity: Int = 10_000) {
    entries = Journal(capacity: capacity)
  }

  /// Takes in one thing learnt.
  package mutating func apply(_ observation: Observation) {
    let source = LogEntry.Source(sentinel: observation.source, at: observation.at)
    switch observation.fact {
    case .event(let event):
      take(event, from: source)
    case .lost(let reason):
      guard lostSince[observation.source] == nil else { return }
      lostSince[observation.source] = observation.at
      add(.lost(reason), source)
    case .connected(let identity):
      if let since = lostSince.removeValue(forKey: observation.source) {
        add(.back(after: observation.at.duration(since: since)), source)
      } else if !found.contains(observation.source) {
        add(.found(version: identity.version), source)
      }
      found.insert(observation.source)
    case .listening(let gap?):
      add(.gap(gap), source)
    case .deaf(let reason):
      add(.deaf(reason), source)
    case .unreadable(let what):
      add(.unreadable(what), source)
    case .same:
      lostSince[observation.source] = nil
    case .listening(nil), .masters, .master, .replicas, .sentinels, .info, .infoCache,
      .configuration, .scripts, .sampled, .unsampled, .hello, .unwatched:
      break
    }
  }

  /// Adds a line that no Sentinel said.
  package mutating func add(_ entry: LogEntry) {
    entries.append(entry)
  }

  private mutating func add(_ fact: LogEntry.Fact, _ source: LogEntry.Source) {
    entries.append(LogEntry(fact, at: source.at, sources: [source]))
  }

  private mutating func take(_ event: SentinelEvent, from source: LogEntry.Source) {
    let key = Key(event)
    if let number = newest[key], var entry = entries[number: number] {
      let window = event.name == .switchMaster ? Self.switchWindow : Self.window
      let last = entry.sources.map(\.at).max() ?? entry.at
      let hasSpoken = entry.sources.contains { $0.sentinel == source.sentinel }
      if !hasSpoken, source.at.duration(since: entry.at) <= window {
        entry.sources.append(source)
        entries[number: number] = entry
        return
      }
      if hasSpoken, event.isRepetitive, source.at.duration(since: last) <= window {
        entry.repeats += 1
        entry.sources.removeAll { $0.sentinel == source.sentinel }
        entry.sources.append(source)
        entries[number: number] = entry
        return
      }
    }
    let entry = LogEntry(.event(event), at: source.at, service: event.service, sources: [source])
    newest[key] = entries.append(entry)
    forgetOldKeys()
  }

  private mutating func forgetOldKeys() {
    guard newest.count > entries.capacity + 1_000 else { return }
    newest = newest.filter { $0.value >= entries.dropped }
  }

  /// What makes two announcements the same fact. The master's address and figures that each Sentinel
  /// counts for itself are left out: in a failover they differ between the Sentinels.
  private struct Key: Hashable {
    var channel: String
    var service: ServiceName?
    var subject: SentinelEvent.Subject?
    var rest: String

    init(_ event: SentinelEvent) {
      channel = event.channel
      service = event.service
      subject = event.name == .configUpdateFrom ? nil : event.subject
      rest =
        switch event.detail {
        case .agreeing: ""
        case .reportedRole(let role): role.rawValue
        case .none where event.subject != nil: ""
        default: event.payload
        }
    }
  }
}

extension SentinelEvent {
  /// Events that a Sentinel may say every second as long as something stays wrong.
  fileprivate var isRepetitive: Bool {
    switch name {
    case .fixReplicaConfig, .convertToReplica, .scriptError, .scriptTimeout: true
    default: false
    }
  }
}
