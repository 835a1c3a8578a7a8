import SentinelInsight
import SentinelModel
import SentinelMonitor

/// What `sentop doctor` prints for a person.
struct DoctorTable {
  let lines: [String]

  init(_ diagnosis: Diagnosis) {
    let topology = diagnosis.topology
    var lines: [String] = []
    let known = diagnosis.findings.filter { $0.standing != .unknown }
    for finding in known {
      let subject = finding.subjectWords(in: topology)
      lines.append("\(finding.word)  \(finding.rule)  \(subject)  \(finding.title)")
      lines += finding.evidence.map { evidence in
        let since = evidence.since.map { "  since \($0.iso8601)" } ?? ""
        return "    \(evidence.words(in: topology))\(since)"
      }
      if let mute = finding.mute { lines.append("    muted: \(mute.reason)") }
      lines.append("    \(finding.advice)")
      if let command = finding.command { lines.append("    $ \(command)") }
      lines.append("")
    }
    let unknown = diagnosis.findings.filter { $0.standing == .unknown }
    if !unknown.isEmpty {
      var table = TableOutput(["NOT KNOWN", "ABOUT", "WHAT", "WHY"])
      for finding in unknown {
        table.add([
          finding.rule, finding.subjectWords(in: topology),
          finding.title.replacing("not known: ", with: ""), finding.evidence.first?.value ?? "",
        ])
      }
      lines += table.lines + [""]
    }
    lines.append(Self.tally(diagnosis.findings))
    self.lines = lines.map(\.printable)
  }

  private static func tally(_ findings: [Finding]) -> String {
    let counted = findings.filter(\.counts)
    let present = counted.filter { $0.standing == .present }
    let words = [
      (present.count { $0.severity == .critical }, "critical"),
      (present.count { $0.severity == .warning }, "warning"),
      (present.count { $0.severity < .warning }, "info"),
      (counted.count { $0.standing == .unknown }, "unknown"),
      (findings.count { $0.standing == .settling }, "settling"),
      (findings.count { $0.mute != nil }, "muted"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return words.isEmpty ? "no findings" : words.joined(separator: ", ")
  }

  /// All rules, and those that are left out.
  static var rules: [String] {
    var table = TableOutput(["RULE", "WORST", "SPEAKS", "LOOKS AT"])
    for rule in Rules.all {
      let patience = rule.patience > .zero ? " after \(Measure.time(rule.patience))" : ""
      let speaks =
        switch rule.kind {
        case .setting: "at once"
        case .event: "at the event"
        case .state: "at the 2nd sample\(patience)"
        case .agreement: "at the 2nd sample\(patience), not in a failover"
        }
      table.add([rule.id, rule.severity.rawValue, speaks, rule.looksAt])
    }
    var gaps = TableOutput(["NOT HERE", "WHAT", "WHY"])
    for gap in Rules.gaps { gaps.add([gap.id, gap.looksAt, gap.reason]) }
    return table.lines + [""] + gaps.lines
  }
}

extension Finding {
  fileprivate var word: String {
    switch standing {
    case .settling: "settling"
    case .unknown: "unknown"
    case .present: severity.rawValue.uppercased()
    }
  }
}
