import Foundation
import SentinelInsight
import SentinelModel
import SentinelMonitor

/// One line of the event log, as JSON.
struct EventJSON: Encodable {
  var schema = JSONOutput.schema
  var at: String
  var master: String?
  var event: String
  var severity: String
  var text: String
  var sources: [Source]
  var raw: String?
  /// Nobody announced it.
  var observed: Bool
  /// How often it was said again.
  var repeats: Int

  struct Source: Encodable {
    var sentinel: String
    var at: String
  }

  init(_ entry: LogEntry, in topology: Topology) {
    at = entry.at.iso8601
    master = entry.service?.rawValue
    event = entry.title
    severity = entry.severity.rawValue
    text = entry.words(in: topology)
    sources = entry.sources.map {
      Source(sentinel: $0.sentinel.description, at: $0.at.iso8601)
    }
    repeats = entry.repeats
    if case .event(let event) = entry.fact {
      raw = event.redactedPayload
      observed = false
    } else {
      observed = true
    }
  }
}

extension SentinelEvent {
  /// The payload without a password, which servers before 6.2.8 publish after the option as it was
  /// typed.
  var redactedPayload: String {
    guard name == .set else { return payload }
    // What can't be read may hold one.
    guard case .setting(let option, let value) = detail else { return "******" }
    guard option.lowercased().hasSuffix("pass"), !value.isEmpty else { return payload }
    return String(payload.dropLast(value.count)) + "******"
  }
}

/// One line of the event log, for a person.
struct EventLine: CustomStringConvertible {
  let description: String

  init(_ entry: LogEntry, in topology: Topology) {
    var style = Date.VerbatimFormatStyle(
      format: """
        \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
        \(second: .twoDigits)
        """, timeZone: .current, calendar: Calendar(identifier: .gregorian))
    style.locale = Locale(identifier: "en_US_POSIX")
    let sources = entry.sources.map { topology.label(of: $0.sentinel) }.joined(separator: " ")
    let repeats = entry.repeats > 0 ? " ×\(entry.repeats + 1)" : ""
    description = [
      "\(entry.at.wholeSecond.formatted(style)).\(entry.at.thousandths)", Self.word(entry.severity),
      entry.service?.rawValue ?? "-",
      entry.title, entry.words(in: topology) + repeats, "[\(sources)]",
    ].map(\.printable).joined(separator: "  ")
  }

  private static func word(_ severity: Severity) -> String {
    switch severity {
    case .info: "info    "
    case .notice: "notice  "
    case .warning: "warning "
    case .critical: "critical"
    }
  }
}
