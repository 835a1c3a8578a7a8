import Foundation
import SentinelInsight
import SentinelModel
import SentinelMonitor

/// The failovers so far, as JSON.
struct HistoryJSON: Encodable {
  var schema = JSONOutput.schema
  var failovers: [IncidentRecord]
}

/// The failovers so far, one a line.
struct HistoryTable {
  let lines: [String]

  init(_ incidents: [IncidentRecord]) {
    var table = TableOutput([
      "WHEN", "MASTER", "FROM", "TO", "CAUSE", "EPOCH", "LEADER", "TRIES", "NO MASTER", "AGREED",
      "OUTCOME",
    ])
    for incident in incidents {
      table.add([
        Self.moment(incident), incident.service, incident.oldMaster, incident.newMaster ?? "–",
        incident.cause ?? "–", incident.epoch.map { "\($0)" } ?? "–",
        incident.leader ?? incident.leaderId.map { String($0.prefix(8)) } ?? "–",
        incident.attempts.isEmpty ? "–" : "\(incident.attempts.count)",
        Self.time(incident.withoutMasterMs), Self.time(incident.untilAgreedMs),
        Self.outcome(incident),
      ])
    }
    lines = table.lines
  }

  private static func moment(_ incident: IncidentRecord) -> String {
    guard let unwatched = incident.unwatched else { return local(incident.startedAt) }
    return "before " + local(unwatched.before)
  }

  /// In the time of this place, to the second.
  private static func local(_ moment: String) -> String {
    guard let moment = Timestamp(iso8601: moment) else { return moment }
    var style = Date.VerbatimFormatStyle(
      format: """
        \(year: .defaultDigits)-\(month: .twoDigits)-\(day: .twoDigits) \
        \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
        \(second: .twoDigits)
        """, timeZone: .current, calendar: Calendar(identifier: .gregorian))
    style.locale = Locale(identifier: "en_US_POSIX")
    return moment.wholeSecond.formatted(style)
  }

  private static func time(_ milliseconds: Double?) -> String {
    milliseconds.map { Duration.milliseconds($0).inSeconds } ?? "–"
  }

  private static func outcome(_ incident: IncidentRecord) -> String {
    let missing = incident.missing.map { "\($0.address) \($0.why)" }.joined(separator: ", ")
    let failure = incident.attempts.last?.failure
    switch Incident.Stage(rawValue: incident.stage) {
    case .home: return "done"
    case .switched: return missing.isEmpty ? "switched" : "switched; then \(missing)"
    case .leftBehind: return missing.isEmpty ? "switched" : "switched, left behind: \(missing)"
    case .recovered:
      return "the master came back" + (failure.map { "; last attempt: \($0)" } ?? "")
    case .aborted: return "aborted" + (failure.map { ": \($0)" } ?? "")
    case .forgotten: return "no longer monitored"
    case .unwatched: return "found out later"
    case .running: return "not over when it was last watched" + (failure.map { ": \($0)" } ?? "")
    case nil: return incident.stage
    }
  }
}
