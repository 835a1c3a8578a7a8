internal import Canvas
internal import SentinelInsight
internal import SentinelModel

/// What the doctor has found: what is wrong, on which evidence, and what to do.
enum DoctorPage {
  static func title(_ state: State) -> Text {
    let counted = state.findings.filter { $0.counts && $0.standing == .present }
    let words = [Severity.critical, .warning, .notice, .info].compactMap { severity -> Text? in
      let count = counted.count { $0.severity == severity }
      guard count > 0 else { return nil }
      let isPlural = count > 1 && (severity == .warning || severity == .notice)
      return Text(" · ", .dim)
        + Text("\(count) \(severity.rawValue)\(isPlural ? "s" : "")", severity.role)
    }
    return words.reduce(Text("Doctor")) { $0 + $1 }
  }

  static func emptyWords(_ state: State) -> [Text] {
    [
      state.tally.reachable == 0
        ? Text("No Sentinel answers: nothing can be told.", .warning)
        : Text.symbol(.healthy) + Text(" Nothing found so far.", .healthy)
    ]
  }

  static func lines(_ state: State, columns: Int) -> [Text] {
    let told = state.findings.filter { $0.standing != .unknown }
    let unknown = state.findings.filter { $0.standing == .unknown }
    var lines = told.flatMap { Self.lines($0, state, columns) + [Text()] }
    if !unknown.isEmpty {
      lines += Text("Not known, for want of data or permission", .title).wrapped(to: columns)
      lines += unknown.flatMap { finding in
        let reason = finding.evidence.first.map { ": \($0.value)" } ?? ""
        let title =
          finding.title.hasPrefix("not known: ") ? finding.title.dropFirst(11) : finding.title[...]
        return hanging(
          Text("\(finding.rule) ".padding(to: 5), .unknown),
          Text(finding.subjectWords(in: state.topology), .accent) + separator
            + Text("\(title)\(reason)", .dim), columns)
      }
    }
    return lines
  }

  private static let separator = Text(" · ", .dim)

  private static func lines(_ finding: Finding, _ state: State, _ columns: Int) -> [Text] {
    let role: Role =
      finding.mute != nil ? .dim : finding.standing == .settling ? .running : finding.severity.role
    let age = Ages.words(state.now.duration(since: finding.since))
    var note = separator + Text("for \(age)", .dim)
    if finding.standing == .settling { note = separator + Text("settling", .running) + note }
    if let mute = finding.mute { note += separator + Text("muted: \(mute.reason)", .dim) }
    let head =
      Text(finding.subjectWords(in: state.topology), .accent) + separator
      + Text(finding.title, role) + note
    let mark = Text(role.symbol.isEmpty ? "·" : role.symbol, role)
    var lines = hanging(mark + Text(" \(finding.rule) ".padding(to: 5), role), head, columns)
    for evidence in finding.evidence {
      let since = evidence.since.map { " · for \(Ages.words(state.now.duration(since: $0)))" } ?? ""
      let stale = state.now.duration(since: evidence.at)
      let told = stale > .seconds(5) ? " · told \(Ages.words(stale)) ago" : ""
      lines += hanging(
        Text("      "), Text(evidence.words(in: state.topology)) + Text(since + told, .dim), columns
      )
    }
    lines += hanging(Text("      "), Text(finding.advice, .dim), columns)
    if let command = finding.command {
      lines += hanging(Text("      "), Text("$ ", .dim) + Text(command, .key), columns)
    }
    return lines
  }

  /// A mark, and a text beside it whose further lines stand under its beginning.
  private static func hanging(_ mark: Text, _ text: Text, _ columns: Int) -> [Text] {
    let room = max(8, columns - mark.columns)
    return text.wrapped(to: room, limit: 12).enumerated().map { index, line in
      (index == 0 ? mark : Text("").padded(to: mark.columns)) + line
    }
  }
}

extension String {
  fileprivate func padding(to count: Int) -> String {
    self + String(repeating: " ", count: max(0, count - self.count))
  }
}
