/// Why Sentinel doesn't promote a replica: the first of its rules that the replica breaks, with the
/// value and the limit.
package enum Rejection: Hashable, Sendable {
  /// In sdown; since when, where the Sentinel says so.
  case down(for: Duration?)
  /// The Sentinel's own connection to it is cut.
  case disconnected
  /// The Sentinel hasn't had a good answer to a PING for too long.
  case silent(for: Duration, limit: Duration)
  /// Its priority is 0: never to be promoted.
  case priorityZero
  /// What it last said of itself is too old; nil where it never said anything.
  case staleInfo(age: Duration?, limit: Duration)
  /// Its link to its master has been down for too long; nil where it was never up, on old servers.
  case linkDown(for: Duration?, limit: Duration)
  /// Taken out of the calculation, to see what would happen without it.
  case switchedOff

  /// The rule's short name, for scripts.
  package var rule: String {
    switch self {
    case .down: "sdown"
    case .disconnected: "disconnected"
    case .silent: "ping"
    case .priorityZero: "priority"
    case .staleInfo: "info"
    case .linkDown: "master-link"
    case .switchedOff: "switched-off"
    }
  }

  /// What was found.
  package var value: String {
    switch self {
    case .down(let time): time.map { "sdown for \(Measure.time($0))" } ?? "sdown"
    case .disconnected: "disconnected"
    case .silent(let time, _): Measure.time(time)
    case .priorityZero: "0"
    case .staleInfo(let age, _): age.map(Measure.time) ?? "never"
    case .linkDown(let time, _): time.map(Measure.time) ?? "never up"
    case .switchedOff: "switched off"
    }
  }

  /// What would be permitted.
  package var limit: String {
    switch self {
    case .down: "up"
    case .disconnected: "connected"
    case .silent(_, let limit), .staleInfo(_, let limit), .linkDown(_, let limit):
      Measure.time(limit)
    case .priorityZero: "1 or more"
    case .switchedOff: "on"
    }
  }

  /// One or two words for a column.
  package var word: String {
    switch self {
    case .down: "down"
    case .disconnected: "no link"
    case .silent: "silent"
    case .priorityZero: "never"
    case .staleInfo: "INFO old"
    case .linkDown: "too stale"
    case .switchedOff: "off"
    }
  }

  /// The same where there is little room.
  package var shortWord: String {
    switch self {
    case .staleInfo: "old"
    case .linkDown: "stale"
    case .down, .disconnected, .silent, .priorityZero, .switchedOff: word
    }
  }

  /// `the last good answer to a PING is 7.2 s old, more than 5 s`.
  package var sentence: String {
    switch self {
    case .down(let time): "it is sdown" + (time.map { " for \(Measure.time($0))" } ?? "")
    case .disconnected: "the Sentinel has no connection to it"
    case .silent(let time, let limit):
      "the last good answer to a PING is \(Measure.time(time)) old, more than \(Measure.time(limit))"
    case .priorityZero: "its priority is 0"
    case .staleInfo(let age?, let limit):
      "its INFO is \(Measure.time(age)) old, more than \(Measure.time(limit))"
    case .staleInfo(nil, _): "the Sentinel has never had its INFO"
    case .linkDown(let time?, let limit):
      "its link to the master is down for \(Measure.time(time)), more than \(Measure.time(limit))"
    case .linkDown(nil, _): "its link to the master has never been up"
    case .switchedOff: "it is switched off"
    }
  }
}
