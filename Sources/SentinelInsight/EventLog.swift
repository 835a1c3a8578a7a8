package import SentinelModel

/// The log of all that was announced, as a fold over observations: many voices, one line. What was
/// only seen by polling stands in it, too, where nobody announced it.
package struct EventLog: Sendable {
  /// The lines, the oldest first.
  package private(set) var entries: Journal<LogEntry>
  /// The newest line of each fact that could still get another voice.
  private var newest: [Key: Int] = [:]
  private var lostSince: [NodeAddress: Timestamp] = [:]
  private var found: Set<NodeAddress> = []
  private var changes = PolledChanges()
  private var unannounced: [Unannounced] = []
  private var attribution = EventAttribution()

  /// Voices that come later than this after the first make a line of their own. A leader says
  /// +switch-master when all replicas are reconfigured, which may take long after the observers.
  package static let window = Duration.seconds(15)
  package static let switchWindow = Duration.seconds(60)
  /// What was seen by polling waits so long for whoever announces it.
  package static let patience = Duration.seconds(3)

  /// Something seen by polling that may still be announced.
  private struct Unannounced {
    var key: Key
    var event: SentinelEvent
    var sources: [LogEntry.Source]
  }

  /// An empty log that keeps so many lines.
  package init(capacity: Int = 10_000) {
    entries = Journal(capacity: capacity)
  }

  /// Takes in one thing learnt.
  package mutating func apply(_ observation: Observation) {
    let source = LogEntry.Source(sentinel: observation.source, at: observation.at)
    for event in changes.apply(observation) { see(event, source) }
    giveUpWaiting(at: observation.at)
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
    let key = Key(event, attempt: attribution.attempt(of: event, source.sentinel))
    unannounced.removeAll { $0.key == key }
    defer { attribute(event, source) }
    if let number = newest[key], var entry = entries[number: number] {
      let window = event.name == .switchMaster ? Self.switchWindow : Self.window
      let last = entry.sources.map(\.at).max() ?? entry.at
      let hasSpoken = entry.sources.contains { $0.sentinel == source.sentinel }
      if case .observed = entry.fact, source.at.duration(since: last) <= window {
        // Here comes the word that was waited for.
        entry.fact = .event(event)
        entry.sources.removeAll { $0.sentinel == source.sentinel }
        entry.sources.append(source)
        entries[number: number] = entry
        return
      }
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

  /// Keeps in mind what was seen by polling, unless somebody has just announced it.
  private mutating func see(_ event: SentinelEvent, _ source: LogEntry.Source) {
    let key = Key(event, attempt: nil)
    if let index = unannounced.firstIndex(where: { $0.key == key }) {
      if !unannounced[index].sources.contains(where: { $0.sentinel == source.sentinel }) {
        unannounced[index].sources.append(source)
      }
      return
    }
    if let number = newest[key], var entry = entries[number: number],
      let last = entry.sources.map(\.at).max(), source.at.duration(since: last) <= Self.window
    {
      if case .observed = entry.fact,
        !entry.sources.contains(where: { $0.sentinel == source.sentinel })
      {
        entry.sources.append(source)
        entries[number: number] = entry
      }
      return
    }
    unannounced.append(Unannounced(key: key, event: event, sources: [source]))
  }

  private mutating func giveUpWaiting(at now: Timestamp) {
    guard let first = unannounced.first?.sources.first,
      now.duration(since: first.at) > Self.patience
    else { return }
    let due = unannounced.prefix {
      $0.sources.first.map { now.duration(since: $0.at) > Self.patience } ?? true
    }
    unannounced.removeFirst(due.count)
    for change in due {
      guard let first = change.sources.first else { continue }
      newest[change.key] = entries.append(
        LogEntry(
          .observed(change.event), at: first.at, service: change.event.service,
          sources: change.sources))
    }
  }

  /// Finds out to which service the lines belong that name none.
  private mutating func attribute(_ event: SentinelEvent, _ source: LogEntry.Source) {
    for (word, service) in attribution.apply(event, source, changes.masters[source.sentinel]) {
      guard let number = newest[Key(word, attempt: nil)] else { continue }
      entries[number: number]?.service = service
    }
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

    init(_ event: SentinelEvent, attempt: String?) {
      channel = event.channel
      service = event.service
      subject = event.name == .configUpdateFrom ? nil : event.subject
      rest =
        switch event.detail {
        case .agreeing: ""
        case .reportedRole(let role): role.rawValue
        case .switched(let from, let to): "\(from) \(to)"
        case .none where event.name == .tilt || event.name == .tiltEnded: ""
        case .none where event.subject != nil: attempt ?? ""
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
