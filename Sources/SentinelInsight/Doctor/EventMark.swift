import SentinelModel

/// An event of the log, as far as the rules look at it.
struct EventMark: Hashable, Sendable {
  var name: EventName
  var at: Timestamp
  var service: ServiceName?
  var subject: SentinelEvent.Subject?
  var detail: SentinelEvent.Detail
  var source: NodeAddress?

  /// The events that any rule looks at.
  private static let names: Set<EventName> = [
    .switchMaster, .resetMaster, .sentinelInvalidAddress, .sentinelAddressSwitch, .tilt,
    .abortReplicaTimeout, .sDown, .reboot, .scriptError, .scriptTimeout,
  ]

  /// Nil for lines that are no event, or one that no rule looks at.
  init?(_ entry: LogEntry) {
    guard case .event(let event) = entry.fact, let name = event.name, Self.names.contains(name)
    else { return nil }
    self.name = name
    at = entry.at
    service = entry.service
    subject = event.subject
    detail = event.detail
    source = entry.sources.first?.sentinel
  }

  /// The evidence that it gives.
  var evidence: Evidence {
    Evidence(
      "event", subject.map { "\(name.rawValue) \($0.address)" } ?? name.rawValue, from: source,
      at: at, since: at)
  }
}
